package io.jenkins.plugins.cloudimage.core.qcloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.http.HttpAnswer;
import io.jenkins.plugins.cloudimage.core.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads QCloud's responses: JSON with a {@code code}, 0 for success, under HTTP 200. Responses about several instances
 * or images have a {@code detail} with a code for each.
 */
final class QcloudAnswers {
    private static final String SUCCESS = "0";

    /** In the sample of CreateImage, the number of the task is {@code 24534341s} without quotes. */
    private static final Pattern BARE_TASK = Pattern.compile("(\"requestId\"\\s*:\\s*)([0-9]+[a-z])\\b");

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");

    private QcloudAnswers() {}

    /** The whole response, if it reports success. */
    static JsonNode read(HttpAnswer answer) throws CloudException {
        JsonNode body = quoted(answer).json();
        if (Json.text(body, "code") == null) {
            throw answer.notFromCloud().exception();
        }
        for (JsonNode item : body.path("detail")) {
            // These codes come first, because the code of the whole only says that all or some have failed.
            check(item, answer);
        }
        check(body, answer);
        if (answer.status() != 200) {
            throw answer.notFromCloud().exception();
        }
        return body;
    }

    private static HttpAnswer quoted(HttpAnswer answer) {
        // This charset preserves every byte.
        String text = new String(answer.body(), StandardCharsets.ISO_8859_1);
        String quoted = BARE_TASK.matcher(text).replaceAll("$1\"$2\"");
        return new HttpAnswer(answer.status(), answer.headers(), quoted.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void check(JsonNode result, HttpAnswer answer) throws CloudException {
        String code = Json.text(result, "code");
        if (code != null && !code.equals(SUCCESS)) {
            if (!QcloudErrors.knows(code)
                    && (answer.status() != 200 || !NUMBER.matcher(code).matches())) {
                // The API refuses with a code under HTTP 200, so something else has answered.
                throw answer.notFromCloud().exception();
            }
            CloudError error = QcloudErrors.meaning(
                    code, Json.text(result, "codeDesc"), Json.text(result, "message"), Json.text(result, "requestId"));
            throw error.retryAfter(answer.retryAfter().orElse(null)).exception();
        }
    }
}
