package io.jenkins.plugins.cloudimage.core.apsara;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every code that is documented for CreateImage, its companions and the gateways. */
class ApsaraErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "Throttling, THROTTLED, NONE",
        "Throttling.User, THROTTLED, NONE",
        "Throttling.Api, THROTTLED, NONE",
        "Rejected.Throttling, THROTTLED, NONE",
        "SignatureNonceUsed, UNAVAILABLE, POSSIBLE",
        "IdempotentProcessing, BUSY, POSSIBLE",
        "InternalError, UNAVAILABLE, POSSIBLE",
        "UnknownError, UNAVAILABLE, POSSIBLE",
        "ServiceUnavailable, UNAVAILABLE, POSSIBLE",
        "ServiceUnavailableTemporary, UNAVAILABLE, POSSIBLE",
        "asapi.server.timeout.socket, UNAVAILABLE, POSSIBLE",
        "RequestTimeout, UNAVAILABLE, POSSIBLE",
        "LockTimeout, UNAVAILABLE, POSSIBLE",
        "-1, UNAVAILABLE, POSSIBLE",
        "IncorrectInstanceStatus, BUSY, NONE",
        "OperationConflict, BUSY, NONE",
        "InvalidSnapshotId.NotReady, BUSY, NONE",
        "IncorrectImageStatus, BUSY, NONE",
        "SnapshotCreatedImage, BUSY, NONE",
        "SnapshotCreatedDisk, INVALID_REQUEST, NONE",
        "InvalidTimeStamp.Expired, CLOCK_SKEW, NONE",
        "InvalidAccessKeyId.NotFound, AUTHENTICATION, NONE",
        "InvalidAccessKeyId.Inactive, AUTHENTICATION, NONE",
        "SignatureDoesNotMatch, AUTHENTICATION, NONE",
        "IncompleteSignature, AUTHENTICATION, NONE",
        "InvalidSecurityToken.Expired, AUTHENTICATION, NONE",
        "InvalidSecurityToken.MismatchWithAccessKey, AUTHENTICATION, NONE",
        "InvalidSecurityToken.Malformed, AUTHENTICATION, NONE",
        "MissingSecurityToken, AUTHENTICATION, NONE",
        "asapi.server.request.parameter.accesskeyid.error, AUTHENTICATION, NONE",
        "Forbidden, PERMISSION, NONE",
        "Forbidden.RAM, PERMISSION, NONE",
        "InvalidProduct.NotFound, INVALID_REQUEST, NONE",
        "InvalidApi.NotFound, INVALID_REQUEST, NONE",
        "InvalidAction.NotFound, INVALID_REQUEST, NONE",
        "InvalidProtocol.NeedSsl, INVALID_REQUEST, NONE",
        "InvalidTimeStamp.Format, INVALID_REQUEST, NONE",
        "MissingParameter, INVALID_REQUEST, NONE",
        "InstanceLockedForSecurity, INVALID_REQUEST, NONE",
        "InvalidDescription.Malformed, INVALID_REQUEST, NONE",
        "InvalidImageName.Duplicated, NAME_TAKEN, NONE",
        "InvalidImageName.Malformed, INVALID_REQUEST, NONE",
        "InvalidImageVersion.Malformed, INVALID_REQUEST, NONE",
        "InvalidInstanceId.NotFound, NOT_FOUND, NONE",
        "InvalidInstanceId.ValueNotSupported, INVALID_REQUEST, NONE",
        "InvalidSize.ValueNotSupported, INVALID_REQUEST, NONE",
        "OperationDenied, INVALID_REQUEST, NONE",
        "InvalidAccountStatus.NotEnoughBalance, QUOTA, NONE",
        "InvalidAccountStatus.SnapshotServiceUnavailable, PERMISSION, NONE",
        "InvalidParamter.Conflict, INVALID_REQUEST, POSSIBLE",
        "InvalidSnapshot.TooOld, INVALID_REQUEST, NONE",
        "QuotaExceed.Image, QUOTA, NONE",
        "InvalidRegionId.NotFound, INVALID_REQUEST, NONE",
        "InvalidSnapshotId.NotFound, NOT_FOUND, NONE",
        "IdempotentParameterMismatch, INVALID_REQUEST, POSSIBLE",
        "Duplicate.TagKey, INVALID_REQUEST, NONE",
        "InvalidTagKey.Malformed, INVALID_REQUEST, NONE",
        "InvalidTagValue.Malformed, INVALID_REQUEST, NONE",
        "ImageUsingByInstance, INVALID_REQUEST, NONE",
        "InvalidImageId.NotFound, NOT_FOUND, NONE"
    })
    void meansThis(String code, ErrorKind kind, SideEffect sideEffect) {
        CloudError meaning = ApsaraErrors.TABLE.meaning(code).orElseThrow();

        assertEquals(kind, meaning.kind());
        assertEquals(sideEffect, meaning.sideEffect());
        assertFalse(meaning.advice().isEmpty());
    }
}
