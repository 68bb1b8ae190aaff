package io.jenkins.plugins.cloudimage.core.ens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every code that is documented for CreateImage, and some of the gateway's. */
class EnsErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "MissingParameter, INVALID_REQUEST, NO",
        "NoPermission, PERMISSION, NO",
        "CallInterface, UNAVAILABLE, MAYBE",
        "ens.interface.error, UNAVAILABLE, MAYBE",
        "InvalidParameter.ImageName, INVALID_REQUEST, NO",
        "QuotaExceed, QUOTA, NO",
        "Throttling.User, THROTTLED, NO",
        "SignatureNonceUsed, UNAVAILABLE, MAYBE",
        "InvalidTimeStamp.Expired, CLOCK_SKEW, NO",
        "InvalidAccessKeyId.NotFound, AUTHENTICATION, NO"
    })
    void meansThis(String code, ErrorKind kind, Acted acted) {
        CloudError meaning = EnsErrors.TABLE.meaning(code).orElseThrow();

        assertEquals(kind, meaning.kind());
        assertEquals(acted, meaning.acted());
        assertFalse(meaning.advice().isEmpty());
    }
}
