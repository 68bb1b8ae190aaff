package io.jenkins.plugins.cloudimage.core.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;
import java.util.List;

/**
 * The content of {@code cloud-image.json}: every image of a build, those of failed and aborted steps too.
 *
 * @param schemaVersion the version of this format; readers ignore fields that they do not know
 * @param images the images, in the order in which their steps began
 */
public record ImageManifest(int schemaVersion, List<Entry> images) {
    /** The file's name among the artifacts. */
    public static final String FILE_NAME = "cloud-image.json";

    private static final ObjectWriter JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build()
            .writerWithDefaultPrettyPrinter();

    /**
     * One image.
     *
     * @param cloud the cloud's id, for example {@code tencentCloud}
     * @param region the region code
     * @param name the image's name
     * @param id the image's id; absent as long as none is known
     * @param state {@code building}, {@code ready}, {@code failed}, {@code aborted} or {@code timed_out}
     * @param instanceId the machine that it was made from; absent for one made from snapshots
     * @param requestId the cloud's id of the create request
     * @param started when the step began, in UTC
     * @param ended when it ended, in UTC
     * @param error why there is no usable image
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            String cloud,
            String region,
            String name,
            @CheckForNull String id,
            String state,
            @CheckForNull @JsonProperty("sourceInstanceId") String instanceId,
            @CheckForNull String requestId,
            Instant started,
            @CheckForNull Instant ended,
            @CheckForNull String error) {}

    /** Makes the list immutable. */
    public ImageManifest {
        images = List.copyOf(images);
    }

    /**
     * A manifest in the present version of the format.
     *
     * @param images the images
     * @return the manifest
     */
    public static ImageManifest of(List<Entry> images) {
        return new ImageManifest(1, images);
    }

    /**
     * Writes the manifest.
     *
     * @return JSON in UTF-8, indented
     */
    public byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A manifest is plain data", e);
        }
    }
}
