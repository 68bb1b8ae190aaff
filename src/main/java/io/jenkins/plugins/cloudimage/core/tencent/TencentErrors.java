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
import io.jenkins.plugins.cloudimage.core.Phrases;

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
                    Messages::TencentErrors_busy,
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
            .refused(THROTTLED, Phrases::slower, "RequestLimitExceeded")
            .inDoubt(UNAVAILABLE, Messages::TencentErrors_internal, "InternalError", "InternalServerError")
            .refused(
                    QUOTA,
                    Messages::TencentErrors_quota,
                    "ImageQuotaLimitExceeded",
                    "LimitExceeded",
                    "InvalidParameterValue.TagQuotaLimitExceeded")
            .refused(QUOTA, Phrases::payIn, "InvalidAccount.InsufficientBalance")
            .refused(QUOTA, Messages::TencentErrors_noDisks, "ResourceInsufficient")
            .refused(NAME_TAKEN, Phrases::nameTaken, "InvalidImageName.Duplicate")
            .refused(NOT_FOUND, Phrases::machineElsewhere, "InvalidInstanceId")
            .refused(NOT_FOUND, Messages::TencentErrors_snapshotsElsewhere, "InvalidParameter.SnapshotNotFound")
            .refused(NOT_FOUND, Phrases::imageGone, "InvalidImageId", "ResourceNotFound")
            .refused(INVALID_REQUEST, Messages::TencentErrors_notImaged, "InvalidInstance.NotSupported")
            .refused(INVALID_REQUEST, Messages::TencentErrors_rootDisk, "InvalidParameter.DataDiskIdContainsRootDisk")
            .refused(
                    INVALID_REQUEST,
                    Messages::TencentErrors_foreignDisk,
                    "InvalidParameter.DataDiskNotBelongSpecifiedInstance")
            .refused(
                    INVALID_REQUEST,
                    Messages::TencentErrors_systemSnapshot,
                    "InvalidParameter.DuplicateSystemSnapshots",
                    "InvalidParameter.SystemSnapshotNotFound")
            .refused(
                    INVALID_REQUEST,
                    Messages::TencentErrors_unsupportedDisk,
                    "InvalidParameter.LocalDataDiskNotSupport",
                    "InvalidParameter.SwapDiskNotSupport",
                    "InvalidParameter.InstanceImageNotSupport")
            .refused(
                    INVALID_REQUEST,
                    Messages::TencentErrors_conflict,
                    "InvalidParameter.SpecifyOneParameter",
                    "InvalidParameter.InvalidDependence",
                    "InvalidParameterConflict",
                    "MissingParameter")
            .refused(
                    INVALID_REQUEST,
                    Messages::TencentErrors_tooLong,
                    "InvalidParameter.ValueTooLarge",
                    "InvalidParameterValue.TooLarge")
            .refused(
                    INVALID_REQUEST,
                    Messages::TencentErrors_stoppedCharging,
                    "UnsupportedOperation.StoppedModeStopCharging")
            .refused(
                    INVALID_REQUEST,
                    Messages::TencentErrors_terminating,
                    "UnsupportedOperation.InstanceStateTerminating")
            .refused(INVALID_REQUEST, Messages::TencentErrors_shared, "InvalidImageId.InShared")
            .refused(INVALID_REQUEST, Messages::TencentErrors_unsupported, "UnsupportedOperation", "OperationDenied")
            .refused(INVALID_REQUEST, Messages::TencentErrors_region, "UnsupportedRegion", "InvalidZone.MismatchRegion")
            .refused(
                    INVALID_REQUEST,
                    Phrases::parameter,
                    "InvalidParameter",
                    "InvalidParameterValue",
                    "UnknownParameter",
                    "InvalidRequest",
                    "InvalidAction")
            .refused(CLOCK_SKEW, Messages::TencentErrors_clock, "AuthFailure.SignatureExpire")
            .refused(AUTHENTICATION, Messages::TencentErrors_wrongKey, "AuthFailure")
            .refused(AUTHENTICATION, Messages::TencentErrors_wrongToken, "AuthFailure.TokenFailure")
            .refused(
                    PERMISSION,
                    Messages::TencentErrors_permission,
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
                .orElseGet(() -> CloudError.of(INVALID_REQUEST, Acted.NO).advice(Messages.TencentErrors_unknown()))
                .message(message)
                .code(code, requestId);
    }
}
