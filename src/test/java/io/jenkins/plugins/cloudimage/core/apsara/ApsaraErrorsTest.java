package io.jenkins.plugins.cloudimage.core.apsara;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every code that is documented for CreateImage, its companions and the gateways. */
class ApsaraErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "Throttling, THROTTLED, NO",
        "Throttling.User, THROTTLED, NO",
        "Throttling.Api, THROTTLED, NO",
        "Rejected.Throttling, THROTTLED, NO",
        "SignatureNonceUsed, UNAVAILABLE, MAYBE",
        "IdempotentProcessing, BUSY, MAYBE",
        "InternalError, UNAVAILABLE, MAYBE",
        "UnknownError, UNAVAILABLE, MAYBE",
        "ServiceUnavailable, UNAVAILABLE, MAYBE",
        "ServiceUnavailableTemporary, UNAVAILABLE, MAYBE",
        "asapi.server.timeout.socket, UNAVAILABLE, MAYBE",
        "RequestTimeout, UNAVAILABLE, MAYBE",
        "LockTimeout, UNAVAILABLE, MAYBE",
        "-1, UNAVAILABLE, MAYBE",
        "IncorrectInstanceStatus, BUSY, NO",
        "OperationConflict, BUSY, NO",
        "InvalidSnapshotId.NotReady, BUSY, NO",
        "IncorrectImageStatus, BUSY, NO",
        "SnapshotCreatedImage, BUSY, NO",
        "SnapshotCreatedDisk, INVALID_REQUEST, NO",
        "InvalidTimeStamp.Expired, CLOCK_SKEW, NO",
        "InvalidAccessKeyId.NotFound, AUTHENTICATION, NO",
        "InvalidAccessKeyId.Inactive, AUTHENTICATION, NO",
        "SignatureDoesNotMatch, AUTHENTICATION, NO",
        "IncompleteSignature, AUTHENTICATION, NO",
        "InvalidSecurityToken.Expired, AUTHENTICATION, NO",
        "InvalidSecurityToken.MismatchWithAccessKey, AUTHENTICATION, NO",
        "InvalidSecurityToken.Malformed, AUTHENTICATION, NO",
        "MissingSecurityToken, AUTHENTICATION, NO",
        "asapi.server.request.parameter.accesskeyid.error, AUTHENTICATION, NO",
        "Forbidden, PERMISSION, NO",
        "Forbidden.RAM, PERMISSION, NO",
        "InvalidProduct.NotFound, INVALID_REQUEST, NO",
        "InvalidApi.NotFound, INVALID_REQUEST, NO",
        "InvalidAction.NotFound, INVALID_REQUEST, NO",
        "InvalidProtocol.NeedSsl, INVALID_REQUEST, NO",
        "InvalidTimeStamp.Format, INVALID_REQUEST, NO",
        "MissingParameter, INVALID_REQUEST, NO",
        "InstanceLockedForSecurity, INVALID_REQUEST, NO",
        "InvalidDescription.Malformed, INVALID_REQUEST, NO",
        "InvalidImageName.Duplicated, NAME_TAKEN, NO",
        "InvalidImageName.Malformed, INVALID_REQUEST, NO",
        "InvalidImageVersion.Malformed, INVALID_REQUEST, NO",
        "InvalidInstanceId.NotFound, NOT_FOUND, NO",
        "InvalidInstanceId.ValueNotSupported, INVALID_REQUEST, NO",
        "InvalidSize.ValueNotSupported, INVALID_REQUEST, NO",
        "OperationDenied, INVALID_REQUEST, NO",
        "InvalidAccountStatus.NotEnoughBalance, QUOTA, NO",
        "InvalidAccountStatus.SnapshotServiceUnavailable, PERMISSION, NO",
        "InvalidParamter.Conflict, INVALID_REQUEST, MAYBE",
        "InvalidSnapshot.TooOld, INVALID_REQUEST, NO",
        "QuotaExceed.Image, QUOTA, NO",
        "InvalidRegionId.NotFound, INVALID_REQUEST, NO",
        "InvalidSnapshotId.NotFound, NOT_FOUND, NO",
        "IdempotentParameterMismatch, INVALID_REQUEST, MAYBE",
        "Duplicate.TagKey, INVALID_REQUEST, NO",
        "InvalidTagKey.Malformed, INVALID_REQUEST, NO",
        "InvalidTagValue.Malformed, INVALID_REQUEST, NO",
        "ImageUsingByInstance, INVALID_REQUEST, NO",
        "InvalidImageId.NotFound, NOT_FOUND, NO"
    })
    void meansThis(String code, ErrorKind kind, Acted acted) {
        CloudError meaning = ApsaraErrors.TABLE.meaning(code).orElseThrow();

        assertEquals(kind, meaning.kind());
        assertEquals(acted, meaning.acted());
        assertFalse(meaning.advice().isEmpty());
    }
}
