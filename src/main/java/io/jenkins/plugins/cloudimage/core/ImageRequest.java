package io.jenkins.plugins.cloudimage.core;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a new image. Each cloud has its own immutable record with every parameter of its API page, under
 * the names that a Jenkinsfile uses. A request is plain data: the ledger keeps it as JSON under its cloud's id.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "cloud")
public interface ImageRequest {

    /** The region of the instance and the image. */
    String region();

    String imageName();

    /** A copy with another name. */
    ImageRequest withImageName(String name);

    /**
     * @return the description, or null if there is none or the cloud keeps none
     */
    @CheckForNull
    default String description() {
        return null;
    }

    /**
     * A copy with another description.
     *
     * @return a copy, or this request if the cloud keeps no description
     */
    default ImageRequest withDescription(String description) {
        return this;
    }

    /**
     * The tags that the image gets with its creation.
     *
     * @return the tags; empty if the cloud has none at that time
     */
    default List<ImageTag> tags() {
        return List.of();
    }

    /**
     * A copy with other tags.
     *
     * @return a copy, or this request if the cloud takes no tags
     */
    default ImageRequest withTags(List<ImageTag> tags) {
        return this;
    }

    /**
     * The family that the image joins.
     *
     * @return the family, or null if it joins none or the cloud has none
     */
    @CheckForNull
    default String imageFamily() {
        return null;
    }

    /**
     * The source instance.
     *
     * @return its id, or null if the image is made from snapshots
     */
    @CheckForNull
    String instanceId();

    /** Whether the cloud destroys the source instance once the image is made. */
    default boolean destroysInstance() {
        return false;
    }

    /** Whether the cloud only checks the request. */
    default boolean dryRun() {
        return false;
    }

    /**
     * A copy that the cloud only checks.
     *
     * @return a copy, or this request if the cloud's create call has no dry run
     */
    default ImageRequest withDryRun() {
        return this;
    }

    /**
     * The cloud's rules that this request breaks.
     *
     * @return errors and warnings, in the order of the fields
     */
    List<Problem> problems();

    /** The request of the cloud's own type: this one, or the one whose image is copied. */
    default ImageRequest original() {
        return this;
    }

    /** Settings of the connection that this request replaces, under names that the cloud's package defines. */
    default Map<String, String> connectionSettings() {
        return Map.of();
    }

    /**
     * Casts this request to its cloud's type.
     *
     * @throws ClassCastException if this is a request of another cloud
     */
    default <T extends ImageRequest> T as(Class<T> type) {
        return type.cast(this);
    }

    /**
     * Rejects a request that breaks a rule, before anything is sent.
     *
     * @throws CloudException of kind {@link ErrorKind#INVALID_REQUEST} that names every broken rule
     */
    default void check() throws CloudException {
        Rules.check(problems());
    }
}
