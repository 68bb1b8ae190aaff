package io.jenkins.plugins.cloudimage.core.tencent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The meaning of the codes. */
class TencentErrorsTest {
    private static final Path TABLE =
            Path.of("src/main/resources/io/jenkins/plugins/cloudimage/core/tencent/errors.tsv");

    private static CloudError meaning(String code) {
        return TencentErrors.meaning(code, "sorry", "id-1");
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, OperationDenied.InstanceOperationInProgress",
        "BUSY, MutexOperation.TaskRunning",
        "BUSY, ResourceInUse",
        "BUSY, ResourceInUse.DiskRollbacking",
        "BUSY, ResourceUnavailable.SnapshotCreating",
        "BUSY, UnsupportedOperation.InstanceStatePending",
        "BUSY, UnsupportedOperation.InstanceStateStarting",
        "BUSY, UnsupportedOperation.InstanceStateStopping",
        "BUSY, UnsupportedOperation.InstanceStateRebooting",
        "BUSY, UnsupportedOperation.InstanceStateEnterServiceLiveMigrate",
        "BUSY, UnsupportedOperation.InstanceStateServiceLiveMigrate",
        "BUSY, UnsupportedOperation.InstanceStateExitServiceLiveMigrate",
        "BUSY, InvalidImageId.IncorrectState",
        "BUSY, FailedOperation.InvalidImageState",
        "THROTTLED, RequestLimitExceeded",
        "THROTTLED, RequestLimitExceeded.UinLimitExceeded",
        "THROTTLED, RequestLimitExceeded.Unheard",
        "QUOTA, ImageQuotaLimitExceeded",
        "QUOTA, LimitExceeded",
        "QUOTA, LimitExceeded.PreheatImageSnapshotOutOfQuota",
        "QUOTA, InvalidParameterValue.TagQuotaLimitExceeded",
        "QUOTA, InvalidAccount.InsufficientBalance",
        "QUOTA, ResourceInsufficient.CloudDiskUnavailable",
        "QUOTA, ResourcesSoldOut.SpecifiedInstanceType",
        "NAME_TAKEN, InvalidImageName.Duplicate",
        "NOT_FOUND, InvalidInstanceId.NotFound",
        "NOT_FOUND, InvalidImageId.NotFound",
        "NOT_FOUND, InvalidParameter.SnapshotNotFound",
        "INVALID_REQUEST, InvalidInstanceId.Malformed",
        "INVALID_REQUEST, InvalidImageId.Malformed",
        "INVALID_REQUEST, InvalidImageId.InShared",
        "INVALID_REQUEST, ResourceNotFound",
        "INVALID_REQUEST, ResourceNotFound.HpcCluster",
        "INVALID_REQUEST, InvalidRegion.NotFound",
        "INVALID_REQUEST, InvalidSecurityGroupId.NotFound",
        "INVALID_REQUEST, InvalidFilterValue.LimitExceeded",
        "INVALID_REQUEST, InvalidParameterValue.LimitExceeded",
        "INVALID_REQUEST, InvalidParameter.Unheard",
        "INVALID_REQUEST, UnsupportedOperation.InstanceStateRunning",
        "INVALID_REQUEST, UnsupportedOperation.InstanceStateStopped",
        "INVALID_REQUEST, UnsupportedOperation.StoppedModeStopCharging",
        "INVALID_REQUEST, InvalidInstance.NotSupported",
        "INVALID_REQUEST, FailedOperation.TagKeyReserved",
        "INVALID_REQUEST, MissingParameter",
        "INVALID_REQUEST, UnknownParameter",
        "INVALID_REQUEST, ActionOffline",
        "INVALID_REQUEST, UnsupportedRegion",
        "INVALID_REQUEST, RequestSizeLimitExceeded",
        "CLOCK_SKEW, AuthFailure.SignatureExpire",
        "AUTHENTICATION, AuthFailure",
        "AUTHENTICATION, AuthFailure.SignatureFailure",
        "AUTHENTICATION, AuthFailure.Unheard",
        "AUTHENTICATION, AuthFailure.TokenFailure",
        "AUTHENTICATION, UnauthorizedOperation.InvalidToken",
        "PERMISSION, AuthFailure.UnauthorizedOperation",
        "PERMISSION, AuthFailure.MFAFailure",
        "PERMISSION, UnauthorizedOperation",
        "PERMISSION, UnauthorizedOperation.Unheard",
        "PERMISSION, IpInBlacklist",
        "PERMISSION, IpNotInWhitelist"
    })
    void aDocumentedRefusalDidNothing(ErrorKind kind, String code) {
        assertEquals(kind, meaning(code).kind());
        assertEquals(SideEffect.NONE, meaning(code).sideEffect());
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, The request does not support the instances `ins-1` which are in operation or in a special state.",
        "BUSY, 实例操作进行中",
        "INVALID_REQUEST, This instance is not supported."
    })
    void oneCodeIsToldApartByItsMessage(ErrorKind kind, String message) {
        CloudError error = TencentErrors.meaning("InvalidInstance.NotSupported", message, "id-1");

        assertEquals(kind, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
        assertEquals("InvalidInstance.NotSupported", error.code());
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, InternalError",
        "UNAVAILABLE, InternalError.TradeUnknownError",
        "UNAVAILABLE, InternalServerError",
        "UNAVAILABLE, ServiceUnavailable",
        "UNAVAILABLE, ResourceUnavailable",
        "UNAVAILABLE, ResourceUnavailable.Unheard",
        "UNKNOWN_ANSWER, FailedOperation",
        "UNKNOWN_ANSWER, FailedOperation.Unheard",
        "UNKNOWN_ANSWER, ResponseSizeLimitExceeded"
    })
    void aFailureOfTheCloudLeavesTheOutcomeOpen(ErrorKind kind, String code) {
        assertEquals(kind, meaning(code).kind());
        assertEquals(SideEffect.POSSIBLE, meaning(code).sideEffect());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unheard",
                "OperationDenied",
                "OperationDenied.Unheard",
                "InvalidImageId",
                "InvalidInstanceId.Unheard",
                "InvalidImageName.Unheard",
                "InvalidParameters",
                "ImageQuotaLimitExceeded.Unheard"
            })
    void anUndocumentedCodeIsShownAndLeavesTheOutcomeOpen(String code) {
        CloudError error = meaning(code);

        assertEquals(ErrorKind.UNKNOWN_ANSWER, error.kind());
        assertEquals(SideEffect.POSSIBLE, error.sideEffect());
        assertEquals(code, error.code());
        assertEquals("sorry", error.message());
        assertEquals("id-1", error.requestId());
        assertTrue(error.advice().contains("not documented"), error.advice());
        assertFalse(TencentErrors.knows(code));
    }

    static List<String> everyCode() throws IOException {
        try (Stream<String> lines = Files.lines(TABLE)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t")[0].replaceFirst("\\.\\*$", ""))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("everyCode")
    void everyCodeOfTheTableSaysWhatToDo(String code) {
        assertTrue(TencentErrors.knows(code));
        assertFalse(meaning(code).advice().isBlank());
    }

    @Test
    void theTableIsLong() throws IOException {
        assertTrue(everyCode().size() > 150, everyCode().size() + " codes");
    }

    @Test
    void onlyWhatWasAskedForIsNotFound() {
        CloudError image = meaning(TencentErrors.NO_IMAGE);
        CloudError instance = meaning(TencentErrors.NO_INSTANCE);

        assertEquals(
                ErrorKind.NOT_FOUND,
                TencentErrors.about(image.exception(), TencentErrors.NO_IMAGE)
                        .error()
                        .kind());
        CloudError other = TencentErrors.about(instance.exception(), TencentErrors.NO_IMAGE)
                .error();
        assertEquals(ErrorKind.INVALID_REQUEST, other.kind());
        assertEquals(instance.code(), other.code());
        assertEquals(instance.message(), other.message());
    }
}
