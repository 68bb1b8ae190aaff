package io.jenkins.plugins.cloudimage.core.ecs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.Problem;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaParameters;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaRules;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.DiskDeviceMapping;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiRequest;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiRules;
import java.util.Collections;
import java.util.List;

/**
 * The parameters of Alibaba Cloud ECS's <a
 * href="https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-createimage">CreateImage</a>,
 * version 2014-05-26.
 *
 * @param region the region code, for example {@code cn-hangzhou}
 * @param imageName 2 to 128 characters, a letter or Chinese character first, unique in account and region
 * @param description 2 to 236 characters, or null
 * @param instanceId the instance, running or stopped, with all its disks; or null
 * @param snapshotId the snapshot of a system disk, instead of {@code instanceId}; or null
 * @param diskDeviceMapping the disks of an image from several snapshots, instead of both
 * @param platform the operating system, if a data disk's snapshot becomes the system disk; or null
 * @param architecture {@code i386}, {@code x86_64} or {@code arm64}, likewise; or null
 * @param resourceGroupId the resource group of the image, or null for the default one
 * @param tags at most 20 tags
 * @param bootMode {@code BIOS}, {@code UEFI} or {@code UEFI-Preferred}, or null
 * @param imageFamily the family whose latest image this becomes, 2 to 128 characters, or null
 * @param imageVersion the image's version, 1 to 40 characters, or null
 * @param detectionStrategy {@code Standard} to have the cloud check the image, or null
 * @param imdsSupport {@code v1} or {@code v2}: how instances from the image may read their metadata; or null
 * @param secureBootSupport {@code supported} or {@code unsupported}: whether instances from the image can boot
 *     securely; or null
 * @param storageLocationArn where the image is stored, for example a CloudBox, as an Alibaba Cloud resource name; or
 *     null
 * @param dryRun whether to only check the request
 */
public record EcsImageRequest(
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
        @CheckForNull String bootMode,
        @CheckForNull String imageFamily,
        @CheckForNull String imageVersion,
        @CheckForNull String detectionStrategy,
        @CheckForNull String imdsSupport,
        @CheckForNull String secureBootSupport,
        @CheckForNull String storageLocationArn,
        boolean dryRun)
        implements EcsApiRequest {

    private static final int VERSION_LENGTH = 40;

    /** Null lists become empty ones. */
    public EcsImageRequest {
        diskDeviceMapping = Rules.list(diskDeviceMapping, new DiskDeviceMapping(null, null, null, null));
        tags = Rules.list(tags, new ImageTag(null, null));
    }

    /** A request without the newest parameters. */
    public EcsImageRequest(
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
            @CheckForNull String bootMode,
            @CheckForNull String imageFamily,
            @CheckForNull String imageVersion,
            @CheckForNull String detectionStrategy,
            @CheckForNull String imdsSupport,
            boolean dryRun) {
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
                bootMode,
                imageFamily,
                imageVersion,
                detectionStrategy,
                imdsSupport,
                null,
                null,
                dryRun);
    }

    @Override
    public EcsImageRequest withImageName(String name) {
        return with(name, description, tags, dryRun);
    }

    @Override
    public EcsImageRequest withDescription(String text) {
        return with(imageName, text, tags, dryRun);
    }

    @Override
    public EcsImageRequest withTags(List<ImageTag> others) {
        return with(imageName, description, others, dryRun);
    }

    @Override
    public EcsImageRequest withDryRun() {
        return with(imageName, description, tags, true);
    }

    private EcsImageRequest with(String name, String text, List<ImageTag> others, boolean onlyCheck) {
        return new EcsImageRequest(
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
                bootMode,
                imageFamily,
                imageVersion,
                detectionStrategy,
                imdsSupport,
                secureBootSupport,
                storageLocationArn,
                onlyCheck);
    }

    @Override
    public List<Problem> problems() {
        Rules rules = EcsApiRules.of(this);
        AlibabaRules.name(rules, "imageFamily", imageFamily);
        if (imageFamily != null && (imageFamily.startsWith("aliyun") || imageFamily.startsWith("acs:"))) {
            rules.error("imageFamily", Messages.EcsImageRequest_reserved(imageFamily));
        }
        rules.length("imageVersion", imageVersion, 1, VERSION_LENGTH);
        EcsApiRules.known(rules, "architecture", architecture, List.of("i386", "x86_64", "arm64"));
        EcsApiRules.known(rules, "bootMode", bootMode, List.of("BIOS", "UEFI", "UEFI-Preferred"));
        EcsApiRules.known(rules, "detectionStrategy", detectionStrategy, List.of("Standard"));
        EcsApiRules.known(rules, "imdsSupport", imdsSupport, List.of("v1", "v2"));
        EcsApiRules.known(rules, "secureBootSupport", secureBootSupport, List.of("supported", "unsupported"));
        rules.looksLike("storageLocationArn", Collections.singletonList(storageLocationArn), "arn:acs:");
        return rules.problems();
    }

    @Override
    public void addOwn(AlibabaParameters parameters) {
        parameters
                .put("BootMode", bootMode)
                .put("ImageFamily", imageFamily)
                .put("ImageVersion", imageVersion)
                .put("DetectionStrategy", detectionStrategy)
                .put("Features.ImdsSupport", imdsSupport)
                .put("SecureBootOptions.SecureBootSupport", secureBootSupport)
                .put("StorageLocationArn", storageLocationArn)
                .putIf(dryRun, "DryRun");
    }
}
