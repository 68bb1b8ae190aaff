package io.jenkins.plugins.cloudimage.simulator;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The launch templates and scaling configurations of a fake account, as somebody has made them in the cloud's console. */
public final class FakeTemplates {
    private final SortedMap<String, SortedMap<Integer, String>> templates = new TreeMap<>();
    private final SortedMap<String, Configuration> configurations = new TreeMap<>();
    private boolean denied;
    private boolean scalingDenied;
    private boolean inactive;

    /**
     * A scaling configuration.
     *
     * @param imageId the image, or the empty text
     * @param imageName the image's name, or the empty text
     * @param imageFamily the family, or the empty text
     */
    public record Configuration(String imageId, String imageName, String imageFamily) {}

    /** What an account with launch templates has. */
    public interface Account extends FakeAccount {
        /** The templates. */
        FakeTemplates templates();

        /** The service for scaling groups, or null if the cloud has none of its own. */
        default FakeCloud scalingService() {
            return null;
        }
    }

    /** Adds a version to a template, which is made with its first one. */
    public synchronized FakeTemplates addVersion(String template, String imageId) {
        SortedMap<Integer, String> versions = templates.computeIfAbsent(template, id -> new TreeMap<>());
        versions.put(versions.isEmpty() ? 1 : versions.lastKey() + 1, imageId);
        return this;
    }

    /** Deletes a template with all of its versions. */
    public synchronized void remove(String template) {
        templates.remove(template);
    }

    /** Adds a scaling configuration that names an image by its id. */
    public FakeTemplates configure(String id, String imageId) {
        return configure(id, new Configuration(imageId, "", ""));
    }

    /** Adds a scaling configuration. */
    public synchronized FakeTemplates configure(String id, Configuration configuration) {
        configurations.put(id, configuration);
        return this;
    }

    /** Takes the permission to list launch templates from the key, or gives it back. */
    public synchronized void deny(boolean deny) {
        denied = deny;
    }

    /** Takes the permission to list scaling configurations from the key. */
    public synchronized void denyScaling() {
        scalingDenied = true;
    }

    /** Has the account never activated the service for scaling groups. */
    public synchronized void deactivate() {
        inactive = true;
    }

    synchronized boolean isDenied() {
        return denied;
    }

    synchronized boolean isScalingDenied() {
        return scalingDenied;
    }

    synchronized boolean isInactive() {
        return inactive;
    }

    synchronized List<String> ids() {
        return List.copyOf(templates.keySet());
    }

    /** The versions of a template and their images, which may be the empty text; empty if there is no such template. */
    synchronized SortedMap<Integer, String> versions(String template) {
        return new TreeMap<>(templates.getOrDefault(template, new TreeMap<>()));
    }

    synchronized Map<String, Configuration> configurations() {
        return new TreeMap<>(configurations);
    }
}
