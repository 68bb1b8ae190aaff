package io.jenkins.plugins.cloudimage.core.ens;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Problem;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaRules;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The parameters of Alibaba Cloud ENS's <a
 * href="https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-createimage">CreateImage</a>,
 * version 2017-11-10. The API has no region, description, tags or dry run.
 *
 * @param imageName 2 to 128 characters, a letter or Chinese character first
 * @param instanceId the instance, or null if {@code snapshotId} is given
 * @param snapshotId the snapshot, instead of {@code instanceId}; or null
 * @param withDataDisks whether the instance's data disks become part of the image
 * @param deleteAfterImageUpload whether the cloud destroys the instance once its image is uploaded; for build instances
 *     only
 * @param targetOSSRegionId the region of the OSS bucket that stores the image, for example {@code cn-beijing}, or null
 */
public record EnsImageRequest(
        String imageName,
        @CheckForNull String instanceId,
        @CheckForNull String snapshotId,
        boolean withDataDisks,
        boolean deleteAfterImageUpload,
        @CheckForNull String targetOSSRegionId)
        implements ImageRequest {

    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)+");

    /** Images belong to the whole account; the API has no region. */
    @Override
    public String region() {
        return EnsProvider.REGION;
    }

    @Override
    public boolean destroysInstance() {
        return deleteAfterImageUpload;
    }

    @Override
    public EnsImageRequest withImageName(String name) {
        return new EnsImageRequest(
                name, instanceId, snapshotId, withDataDisks, deleteAfterImageUpload, targetOSSRegionId);
    }

    @Override
    public List<Problem> problems() {
        Rules rules = new Rules();
        boolean fromInstance = Rules.isGiven(instanceId);
        if (rules.imageName(imageName)) {
            AlibabaRules.name(rules, "imageName", imageName);
        }
        rules.exactlyOne("instanceId", fromInstance, "snapshotId", Rules.isGiven(snapshotId))
                .looksLike("instanceId", Collections.singletonList(instanceId), "i-")
                .looksLike("snapshotId", Collections.singletonList(snapshotId), "s-")
                .onlyWith("deleteAfterImageUpload", deleteAfterImageUpload, "instanceId", fromInstance);
        if (deleteAfterImageUpload && fromInstance) {
            rules.warning("deleteAfterImageUpload", Messages.EnsImageRequest_destroys(instanceId));
        }
        if (withDataDisks && !fromInstance) {
            rules.warning("withDataDisks", Messages.EnsImageRequest_noEffect());
        }
        if (Rules.isGiven(targetOSSRegionId)
                && !REGION.matcher(targetOSSRegionId).matches()) {
            rules.warning("targetOSSRegionId", Messages.EnsImageRequest_noRegion(targetOSSRegionId));
        }
        return rules.problems();
    }
}
