package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a copy of an image in another region.
 *
 * @param original the request that made the image, without the number that its name may have got; its region is where
 *     the copy is asked for
 * @param imageId the image that is copied
 * @param region the region of the copy
 * @param tags the tags of the copy; empty if the cloud's call takes none
 * @param kmsKeyId the key in that region that encrypts the copy, or null for the cloud's own
 */
public record CopyRequest(
        ImageRequest original,
        String imageId,
        String region,
        String imageName,
        @CheckForNull String description,
        List<ImageTag> tags,
        boolean encrypt,
        @CheckForNull String kmsKeyId)
        implements ImageRequest {
    /** The name of this type in the ledger; no cloud has this id. */
    public static final String ID = "copy";

    /** A null list becomes an empty one. */
    public CopyRequest {
        tags = Rules.list(tags, new ImageTag("", null));
    }

    /** The request for one of the wanted copies. */
    public static CopyRequest of(ImageRequest original, String imageId, CopyTarget target) {
        return new CopyRequest(
                original,
                imageId,
                target.region(),
                target.name() == null ? original.imageName() : target.name(),
                original.description(),
                original.tags(),
                target.encrypt(),
                target.kmsKeyId());
    }

    /** The same, with another request that made the image. */
    public CopyRequest withOriginal(ImageRequest other) {
        return new CopyRequest(other, imageId, region, imageName, description, tags, encrypt, kmsKeyId);
    }

    @Override
    public CopyRequest withImageName(String name) {
        return new CopyRequest(original, imageId, region, name, description, tags, encrypt, kmsKeyId);
    }

    @Override
    public CopyRequest withDescription(String text) {
        return new CopyRequest(original, imageId, region, imageName, text, tags, encrypt, kmsKeyId);
    }

    @Override
    public CopyRequest withTags(List<ImageTag> others) {
        return new CopyRequest(original, imageId, region, imageName, description, others, encrypt, kmsKeyId);
    }

    /** A copy is not made from an instance. */
    @Override
    @CheckForNull
    public String instanceId() {
        return null;
    }

    /** Where copies are made, the source is. */
    @Override
    public boolean dryRun() {
        return false;
    }

    /** The cloud's rules for the name and the description; the targets are checked before the source is made. */
    @Override
    public List<Problem> problems() {
        return original.withImageName(imageName).withDescription(description).problems();
    }

    @Override
    public Map<String, String> connectionSettings() {
        return original.connectionSettings();
    }
}
