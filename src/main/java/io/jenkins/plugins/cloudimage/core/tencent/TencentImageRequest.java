package io.jenkins.plugins.cloudimage.core.tencent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Problem;
import io.jenkins.plugins.cloudimage.core.Rules;
import java.util.Collections;
import java.util.List;

/**
 * What Tencent Cloud CVM takes for an image: the parameters of <a
 * href="https://cloud.tencent.com/document/api/213/16726">CreateImage</a>, version 2017-03-12.
 *
 * @param region the region code, for example {@code ap-guangzhou}
 * @param imageName 1 to 60 characters, unique in account and region
 * @param description at most 256 characters, or null
 * @param instanceId the machine, or null when {@code snapshotIds} are given
 * @param snapshotIds snapshots with exactly one of a system disk, instead of {@code instanceId}
 * @param forcePoweroff whether to switch the machine off the hard way where a soft shutdown fails
 * @param sysprep whether to run Sysprep, for Windows
 * @param dataDiskIds data disks of the machine that become part of the image; without them only the system disk does
 * @param dryRun whether to only check the request
 */
public record TencentImageRequest(
        String region,
        String imageName,
        @CheckForNull String description,
        @CheckForNull String instanceId,
        List<String> snapshotIds,
        boolean forcePoweroff,
        boolean sysprep,
        List<String> dataDiskIds,
        boolean dryRun)
        implements ImageRequest {

    private static final int NAME_LENGTH = 60;
    private static final int DESCRIPTION_LENGTH = 256;

    /** Makes the lists immutable; null stands for an empty one. */
    public TencentImageRequest {
        snapshotIds = Rules.list(snapshotIds, "");
        dataDiskIds = Rules.list(dataDiskIds, "");
    }

    @Override
    public TencentImageRequest withImageName(String name) {
        return new TencentImageRequest(
                region, name, description, instanceId, snapshotIds, forcePoweroff, sysprep, dataDiskIds, dryRun);
    }

    @Override
    public List<Problem> problems() {
        Rules rules = new Rules();
        boolean fromInstance = Rules.isGiven(instanceId);
        boolean fromSnapshots = !snapshotIds.isEmpty();
        rules.region(region);
        if (rules.imageName(imageName)) {
            rules.length("imageName", imageName, 1, NAME_LENGTH);
        }
        rules.length("description", description, 0, DESCRIPTION_LENGTH)
                .exactlyOne("instanceId", fromInstance, "snapshotIds", fromSnapshots)
                .looksLike("instanceId", Collections.singletonList(instanceId), "ins-")
                .distinct("snapshotIds", snapshotIds)
                .looksLike("snapshotIds", snapshotIds, "snap-")
                .onlyWith("dataDiskIds", !dataDiskIds.isEmpty(), "instanceId", fromInstance)
                .distinct("dataDiskIds", dataDiskIds)
                .looksLike("dataDiskIds", dataDiskIds, "disk-");
        if (forcePoweroff && !fromInstance) {
            rules.warning("forcePoweroff", Messages.TencentImageRequest_noEffect("forcePoweroff"));
        }
        if (sysprep && !fromInstance) {
            rules.warning("sysprep", Messages.TencentImageRequest_noEffect("sysprep"));
        }
        return rules.problems();
    }
}
