package io.jenkins.plugins.cloudimage.core.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The content of {@code packer-manifest.json}: the ready images of a build in the format of HashiCorp Packer's manifest
 * post-processor, for scripts that read {@code .builds[-1].artifact_id}. See <a
 * href="https://developer.hashicorp.com/packer/docs/post-processors/manifest">Packer's documentation</a>.
 *
 * @param builds the images, the latest last
 * @param lastRunUuid the {@code packerRunUuid} of the images
 */
public record PackerManifest(
        List<Build> builds, @JsonProperty("last_run_uuid") String lastRunUuid) {
    /** The name of the artifact. */
    public static final String FILE_NAME = "packer-manifest.json";

    /**
     * One image.
     *
     * @param builderType the cloud's id, for example {@code tencentCloud}
     * @param buildTime when the image was ready, in seconds since 1970-01-01 UTC
     * @param files null, because an image in a cloud has no files
     * @param artifactId region and image id joined by a colon, as in Packer's builders for these clouds
     * @param packerRunUuid one UUID for all images of a build
     * @param customData further properties of the image
     */
    public record Build(
            String name,
            @JsonProperty("builder_type") String builderType,
            @JsonProperty("build_time") long buildTime,
            @CheckForNull List<String> files,
            @JsonProperty("artifact_id") String artifactId,
            @JsonProperty("packer_run_uuid") String packerRunUuid,
            @JsonProperty("custom_data") SortedMap<String, String> customData) {

        public Build {
            customData = Collections.unmodifiableSortedMap(new TreeMap<>(customData));
        }
    }

    public PackerManifest {
        builds = List.copyOf(builds);
    }

    /** The ready images of a manifest. */
    public static PackerManifest of(ImageManifest manifest) {
        ImageManifest.Build origin = Objects.requireNonNull(manifest.build());
        // Stable for a build, and different for every build.
        String run = UUID.nameUUIDFromBytes(origin.id().getBytes(StandardCharsets.UTF_8))
                .toString();
        return new PackerManifest(
                manifest.images().stream()
                        .filter(image -> image.state().equals("ready"))
                        .sorted(Comparator.comparing(ImageManifest.Entry::ended))
                        .map(image -> build(image, origin, run))
                        .toList(),
                run);
    }

    private static Build build(ImageManifest.Entry image, ImageManifest.Build origin, String run) {
        SortedMap<String, String> more = new TreeMap<>();
        more.put("build", origin.id());
        more.put("build_url", origin.url());
        more.put("commit", image.commit());
        more.put("image_id", image.id());
        more.put("region", image.region());
        more.put("request_id", image.requestId());
        more.put("source_instance_id", image.instanceId());
        more.values().removeIf(Objects::isNull);
        return new Build(
                image.name(),
                image.cloud(),
                Objects.requireNonNull(image.ended()).getEpochSecond(),
                null,
                image.region() + ":" + image.id(),
                run,
                more);
    }

    /**
     * @return JSON in UTF-8, indented
     */
    public byte[] toJson() {
        return ManifestJson.write(this);
    }
}
