package io.jenkins.plugins.cloudimage.core;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.Map;

/**
 * What a user asks a cloud for. Each cloud has its own immutable record with every parameter of its API page, under the
 * names that a Jenkinsfile uses. A request is plain data: it is kept in the ledger as JSON under its cloud's id.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "cloud")
public interface ImageRequest {

    /** The region in which machine and image are. */
    String region();

    /** The name that the image gets. */
    String imageName();

    /** The same request under another name. */
    ImageRequest withImageName(String name);

    /**
     * The description that the image gets.
     *
     * @return the description, or null for none or where the cloud keeps none
     */
    @CheckForNull
    default String description() {
        return null;
    }

    /**
     * The same request with another description.
     *
     * @return a copy, or this request where the cloud keeps no description
     */
    default ImageRequest withDescription(String description) {
        return this;
    }

    /**
     * The machine from which the image is made.
     *
     * @return its id, or null when the image is made from snapshots
     */
    @CheckForNull
    String instanceId();

    /** Whether the cloud destroys the machine once its image is made. */
    default boolean destroysInstance() {
        return false;
    }

    /** Whether the cloud shall only check the request. */
    boolean dryRun();

    /**
     * The cloud's rules that this request breaks.
     *
     * @return errors and warnings, in the order of the fields
     */
    List<Problem> problems();

    /**
     * What the request says of its connection, instead of what the administrator says: settings by the names that the
     * cloud's package defines.
     *
     * @return the settings to replace, usually none
     */
    default Map<String, String> connectionSettings() {
        return Map.of();
    }

    /**
     * This request as its cloud knows it.
     *
     * @throws ClassCastException if the request was made for another cloud
     */
    default <T extends ImageRequest> T as(Class<T> type) {
        return type.cast(this);
    }

    /**
     * Refuses a request that breaks a rule, before anything is sent.
     *
     * @throws CloudException of kind {@link ErrorKind#INVALID_REQUEST} that names every broken rule
     */
    default void check() throws CloudException {
        Rules.check(problems());
    }
}
