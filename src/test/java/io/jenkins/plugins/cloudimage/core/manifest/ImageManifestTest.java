package io.jenkins.plugins.cloudimage.core.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageManifestTest {
    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void writesEveryFieldThatIsKnown() {
        ImageManifest manifest = ImageManifest.of(List.of(
                new ImageManifest.Entry(
                        "tencentCloud",
                        "ap-guangzhou",
                        "镜像-1",
                        "img-1",
                        "ready",
                        "ins-1",
                        "r-1",
                        STARTED,
                        STARTED.plusSeconds(600),
                        null),
                new ImageManifest.Entry(
                        "jdCloud", "cn-north-1", "web", null, "failed", null, null, STARTED, null, "No \"money\"")));

        assertEquals("""
                {
                  "schemaVersion" : 1,
                  "images" : [ {
                    "cloud" : "tencentCloud",
                    "region" : "ap-guangzhou",
                    "name" : "镜像-1",
                    "id" : "img-1",
                    "state" : "ready",
                    "sourceInstanceId" : "ins-1",
                    "requestId" : "r-1",
                    "started" : "2026-01-02T03:04:05Z",
                    "ended" : "2026-01-02T03:14:05Z"
                  }, {
                    "cloud" : "jdCloud",
                    "region" : "cn-north-1",
                    "name" : "web",
                    "state" : "failed",
                    "started" : "2026-01-02T03:04:05Z",
                    "error" : "No \\"money\\""
                  } ]
                }""", new String(manifest.toJson(), StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
    }

    @Test
    void aBuildWithoutImagesHasAnEmptyList() {
        assertEquals(
                "{\"schemaVersion\":1,\"images\":[]}",
                new String(ImageManifest.of(List.of()).toJson(), StandardCharsets.UTF_8).replaceAll("\\s", ""));
    }

    @Test
    void theImagesCannotBeChangedLater() {
        List<ImageManifest.Entry> entries = new ArrayList<>();
        ImageManifest manifest = ImageManifest.of(entries);
        entries.add(null);

        assertEquals(List.of(), manifest.images());
        assertThrows(
                UnsupportedOperationException.class, () -> manifest.images().add(null));
    }
}
