package io.jenkins.plugins.cloudimage.core.tencent;

import static io.jenkins.plugins.cloudimage.core.ErrorKind.AUTHENTICATION;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.BUSY;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.CLOCK_SKEW;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.INVALID_REQUEST;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.NAME_TAKEN;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.NOT_FOUND;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.PERMISSION;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.QUOTA;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.THROTTLED;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.UNAVAILABLE;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorTable;

/**
 * The meaning of Tencent Cloud's error codes: those of <a
 * href="https://cloud.tencent.com/document/api/213/16726">CreateImage</a> and its companions, and the <a
 * href="https://cloud.tencent.com/document/api/213/30435">common ones</a>.
 */
final class TencentErrors {
    /** A dry run that passes arrives under this code. */
    static final String DRY_RUN_PASSED = "DryRunOperation";

    private static final ErrorTable TABLE = ErrorTable.builder()
            .refused(
                    BUSY,
                    "The machine or a disk is in another operation; it is tried again until the time-out.",
                    "OperationDenied.InstanceOperationInProgress",
                    "MutexOperation.TaskRunning",
                    "ResourceInUse",
                    "ResourceBusy",
                    "ResourceUnavailable.SnapshotCreating",
                    "UnsupportedOperation.InstanceStateRebooting",
                    "UnsupportedOperation.InstanceStateStopping",
                    "UnsupportedOperation.InstanceStateStarting",
                    "UnsupportedOperation.InstanceStateEnterRescueMode",
                    "UnsupportedOperation.InstanceStateExitRescueMode",
                    "UnsupportedOperation.InstanceStateEnterServiceLiveMigrate",
                    "UnsupportedOperation.InstanceStateServiceLiveMigrate",
                    "UnsupportedOperation.InvalidDiskFastRollback",
                    "InvalidImageId.IncorrectState")
            .refused(THROTTLED, "Too many calls; it is tried again more slowly.", "RequestLimitExceeded")
            .inDoubt(
                    UNAVAILABLE,
                    "Tencent Cloud has an internal failure; try again later and give its support the request id.",
                    "InternalError",
                    "InternalServerError")
            .refused(
                    QUOTA,
                    "Delete images that nobody needs, or ask Tencent Cloud for a higher image quota.",
                    "ImageQuotaLimitExceeded",
                    "LimitExceeded",
                    "InvalidParameterValue.TagQuotaLimitExceeded")
            .refused(QUOTA, "Pay into the account.", "InvalidAccount.InsufficientBalance")
            .refused(
                    QUOTA,
                    "The zone has no suitable cloud disks left; try again later or in another zone.",
                    "ResourceInsufficient")
            .refused(
                    NAME_TAKEN,
                    "Choose an imageName that no image of this region has, or delete the image that has it.",
                    "InvalidImageName.Duplicate")
            .refused(
                    NOT_FOUND,
                    "Check instanceId and region: the machine is looked for in that region and account only.",
                    "InvalidInstanceId")
            .refused(
                    NOT_FOUND,
                    "Check snapshotIds and region: snapshots are looked for in that region and account only.",
                    "InvalidParameter.SnapshotNotFound")
            .refused(NOT_FOUND, "The image does not exist, or not any more.", "InvalidImageId", "ResourceNotFound")
            .refused(
                    INVALID_REQUEST,
                    "This machine cannot be imaged, or it has just been started: wait until it has booted.",
                    "InvalidInstance.NotSupported")
            .refused(
                    INVALID_REQUEST,
                    "Take the system disk out of dataDiskIds; it is in the image anyway.",
                    "InvalidParameter.DataDiskIdContainsRootDisk")
            .refused(
                    INVALID_REQUEST,
                    "List in dataDiskIds only disks that are attached to the machine.",
                    "InvalidParameter.DataDiskNotBelongSpecifiedInstance")
            .refused(
                    INVALID_REQUEST,
                    "Give exactly one snapshot of a system disk in snapshotIds.",
                    "InvalidParameter.DuplicateSystemSnapshots",
                    "InvalidParameter.SystemSnapshotNotFound")
            .refused(
                    INVALID_REQUEST,
                    "Machines with local, swap or otherwise unsupported disks cannot be imaged whole; leave the disk out "
                            + "of dataDiskIds.",
                    "InvalidParameter.LocalDataDiskNotSupport",
                    "InvalidParameter.SwapDiskNotSupport",
                    "InvalidParameter.InstanceImageNotSupport")
            .refused(
                    INVALID_REQUEST,
                    "Give instanceId or snapshotIds, and parameters that fit together.",
                    "InvalidParameter.SpecifyOneParameter",
                    "InvalidParameter.InvalidDependence",
                    "InvalidParameterConflict",
                    "MissingParameter")
            .refused(
                    INVALID_REQUEST,
                    "Shorten the value that the message names.",
                    "InvalidParameter.ValueTooLarge",
                    "InvalidParameterValue.TooLarge")
            .refused(
                    INVALID_REQUEST,
                    "Stop the machine in the mode that keeps charging: without charges its disks cannot be imaged.",
                    "UnsupportedOperation.StoppedModeStopCharging")
            .refused(
                    INVALID_REQUEST,
                    "The machine is being terminated; use another one.",
                    "UnsupportedOperation.InstanceStateTerminating")
            .refused(INVALID_REQUEST, "End the image's sharing first.", "InvalidImageId.InShared")
            .refused(
                    INVALID_REQUEST,
                    "The machine's kind or state does not allow it; see the message.",
                    "UnsupportedOperation",
                    "OperationDenied")
            .refused(
                    INVALID_REQUEST,
                    "Use a current region code such as ap-guangzhou.",
                    "UnsupportedRegion",
                    "InvalidZone.MismatchRegion")
            .refused(
                    INVALID_REQUEST,
                    "Correct the parameter that the message names.",
                    "InvalidParameter",
                    "InvalidParameterValue",
                    "UnknownParameter",
                    "InvalidRequest",
                    "InvalidAction")
            .refused(
                    CLOCK_SKEW,
                    "Set the controller's clock: it differs from Tencent Cloud's by more than five minutes.",
                    "AuthFailure.SignatureExpire")
            .refused(
                    AUTHENTICATION,
                    "Check SecretId and SecretKey in the credential: they are wrong, disabled or deleted.",
                    "AuthFailure")
            .refused(
                    AUTHENTICATION,
                    "The session token is wrong or expired; put fresh temporary keys into the credential.",
                    "AuthFailure.TokenFailure")
            .refused(
                    PERMISSION,
                    "Grant the key the permission that the message names (cvm:CreateImage, cvm:DescribeImages).",
                    "UnauthorizedOperation",
                    "AuthFailure.UnauthorizedOperation",
                    "AuthFailure.MFAFailure")
            .build();

    private TencentErrors() {}

    static boolean knows(String code) {
        return TABLE.meaning(code).isPresent();
    }

    /** Codes that the table does not know are refusals: Tencent tells its own failures apart by InternalError. */
    static CloudError meaning(String code, String message, String requestId) {
        return TABLE.meaning(code)
                .orElseGet(() -> CloudError.of(INVALID_REQUEST, Acted.NO)
                        .advice("Look the code up in Tencent Cloud's documentation of the call."))
                .message(message)
                .code(code, requestId);
    }
}
