package io.jenkins.plugins.cloudimage.core.apsara;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.Problem;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.DiskDeviceMapping;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiRequest;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The parameters of Apsara Stack's <a
 * href="https://help.crelpc.com/elastic-compute-service/APIReference/Images/CreateImage">CreateImage</a>. The API has
 * no dry run.
 *
 * @param region the region code of the installation, for example {@code cn-qingdao-env17-d01}
 * @param imageName 2 to 128 characters, a letter or Chinese character first
 * @param description 2 to 256 characters, or null
 * @param instanceId the instance, running or stopped, with all its disks; or null
 * @param snapshotId the snapshot of a system disk, instead of {@code instanceId}; or null
 * @param diskDeviceMapping the disks of an image from several snapshots, instead of both
 * @param platform the operating system, if a data disk's snapshot becomes the system disk; or null
 * @param architecture {@code i386} or {@code x86_64}, likewise; or null
 * @param resourceGroupId the resource group of the image, or null for the default one
 * @param tags at most 20 tags
 * @param organizationId the organization that owns the resources, a number, or null for the one in the endpoint's
 *     settings
 * @param resourceSetId the resource set, a number, or null for all sets of {@code organizationId} or, without that, the
 *     one in the endpoint's settings
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
        List<ImageTag> tags,
        @CheckForNull String organizationId,
        @CheckForNull String resourceSetId)
        implements EcsApiRequest {

    /** The platforms that the page lists. */
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

    /** The architectures that the page lists. */
    public static final List<String> ARCHITECTURES = List.of("i386", "x86_64");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** Null lists become empty ones. */
    public ApsaraImageRequest {
        diskDeviceMapping = Rules.list(diskDeviceMapping, new DiskDeviceMapping(null, null, null, null));
        tags = Rules.list(tags, new ImageTag(null, null));
    }

    /** A request for the organization and resource set in the endpoint's settings. */
    public ApsaraImageRequest(
            String region,
            String imageName,
            @CheckForNull String description,
            @CheckForNull String instanceId,
            @CheckForNull String snapshotId,
            List<DiskDeviceMapping> diskDeviceMapping,
            @CheckForNull String platform,
            @CheckForNull String architecture,
            @CheckForNull String resourceGroupId,
            List<ImageTag> tags) {
        this(
                region,
                imageName,
                description,
                instanceId,
                snapshotId,
                diskDeviceMapping,
                platform,
                architecture,
                resourceGroupId,
                tags,
                null,
                null);
    }

    /** A resource set belongs to an organization, so the endpoint's set is not combined with another organization. */
    @Override
    public Map<String, String> connectionSettings() {
        Map<String, String> settings = new HashMap<>();
        if (Rules.isGiven(organizationId)) {
            settings.put(ApsaraSettings.ORGANIZATION, organizationId);
            settings.put(ApsaraSettings.RESOURCE_SET, "");
        }
        if (Rules.isGiven(resourceSetId)) {
            settings.put(ApsaraSettings.RESOURCE_SET, resourceSetId);
        }
        return settings;
    }

    @Override
    public ApsaraImageRequest withImageName(String name) {
        return with(name, description, tags);
    }

    @Override
    public ApsaraImageRequest withDescription(String text) {
        return with(imageName, text, tags);
    }

    @Override
    public ApsaraImageRequest withTags(List<ImageTag> others) {
        return with(imageName, description, others);
    }

    private ApsaraImageRequest with(String name, String text, List<ImageTag> others) {
        return new ApsaraImageRequest(
                region,
                name,
                text,
                instanceId,
                snapshotId,
                diskDeviceMapping,
                platform,
                architecture,
                resourceGroupId,
                others,
                organizationId,
                resourceSetId);
    }

    @Override
    public List<Problem> problems() {
        Rules rules = EcsApiRules.of(this);
        EcsApiRules.known(rules, "platform", platform, PLATFORMS);
        EcsApiRules.known(rules, "architecture", architecture, ARCHITECTURES);
        number(rules, "organizationId", organizationId);
        number(rules, "resourceSetId", resourceSetId);
        return rules.problems();
    }

    private static void number(Rules rules, String field, @CheckForNull String value) {
        if (Rules.isGiven(value) && !ApsaraSettings.isId(value.strip())) {
            rules.error(field, Messages.ApsaraImageRequest_unsendable(field, value));
        } else if (Rules.isGiven(value) && !NUMBER.matcher(value).matches()) {
            rules.warning(field, Messages.ApsaraImageRequest_noNumber(field, value));
        }
    }
}
