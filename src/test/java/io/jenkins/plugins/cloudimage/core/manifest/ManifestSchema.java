package io.jenkins.plugins.cloudimage.core.manifest;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The schema that {@code docs} publishes. */
public final class ManifestSchema {
    private ManifestSchema() {}

    /** What is wrong with a manifest, by that schema. */
    public static List<String> problems(byte[] manifest) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("docs", "cloud-image.schema.json")))
                .validate(
                        new String(manifest, StandardCharsets.UTF_8),
                        InputFormat.JSON,
                        context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
                .stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
