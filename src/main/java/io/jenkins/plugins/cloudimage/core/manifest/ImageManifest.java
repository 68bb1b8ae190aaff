package io.jenkins.plugins.cloudimage.core.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;
import java.util.List;

/**
 * The content of {@code cloud-image.json}: every image of a build, including those of failed and aborted steps, and its
 * origin. {@code docs/cloud-image.schema.json} describes it.
 *
 * @param schemaVersion the version of this format. It changes only if a field is removed or changes its meaning, so
 *     readers should ignore unknown fields and reject unknown versions
 * @param pluginVersion the version of the plugin that wrote it; absent outside of Jenkins
 * @param build the build that wanted the images; absent outside of Jenkins
 * @param images the images in the order in which their steps began
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageManifest(
        int schemaVersion,
        @CheckForNull String pluginVersion,
        @CheckForNull Build build,
        List<Entry> images) {
    /** The name of the artifact. */
    public static final String FILE_NAME = "cloud-image.json";

    /** The version that is written. */
    static final int SCHEMA_VERSION = 1;

    /**
     * A build.
     *
     * @param id the build, as its controller identifies it, for example {@code team/bake#12}
     * @param job the job's full name
     * @param url the build's page; absent if the controller has no URL configured
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Build(
            String id, String job, int number, @CheckForNull String url) {}

    /**
     * One image.
     *
     * @param cloud the cloud's id, for example {@code tencentCloud}
     * @param id the image's id; absent if it is unknown
     * @param state {@code building}, {@code ready}, {@code failed}, {@code aborted}, {@code timed_out} or {@code
     *     abandoned}
     * @param cloudState the cloud's name of the last seen state; absent if none was seen
     * @param reused whether the image existed before and was not made by this build; absent if not
     * @param ownership {@code proven}, {@code likely}, {@code confirmed} by an administrator, or {@code reused}; absent
     *     if there is no image
     * @param deleted whether the image was deleted; absent if not
     * @param deletedAt when it was seen to be gone, in UTC; absent if it was not deleted
     * @param instanceId the source instance; absent if the image is made from snapshots
     * @param variable the build variable that holds the id; absent outside of Jenkins
     * @param commit the value of the variable {@code GIT_COMMIT} in the step; absent if it is not set
     * @param started when the step began, in UTC
     * @param ended when it ended, in UTC
     * @param error why there is no usable image, as a sentence for people
     * @param errorKind the same as a name that programs may compare, as the exception of the step has it; absent if there
     *     is no error
     * @param errorCode the cloud's own code of the error; absent if it gave none
     * @param sharedWith the accounts with which the step has shared it; absent if there are none
     * @param copies its copies in other regions; absent if none were wanted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            String cloud,
            String region,
            String name,
            @CheckForNull String id,
            String state,
            @CheckForNull String cloudState,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean reused,
            @CheckForNull String ownership,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean deleted,
            @CheckForNull Instant deletedAt,
            @CheckForNull @JsonProperty("sourceInstanceId") String instanceId,
            @CheckForNull String variable,
            @CheckForNull String commit,
            @CheckForNull String requestId,
            Instant started,
            @CheckForNull Instant ended,
            @CheckForNull String error,
            @CheckForNull String errorKind,
            @CheckForNull String errorCode,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> sharedWith,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Copy> copies) {
        /** A null list becomes an empty one. */
        public Entry {
            sharedWith = sharedWith == null ? List.of() : List.copyOf(sharedWith);
            copies = copies == null ? List.of() : List.copyOf(copies);
        }
    }

    /**
     * A copy of an image in another region. What its fields have in common with those of an {@link Entry} means the
     * same.
     *
     * @param state {@code requested}, {@code in_doubt}, {@code copying}, {@code ready}, {@code failed}, {@code aborted},
     *     {@code timed_out} or {@code abandoned}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Copy(
            String region,
            String name,
            @CheckForNull String id,
            String state,
            @CheckForNull String cloudState,
            @CheckForNull String ownership,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean deleted,
            @CheckForNull String error,
            @CheckForNull String errorKind,
            @CheckForNull String errorCode,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> sharedWith) {
        /** A null list becomes an empty one. */
        public Copy {
            sharedWith = sharedWith == null ? List.of() : List.copyOf(sharedWith);
        }
    }

    public ImageManifest {
        images = List.copyOf(images);
    }

    /** A manifest in the current version of the format. */
    public static ImageManifest of(@CheckForNull String pluginVersion, @CheckForNull Build build, List<Entry> images) {
        return new ImageManifest(SCHEMA_VERSION, pluginVersion, build, images);
    }

    /**
     * @return JSON in UTF-8, indented
     */
    public byte[] toJson() {
        return ManifestJson.write(this);
    }
}
