package io.jenkins.plugins.cloudimage.core.alibaba;

import static io.jenkins.plugins.cloudimage.core.ErrorKind.BUSY;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.INVALID_REQUEST;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.NAME_TAKEN;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.NOT_FOUND;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.PERMISSION;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.QUOTA;

import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.Phrases;

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
                        Messages::EcsApiErrors_busy,
                        "IncorrectInstanceStatus",
                        "IncorrectDiskStatus",
                        "OperationConflict",
                        "InvalidSnapshotId.NotReady")
                .refused(BUSY, Messages::EcsApiErrors_unfinished, "IncorrectImageStatus", "SnapshotCreatedImage")
                .inDoubt(BUSY, Messages::EcsApiErrors_firstAttempt, "IdempotentProcessing")
                .refused(QUOTA, Phrases::imageQuota, "QuotaExceed", "QuotaExceeded")
                .refused(QUOTA, Phrases::payIn, "InvalidAccountStatus.NotEnoughBalance")
                .refused(
                        PERMISSION,
                        Messages::EcsApiErrors_noSnapshots,
                        "InvalidAccountStatus.SnapshotServiceUnavailable");
    }

    private static void addMissing(ErrorTable.Builder table) {
        table.refused(NAME_TAKEN, Phrases::nameTaken, "InvalidImageName.Duplicated", "InvalidImageName.Duplicate")
                .refused(NOT_FOUND, Phrases::machineElsewhere, "InvalidInstanceId.NotFound")
                .refused(NOT_FOUND, Messages::EcsApiErrors_snapshotElsewhere, "InvalidSnapshotId.NotFound")
                .refused(NOT_FOUND, Phrases::imageGone, "InvalidImageId.NotFound")
                .refused(NOT_FOUND, Messages::EcsApiErrors_resourceGroup, "InvalidResourceGroup.NotFound");
    }

    private static void addRefused(ErrorTable.Builder table) {
        table.refused(INVALID_REQUEST, Messages::EcsApiErrors_locked, "InstanceLockedForSecurity")
                .refused(INVALID_REQUEST, Messages::EcsApiErrors_imageName, "InvalidImageName")
                .refused(INVALID_REQUEST, Messages::EcsApiErrors_description, "InvalidDescription")
                .refused(
                        INVALID_REQUEST,
                        Messages::EcsApiErrors_tag,
                        "Duplicate.TagKey",
                        "InvalidTagKey",
                        "InvalidTagValue",
                        "NumberExceed.Tags")
                .refused(INVALID_REQUEST, Messages::EcsApiErrors_imageVersion, "InvalidImageVersion")
                .refused(INVALID_REQUEST, Messages::EcsApiErrors_imageFamily, "InvalidImageFamily")
                .refused(INVALID_REQUEST, Messages::EcsApiErrors_size, "InvalidSize")
                .refused(INVALID_REQUEST, Messages::EcsApiErrors_oldSnapshot, "InvalidSnapshot.TooOld")
                .refused(
                        INVALID_REQUEST,
                        Messages::EcsApiErrors_unsupported,
                        "InvalidInstanceId",
                        "InvalidSnapshotId",
                        "OperationDenied")
                .refused(INVALID_REQUEST, Messages::EcsApiErrors_imageUsed, "ImageUsingByInstance")
                .refused(INVALID_REQUEST, Messages::EcsApiErrors_snapshotUsed, "SnapshotCreatedDisk")
                .refused(
                        INVALID_REQUEST,
                        Messages::EcsApiErrors_mismatch,
                        "IdempotentParameterMismatch",
                        "InvalidParamter.Conflict",
                        "InvalidParameter.Conflict");
    }
}
