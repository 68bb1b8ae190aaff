package io.jenkins.plugins.cloudimage.core.apsara;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Problem;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.alibaba.DiskDeviceMapping;
import io.jenkins.plugins.cloudimage.core.alibaba.EcsApiRequest;
import io.jenkins.plugins.cloudimage.core.alibaba.EcsApiRules;
import io.jenkins.plugins.cloudimage.core.alibaba.ImageTag;
import java.util.List;

/**
 * What Apsara Stack takes for an image: the parameters of <a
 * href="https://help.crelpc.com/elastic-compute-service/APIReference/Images/CreateImage">CreateImage</a>. It has no dry
 * run.
 *
 * @param region the region code of the installation, for example {@code cn-qingdao-env17-d01}
 * @param imageName 2 to 128 characters, a letter or Chinese character first
 * @param description 2 to 256 characters, or null
 * @param instanceId the machine, running or stopped, with all its disks; or null
 * @param snapshotId the snapshot of a system disk, instead of {@code instanceId}; or null
 * @param diskDeviceMapping the disks of an image from several snapshots, instead of both
 * @param platform the operating system, for a data disk's snapshot that becomes the system disk; or null
 * @param architecture {@code i386} or {@code x86_64}, likewise; or null
 * @param resourceGroupId the resource group of the image, or null for the default one
 * @param tags at most 20 tags
 */
public record ApsaraImageRequest(
        String region,
        String imageName,
        @CheckForNull String description,
        @CheckForNull String instanceId,
        @CheckForNull String snapshotId,
        List<DiskDeviceMapping> diskDeviceMapping,
        @CheckForNull String platform,
        @CheckForNull String architecture,
        @CheckForNull String resourceGroupId,
        List<ImageTag> tags)
        implements EcsApiRequest {

    /** The platforms on the page, for forms to suggest. */
    public static final List<String> PLATFORMS = List.of(
            "CentOS",
            "Ubuntu",
            "SUSE",
            "OpenSUSE",
            "RedHat",
            "Debian",
            "CoreOS",
            "Aliyun Linux",
            "Windows Server 2012",
            "Windows 7",
            "Customized Linux",
            "Others Linux");

    /** The architectures on the page, for forms to suggest. */
    public static final List<String> ARCHITECTURES = List.of("i386", "x86_64");

    /** Makes the lists immutable; null stands for an empty one. */
    public ApsaraImageRequest {
        diskDeviceMapping = diskDeviceMapping == null ? List.of() : List.copyOf(diskDeviceMapping);
        tags = tags == null ? List.of() : List.copyOf(tags);
    }

    @Override
    public boolean dryRun() {
        return false;
    }

    @Override
    public List<Problem> problems() {
        Rules rules = EcsApiRules.of(this);
        EcsApiRules.known(rules, "platform", platform, PLATFORMS);
        EcsApiRules.known(rules, "architecture", architecture, ARCHITECTURES);
        return rules.problems();
    }
}
