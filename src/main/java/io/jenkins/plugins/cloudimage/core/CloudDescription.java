package io.jenkins.plugins.cloudimage.core;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is known of a cloud without a key and without a call. Classes outside the cloud's packages rely on this alone.
 *
 * @param id the name under which Jenkinsfiles, the ledger and manifests know the cloud, for example {@code
 *     tencentCloud}; it never changes
 * @param displayName the cloud's name, in the reader's language
 * @param requestType the type of the cloud's requests: a record that Jackson can write and read
 * @param permissions what a key needs; {@link Cloud#probe()} proves one of them
 * @param regions suggested region codes; others work as well
 * @param endpoints the public endpoint of a region, or null if every installation has its own address
 * @param consoles the page of an image in the web console, by region and image id, or null if it differs between
 *     installations
 * @param settingsCheck rejects settings of an endpoint with which no connection can work
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

    public CloudDescription {
        regions = List.copyOf(regions);
    }

    /** A public cloud, whose endpoints are known and need no settings. */
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

    /** Checks the settings of an administrator's endpoint. */
    @FunctionalInterface
    public interface SettingsCheck {
        /**
         * Checks {@link CloudConnection#settings()}.
         *
         * @throws CloudException of kind {@link ErrorKind#INVALID_REQUEST} if no connection can work with them
         */
        void check(Map<String, String> settings) throws CloudException;
    }
}
