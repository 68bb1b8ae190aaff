package io.jenkins.plugins.cloudimage.core.jdcloud;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.http.Json;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Times as JD Cloud writes them. */
final class JdCloudTime {
    private static final DateTimeFormatter LOCAL_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private JdCloudTime() {}

    /** The pages show {@code 2021-01-28 16:49:05} without a time zone; JD Cloud and its console are in Beijing. */
    @CheckForNull
    static Instant of(JsonNode node, String field) {
        try {
            return LocalDateTime.parse(Json.word(node, field), LOCAL_TIME).toInstant(BEIJING);
        } catch (DateTimeParseException e) {
            return Json.instant(node, field);
        }
    }
}
