package io.jenkins.plugins.cloudimage.core.ens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every code that is documented for the calls, and some of the gateway's. */
class EnsErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "MissingParameter, INVALID_REQUEST, NONE",
        "NoPermission, PERMISSION, NONE",
        "CallInterface, UNAVAILABLE, POSSIBLE",
        "ens.interface.error, UNAVAILABLE, POSSIBLE",
        "InvalidParameter.ImageName, INVALID_REQUEST, NONE",
        "QuotaExceed, QUOTA, NONE",
        "InstanceIdNotFound, NOT_FOUND, NONE",
        "InstanceNotFound, NOT_FOUND, NONE",
        "InvalidInstanceId.NotFound, NOT_FOUND, NONE",
        "InvalidImageId.NotFound, NOT_FOUND, NONE",
        "IncorrectInstanceStatus, BUSY, NONE",
        "IncorrectStatus.Image, BUSY, NONE",
        "Forbidden.DelerrorteImage, INVALID_REQUEST, NONE",
        "Error.DeleteImage, INVALID_REQUEST, NONE",
        "Throttling.User, THROTTLED, NONE",
        "SignatureNonceUsed, UNAVAILABLE, POSSIBLE",
        "LastTokenProcessing, BUSY, POSSIBLE",
        "InvalidTimeStamp.Expired, CLOCK_SKEW, NONE",
        "IllegalTimestamp, CLOCK_SKEW, NONE",
        "Forbidden.AccessKeyDisabled, AUTHENTICATION, NONE",
        "InvalidAccessKeyId.NotFound, AUTHENTICATION, NONE"
    })
    void meansThis(String code, ErrorKind kind, SideEffect sideEffect) {
        CloudError meaning = EnsErrors.TABLE.meaning(code).orElseThrow();

        assertEquals(kind, meaning.kind());
        assertEquals(sideEffect, meaning.sideEffect());
        assertFalse(meaning.advice().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"QuotaExceed.Image", "IncorrectStatus", "Error", "InvalidThing.NotFound", "ImageIsCreating"})
    void meansNothing(String code) {
        assertEquals(Optional.empty(), EnsErrors.TABLE.meaning(code));
    }
}
