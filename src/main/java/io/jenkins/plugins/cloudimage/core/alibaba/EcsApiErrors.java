package io.jenkins.plugins.cloudimage.core.alibaba;

import static io.jenkins.plugins.cloudimage.core.ErrorKind.BUSY;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.INVALID_REQUEST;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.NAME_TAKEN;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.NOT_FOUND;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.PERMISSION;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.QUOTA;

import io.jenkins.plugins.cloudimage.core.ErrorTable;

/**
 * The meaning of the ECS API's codes: those of <a
 * href="https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-createimage">CreateImage</a> and
 * its companions, beside the {@linkplain AlibabaErrors common ones}.
 */
public final class EcsApiErrors {
    /** A dry run that passes arrives under this code. */
    static final String DRY_RUN_PASSED = "DryRunOperation";

    private EcsApiErrors() {}

    /**
     * Begins a cloud's table.
     *
     * @return a builder with the codes of the ECS API
     */
    public static ErrorTable.Builder table() {
        ErrorTable.Builder table = AlibabaErrors.common();
        addPassing(table);
        addMissing(table);
        addRefused(table);
        return table;
    }

    private static void addPassing(ErrorTable.Builder table) {
        table.refused(
                        BUSY,
                        "The machine or a snapshot is in another operation; it is tried again until the time-out.",
                        "IncorrectInstanceStatus",
                        "IncorrectDiskStatus",
                        "OperationConflict",
                        "InvalidSnapshotId.NotReady")
                .refused(
                        BUSY,
                        "The image or the snapshot is still being made or deleted; it is tried again.",
                        "IncorrectImageStatus",
                        "SnapshotCreatedImage")
                .inDoubt(
                        BUSY,
                        "The cloud is still busy with the first attempt at this image; it is asked again.",
                        "IdempotentProcessing")
                .refused(
                        QUOTA,
                        "Delete images that nobody needs, or ask for a higher image quota.",
                        "QuotaExceed",
                        "QuotaExceeded")
                .refused(QUOTA, "Pay into the account.", "InvalidAccountStatus.NotEnoughBalance")
                .refused(
                        PERMISSION,
                        "Activate the snapshot service for the account.",
                        "InvalidAccountStatus.SnapshotServiceUnavailable");
    }

    private static void addMissing(ErrorTable.Builder table) {
        table.refused(
                        NAME_TAKEN,
                        "Choose an imageName that no image of this region has, or delete the image that has it.",
                        "InvalidImageName.Duplicated",
                        "InvalidImageName.Duplicate")
                .refused(
                        NOT_FOUND,
                        "Check instanceId and region: the machine is looked for in that region and account only.",
                        "InvalidInstanceId.NotFound")
                .refused(
                        NOT_FOUND,
                        "Check the snapshot's id and the region: it is looked for in that region and account only.",
                        "InvalidSnapshotId.NotFound")
                .refused(NOT_FOUND, "The image does not exist, or not any more.", "InvalidImageId.NotFound")
                .refused(NOT_FOUND, "Check resourceGroupId.", "InvalidResourceGroup.NotFound");
    }

    private static void addRefused(ErrorTable.Builder table) {
        table.refused(
                        INVALID_REQUEST,
                        "The machine is locked for security reasons; see the cloud's console.",
                        "InstanceLockedForSecurity")
                .refused(
                        INVALID_REQUEST,
                        "Correct imageName: 2 to 128 characters, a letter first, then letters, digits and : _ - only.",
                        "InvalidImageName")
                .refused(
                        INVALID_REQUEST,
                        "Correct description: 2 to 256 characters, without http:// or https:// in front.",
                        "InvalidDescription")
                .refused(
                        INVALID_REQUEST,
                        "Correct the tag that the message names: keys differ from each other, have 1 to 128 characters "
                                + "and do not begin with aliyun or acs:.",
                        "Duplicate.TagKey",
                        "InvalidTagKey",
                        "InvalidTagValue",
                        "NumberExceed.Tags")
                .refused(INVALID_REQUEST, "Correct imageVersion.", "InvalidImageVersion")
                .refused(INVALID_REQUEST, "Correct imageFamily.", "InvalidImageFamily")
                .refused(
                        INVALID_REQUEST,
                        "Correct size in diskDeviceMapping: it cannot be smaller than the snapshot.",
                        "InvalidSize")
                .refused(
                        INVALID_REQUEST,
                        "Make a new snapshot; images cannot be made from one that is so old.",
                        "InvalidSnapshot.TooOld")
                .refused(
                        INVALID_REQUEST,
                        "The machine's or disk's kind or state does not allow it; see the message.",
                        "InvalidInstanceId",
                        "InvalidSnapshotId",
                        "OperationDenied")
                .refused(
                        INVALID_REQUEST,
                        "Machines use the image; delete them first, or keep the image.",
                        "ImageUsingByInstance")
                .refused(
                        INVALID_REQUEST,
                        "Disks were made from the snapshot; delete it in the cloud's console if they may lose it.",
                        "SnapshotCreatedDisk")
                .refused(
                        INVALID_REQUEST,
                        "The same image was asked for with other parameters; start the build anew.",
                        "IdempotentParameterMismatch",
                        "InvalidParamter.Conflict",
                        "InvalidParameter.Conflict");
    }
}
