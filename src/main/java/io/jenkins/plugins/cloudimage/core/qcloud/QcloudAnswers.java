package io.jenkins.plugins.cloudimage.core.qcloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.http.HttpAnswer;
import io.jenkins.plugins.cloudimage.core.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads QCloud's answers: JSON with a {@code code}, 0 for success, under HTTP 200. Calls for several instances or images
 * answer a {@code detail} with a code for each.
 */
final class QcloudAnswers {
    private static final String SUCCESS = "0";

    /** The sample of CreateImage has the number of its task as {@code 24534341s}, without quotes. */
    private static final Pattern BARE_TASK = Pattern.compile("(\"requestId\"\\s*:\\s*)([0-9]+[a-z])\\b");

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");

    private QcloudAnswers() {}

    /** The whole answer, if it says that the call succeeded. */
    static JsonNode read(HttpAnswer answer) throws CloudException {
        JsonNode body = quoted(answer).json();
        if (Json.text(body, "code") == null) {
            throw answer.notFromCloud().exception();
        }
        for (JsonNode item : body.path("detail")) {
            // Before the code of the whole, which says no more than that all or some have failed.
            check(item, answer);
        }
        check(body, answer);
        if (answer.status() != 200) {
            throw answer.notFromCloud().exception();
        }
        return body;
    }

    private static HttpAnswer quoted(HttpAnswer answer) {
        // Whatever the body's bytes are, this leaves them as they are.
        String text = new String(answer.body(), StandardCharsets.ISO_8859_1);
        String quoted = BARE_TASK.matcher(text).replaceAll("$1\"$2\"");
        return new HttpAnswer(answer.status(), answer.headers(), quoted.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void check(JsonNode result, HttpAnswer answer) throws CloudException {
        String code = Json.text(result, "code");
        if (code != null && !code.equals(SUCCESS)) {
            if (!QcloudErrors.knows(code)
                    && (answer.status() != 200 || !NUMBER.matcher(code).matches())) {
                // The API refuses by a number under HTTP 200; so this comes from something before it.
                throw answer.notFromCloud().exception();
            }
            CloudError error = QcloudErrors.meaning(
                    code, Json.text(result, "codeDesc"), Json.text(result, "message"), Json.text(result, "requestId"));
            throw error.retryAfter(answer.retryAfter().orElse(null)).exception();
        }
    }
}
