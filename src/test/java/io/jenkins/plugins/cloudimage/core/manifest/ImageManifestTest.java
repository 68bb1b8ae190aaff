package io.jenkins.plugins.cloudimage.core.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageManifestTest {
    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");
    private static final ImageManifest.Build BUILD =
            new ImageManifest.Build("team/bake#12", "team/bake", 12, "https://ci.example.org/job/team/job/bake/12/");

    private static ImageManifest.Entry ready(String id, String region, Instant ended) {
        return new ImageManifest.Entry(
                "tencentCloud",
                region,
                "镜像-1",
                id,
                "ready",
                "NORMAL",
                false,
                "proven",
                false,
                null,
                "ins-1",
                "CLOUD_IMAGE_ID",
                "2fd4e1c6",
                "r-1",
                STARTED,
                ended,
                null,
                null,
                null,
                List.of("100012345678"),
                List.of(copy("copy-1", "ready", null), copy(null, "failed", "QUOTA")));
    }

    private static ImageManifest.Copy copy(String id, String state, String kind) {
        return new ImageManifest.Copy(
                "ap-beijing",
                "web-copy",
                id,
                state,
                id == null ? null : "NORMAL",
                id == null ? null : "proven",
                false,
                kind == null ? null : "No room",
                kind,
                null,
                id == null ? null : List.of("100012345678"));
    }

    private static ImageManifest.Entry unfinished(String state, Instant ended) {
        return new ImageManifest.Entry(
                "jdCloud",
                "cn-north-1",
                "web",
                null,
                state,
                null,
                false,
                null,
                state.equals("failed"),
                null,
                null,
                "CLOUD_IMAGE_ID",
                null,
                null,
                STARTED,
                ended,
                "No \"money\"",
                "QUOTA",
                "AccountBalance",
                null,
                null);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void writesEveryFieldThatIsKnown() {
        ImageManifest manifest = ImageManifest.of(
                "1.0",
                BUILD,
                List.of(
                        ready("img-1", "ap-guangzhou", STARTED.plusSeconds(600)),
                        unfinished("failed", STARTED.plusSeconds(60))));

        assertEquals("""
                {
                  "schemaVersion" : 1,
                  "pluginVersion" : "1.0",
                  "build" : {
                    "id" : "team/bake#12",
                    "job" : "team/bake",
                    "number" : 12,
                    "url" : "https://ci.example.org/job/team/job/bake/12/"
                  },
                  "images" : [ {
                    "cloud" : "tencentCloud",
                    "region" : "ap-guangzhou",
                    "name" : "镜像-1",
                    "id" : "img-1",
                    "state" : "ready",
                    "cloudState" : "NORMAL",
                    "ownership" : "proven",
                    "sourceInstanceId" : "ins-1",
                    "variable" : "CLOUD_IMAGE_ID",
                    "commit" : "2fd4e1c6",
                    "requestId" : "r-1",
                    "started" : "2026-01-02T03:04:05Z",
                    "ended" : "2026-01-02T03:14:05Z",
                    "sharedWith" : [ "100012345678" ],
                    "copies" : [ {
                      "region" : "ap-beijing",
                      "name" : "web-copy",
                      "id" : "copy-1",
                      "state" : "ready",
                      "cloudState" : "NORMAL",
                      "ownership" : "proven",
                      "sharedWith" : [ "100012345678" ]
                    }, {
                      "region" : "ap-beijing",
                      "name" : "web-copy",
                      "state" : "failed",
                      "error" : "No room",
                      "errorKind" : "QUOTA"
                    } ]
                  }, {
                    "cloud" : "jdCloud",
                    "region" : "cn-north-1",
                    "name" : "web",
                    "state" : "failed",
                    "deleted" : true,
                    "variable" : "CLOUD_IMAGE_ID",
                    "started" : "2026-01-02T03:04:05Z",
                    "ended" : "2026-01-02T03:05:05Z",
                    "error" : "No \\"money\\"",
                    "errorKind" : "QUOTA",
                    "errorCode" : "AccountBalance"
                  } ]
                }""", text(manifest.toJson()));
    }

    @Test
    void anImageThatWasThereBeforeSaysSo() {
        ImageManifest.Entry reused = new ImageManifest.Entry(
                "jdCloud",
                "cn-north-1",
                "web",
                "img-1",
                "ready",
                null,
                true,
                "reused",
                false,
                null,
                null,
                null,
                null,
                null,
                STARTED,
                STARTED,
                null,
                null,
                null,
                List.of(),
                List.of());

        assertTrue(text(ImageManifest.of(null, null, List.of(reused)).toJson()).contains("\"reused\" : true"));
    }

    @Test
    void aBuildWithoutImagesHasAnEmptyList() {
        assertEquals(
                "{\"schemaVersion\":1,\"images\":[]}",
                text(ImageManifest.of(null, null, List.of()).toJson()).replaceAll("\\s", ""));
    }

    @Test
    void theImagesCannotBeChangedLater() {
        List<ImageManifest.Entry> entries = new ArrayList<>();
        ImageManifest manifest = ImageManifest.of(null, null, entries);
        entries.add(null);

        assertEquals(List.of(), manifest.images());
        assertThrows(
                UnsupportedOperationException.class, () -> manifest.images().add(null));
    }

    @Test
    void whatIsWrittenIsWhatTheSchemaSays() throws IOException {
        ImageManifest manifest = ImageManifest.of(
                "1.0",
                BUILD,
                List.of(
                        ready("img-1", "ap-guangzhou", STARTED.plusSeconds(600)),
                        unfinished("building", null),
                        unfinished("failed", STARTED),
                        unfinished("aborted", STARTED),
                        unfinished("timed_out", STARTED),
                        unfinished("abandoned", STARTED)));

        assertEquals(List.of(), ManifestSchema.problems(manifest.toJson()));
        assertEquals(
                List.of(),
                ManifestSchema.problems(ImageManifest.of(null, null, List.of()).toJson()));
    }

    @Test
    void theSchemaKnowsEveryFieldThatIsWritten() throws IOException {
        String schema = Files.readString(Path.of("docs", "cloud-image.schema.json"));
        byte[] manifest = ImageManifest.of(
                        "1.0", BUILD, List.of(ready("img-1", "ap-guangzhou", STARTED), unfinished("failed", STARTED)))
                .toJson();

        text(manifest)
                .lines()
                .filter(line -> line.contains("\" : "))
                .map(line -> line.strip().replaceAll("\" : .*", "\": {"))
                .forEach(field -> assertTrue(schema.contains(field), field));
    }

    @Test
    void theSchemaKnowsEveryKindOfError() throws IOException {
        List<String> kinds = new ArrayList<>();
        new ObjectMapper()
                .readTree(Path.of("docs", "cloud-image.schema.json").toFile())
                .at("/$defs/image/properties/errorKind/enum")
                .forEach(kind -> kinds.add(kind.asText()));

        assertEquals(Arrays.stream(ErrorKind.values()).map(Enum::name).toList(), kinds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"images\": []}",
                "{\"schemaVersion\": 2, \"images\": []}",
                "{\"schemaVersion\": 1, \"images\": [{}]}",
                "{\"schemaVersion\": 1, \"images\": [], \"build\": {\"id\": \"x\", \"job\": \"x\", \"number\": 1}}",
                "{\"schemaVersion\": 1, \"images\": [{\"cloud\": \"jdCloud\", \"region\": \"r\", \"name\": \"n\","
                        + " \"state\": \"failed\", \"ended\": \"2026-01-02T03:04:05Z\", \"errorKind\": \"quota\","
                        + " \"started\": \"2026-01-02T03:04:05Z\"}]}",
                "{\"schemaVersion\": 1, \"images\": [{\"cloud\": \"jdCloud\", \"region\": \"r\", \"name\": \"n\","
                        + " \"state\": \"happy\", \"started\": \"2026-01-02T03:04:05Z\"}]}",
                "{\"schemaVersion\": 1, \"images\": [{\"cloud\": \"jdCloud\", \"region\": \"r\", \"name\": \"n\","
                        + " \"state\": \"building\", \"started\": \"yesterday\"}]}",
                "{\"schemaVersion\": 1, \"images\": [{\"cloud\": \"jdCloud\", \"region\": \"r\", \"name\": \"n\","
                        + " \"state\": \"ready\", \"started\": \"2026-01-02T03:04:05Z\","
                        + " \"ended\": \"2026-01-02T03:04:05Z\"}]}",
            })
    void theSchemaRefusesWhatIsNoManifest(String json) throws IOException {
        assertFalse(
                ManifestSchema.problems(json.getBytes(StandardCharsets.UTF_8)).isEmpty(), json);
    }

    @Test
    void packersFormatHasTheReadyImagesAndTheLatestLast() {
        ImageManifest manifest = ImageManifest.of(
                "1.0",
                BUILD,
                List.of(
                        ready("img-2", "ap-beijing", STARTED.plusSeconds(600)),
                        unfinished("failed", STARTED),
                        ready("img-1", "ap-guangzhou", STARTED.plusSeconds(300))));

        assertEquals("""
                {
                  "builds" : [ {
                    "name" : "镜像-1",
                    "builder_type" : "tencentCloud",
                    "build_time" : 1767323345,
                    "files" : null,
                    "artifact_id" : "ap-guangzhou:img-1",
                    "packer_run_uuid" : "3efc1644-5a77-38e5-939b-fbea61c5f138",
                    "custom_data" : {
                      "build" : "team/bake#12",
                      "build_url" : "https://ci.example.org/job/team/job/bake/12/",
                      "commit" : "2fd4e1c6",
                      "image_id" : "img-1",
                      "region" : "ap-guangzhou",
                      "request_id" : "r-1",
                      "source_instance_id" : "ins-1"
                    }
                  }, {
                    "name" : "镜像-1",
                    "builder_type" : "tencentCloud",
                    "build_time" : 1767323645,
                    "files" : null,
                    "artifact_id" : "ap-beijing:img-2",
                    "packer_run_uuid" : "3efc1644-5a77-38e5-939b-fbea61c5f138",
                    "custom_data" : {
                      "build" : "team/bake#12",
                      "build_url" : "https://ci.example.org/job/team/job/bake/12/",
                      "commit" : "2fd4e1c6",
                      "image_id" : "img-2",
                      "region" : "ap-beijing",
                      "request_id" : "r-1",
                      "source_instance_id" : "ins-1"
                    }
                  } ],
                  "last_run_uuid" : "3efc1644-5a77-38e5-939b-fbea61c5f138"
                }""", text(PackerManifest.of(manifest).toJson()));
    }

    @Test
    void packersFormatLeavesOutWhatIsUnknown() {
        ImageManifest.Entry image = new ImageManifest.Entry(
                "jdCloud",
                "cn-north-1",
                "web",
                "img-1",
                "ready",
                null,
                true,
                "reused",
                false,
                null,
                null,
                null,
                null,
                null,
                STARTED,
                STARTED,
                null,
                null,
                null,
                List.of(),
                List.of());
        ImageManifest manifest =
                ImageManifest.of(null, new ImageManifest.Build("bake#1", "bake", 1, null), List.of(image));

        assertEquals(
                "{build=bake#1, image_id=img-1, region=cn-north-1}",
                PackerManifest.of(manifest).builds().get(0).customData().toString());
    }

    @Test
    void everyBuildIsARunOfItsOwnForPacker() {
        ImageManifest first = ImageManifest.of(null, new ImageManifest.Build("bake#1", "bake", 1, null), List.of());
        ImageManifest second = ImageManifest.of(null, new ImageManifest.Build("bake#2", "bake", 2, null), List.of());

        assertEquals(
                PackerManifest.of(first).lastRunUuid(), PackerManifest.of(first).lastRunUuid());
        assertNotEquals(
                PackerManifest.of(first).lastRunUuid(),
                PackerManifest.of(second).lastRunUuid());
    }
}
