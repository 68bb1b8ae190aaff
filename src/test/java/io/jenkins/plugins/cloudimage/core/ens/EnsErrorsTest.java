package io.jenkins.plugins.cloudimage.core.ens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every code that is documented for the calls, and some of the gateway's. */
class EnsErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "MissingParameter, INVALID_REQUEST, NO",
        "NoPermission, PERMISSION, NO",
        "CallInterface, UNAVAILABLE, MAYBE",
        "ens.interface.error, UNAVAILABLE, MAYBE",
        "InvalidParameter.ImageName, INVALID_REQUEST, NO",
        "QuotaExceed, QUOTA, NO",
        "InstanceIdNotFound, NOT_FOUND, NO",
        "InstanceNotFound, NOT_FOUND, NO",
        "InvalidInstanceId.NotFound, NOT_FOUND, NO",
        "InvalidImageId.NotFound, NOT_FOUND, NO",
        "IncorrectInstanceStatus, BUSY, NO",
        "IncorrectStatus.Image, BUSY, NO",
        "Forbidden.DelerrorteImage, INVALID_REQUEST, NO",
        "Error.DeleteImage, INVALID_REQUEST, NO",
        "Throttling.User, THROTTLED, NO",
        "SignatureNonceUsed, UNAVAILABLE, MAYBE",
        "LastTokenProcessing, BUSY, MAYBE",
        "InvalidTimeStamp.Expired, CLOCK_SKEW, NO",
        "IllegalTimestamp, CLOCK_SKEW, NO",
        "Forbidden.AccessKeyDisabled, AUTHENTICATION, NO",
        "InvalidAccessKeyId.NotFound, AUTHENTICATION, NO"
    })
    void meansThis(String code, ErrorKind kind, Acted acted) {
        CloudError meaning = EnsErrors.TABLE.meaning(code).orElseThrow();

        assertEquals(kind, meaning.kind());
        assertEquals(acted, meaning.acted());
        assertFalse(meaning.advice().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"QuotaExceed.Image", "IncorrectStatus", "Error", "InvalidThing.NotFound", "ImageIsCreating"})
    void meansNothing(String code) {
        assertEquals(Optional.empty(), EnsErrors.TABLE.meaning(code));
    }
}
