package io.jenkins.plugins.cloudimage.core.qcloud;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.http.HttpAnswer;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.Pages;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * Reads QCloud's responses: JSON with a {@code code}, 0 for success, under HTTP 200. Responses about several instances
 * or images have a {@code detail} with a code for each.
 */
final class QcloudAnswers {
    private static final String SUCCESS = "0";

    /** In the sample of CreateImage, the number of the task is {@code 24534341s} without quotes. */
    private static final Pattern BARE_TASK = Pattern.compile("(\"requestId\"\\s*:\\s*)([0-9]+[a-z])\\b");

    /** The type of the account's own images. */
    static final String PRIVATE = "1";

    private static final DateTimeFormatter LOCAL_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

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

    /** A page of images without the time of their creation, whose time zone is not documented. */
    static Pages.Page images(JsonNode answer) throws CloudException {
        return page(answer, image -> image(image, null));
    }

    /**
     * A page of images, with the time of their creation as if it were UTC. For their order, the time zone does not matter. For
     * a copy, which must not be older than its call, it does not either: all regions between which images are copied are east
     * of Greenwich, so UTC never makes an image older.
     */
    static Pages.Page datedImages(JsonNode answer) throws CloudException {
        return page(answer, QcloudAnswers::dated);
    }

    private static Pages.Page page(JsonNode answer, Pages.Entry entry) throws CloudException {
        return Pages.page(answer, answer.path("imageSet"), answer.path("totalCount"), "unImgId", entry);
    }

    @CheckForNull
    private static CloudImage dated(JsonNode image) {
        String type = Json.text(image, "imageType");
        if (type != null && !type.equals(PRIVATE)) {
            return null;
        }
        try {
            return image(
                    image,
                    LocalDateTime.parse(Json.word(image, "createTime"), LOCAL_TIME)
                            .toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return image(image, null);
        }
    }

    private static CloudImage image(JsonNode image, @CheckForNull Instant created) {
        String status = Json.word(image, "status");
        return new CloudImage(
                image.path("unImgId").asText(),
                Json.word(image, "imageName"),
                QcloudStates.image(status),
                QcloudStates.name(status),
                null,
                created,
                null,
                Json.text(image, "imageDescription"));
    }
}
