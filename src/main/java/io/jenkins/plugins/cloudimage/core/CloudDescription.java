package io.jenkins.plugins.cloudimage.core;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is known of a cloud without a key and without a call. Nobody outside the cloud's packages knows more of it.
 *
 * @param id the name under which Jenkinsfiles, the ledger and manifests know the cloud, for example
 *     {@code tencentCloud}; it never changes
 * @param displayName the cloud's name for people, in the reader's language
 * @param requestType the type of the cloud's requests: a record that Jackson can write and read
 * @param permissions what a key must be allowed to do; {@link Cloud#probe()} proves one of them
 * @param regions region codes to suggest; a region that is missing here works all the same
 * @param endpoints the public endpoint of a region, which is null for a cloud of which every installation has an
 *     address of its own
 * @param consoles the page of an image in the web console, by region and image id; null where it differs from
 *     installation to installation
 * @param settingsCheck refuses the settings of an endpoint with which no connection can work
 */
public record CloudDescription(
        String id,
        Supplier<String> displayName,
        Class<? extends ImageRequest> requestType,
        Capabilities capabilities,
        Permissions permissions,
        List<String> regions,
        Function<String, URI> endpoints,
        BiFunction<String, String, URI> consoles,
        SettingsCheck settingsCheck) {

    /** Makes the list immutable. */
    public CloudDescription {
        regions = List.copyOf(regions);
    }

    /** Describes a public cloud, whose endpoints are known and need no settings. */
    public CloudDescription(
            String id,
            Supplier<String> displayName,
            Class<? extends ImageRequest> requestType,
            Capabilities capabilities,
            Permissions permissions,
            List<String> regions,
            Function<String, URI> endpoints,
            BiFunction<String, String, URI> consoles) {
        this(id, displayName, requestType, capabilities, permissions, regions, endpoints, consoles, settings -> {});
    }

    /** Checks what an administrator says of an endpoint beside its address. */
    @FunctionalInterface
    public interface SettingsCheck {
        /**
         * Checks settings.
         *
         * @throws CloudException of kind {@link ErrorKind#INVALID_REQUEST} if no connection can work with them
         */
        void check(Map<String, String> settings) throws CloudException;
    }
}
