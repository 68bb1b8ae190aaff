package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kind of cloud: its description, and the factory of its clients. */
public interface CloudProvider {

    /** The description; always the same. */
    CloudDescription description();

    /** Makes the client for an account. Sends nothing. */
    Cloud connect(CloudConnection connection);

    /** The security token service for keys that assume a role, or empty if the cloud has none that is supported. */
    default Optional<RoleService> roles() {
        return Optional.empty();
    }

    /** Whether the cloud deletes an image that instances use, if it is asked to. */
    default boolean deletesUsedImages() {
        return true;
    }

    /** How the cloud lists the launch templates and scaling configurations that name images, or empty if it does not. */
    default Optional<TemplateSupport> templates() {
        return Optional.empty();
    }

    /** The metadata service whose keys sign the calls to this cloud, or empty if there is none that is supported. */
    default Optional<InstanceRoleService> instanceRoles() {
        return Optional.empty();
    }

    /** See {@link CloudDescription#id()}. */
    default String id() {
        return description().id();
    }

    /** See {@link CloudDescription#displayName()}. */
    default String displayName() {
        return description().displayName().get();
    }

    /** See {@link CloudDescription#requestType()}. */
    default Class<? extends ImageRequest> requestType() {
        return description().requestType();
    }

    /** See {@link CloudDescription#capabilities()}. */
    default Capabilities capabilities() {
        return description().capabilities();
    }

    /** See {@link CloudDescription#permissions()}. */
    default Permissions permissions() {
        return description().permissions();
    }

    /** See {@link CloudDescription#regions()}. */
    default List<String> regions() {
        return description().regions();
    }

    /** See {@link CloudDescription#endpoints()}. */
    @CheckForNull
    default URI endpoint(String region) {
        return description().endpoints().apply(region);
    }

    /** See {@link CloudDescription#consoles()}. */
    @CheckForNull
    default URI console(String region, String imageId) {
        return description().consoles().apply(region, imageId);
    }

    /** See {@link CloudDescription#settingsCheck()}. */
    default void checkSettings(Map<String, String> settings) throws CloudException {
        description().settingsCheck().check(settings);
    }
}
