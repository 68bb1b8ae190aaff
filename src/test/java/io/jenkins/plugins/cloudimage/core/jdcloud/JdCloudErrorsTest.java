package io.jenkins.plugins.cloudimage.core.jdcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdCloudErrorsTest {

    /** Every status of the documentation, every code of the call's page, and the texts that tell meanings apart. */
    @ParameterizedTest
    @CsvSource({
        "400, INVALID_ARGUMENT, Invalid name, INVALID_REQUEST, NO",
        "400, OUT_OF_RANGE, Too large, INVALID_REQUEST, NO",
        "400, FAILED_PRECONDITION, Conflict with underlay vm task, BUSY, NO",
        "400, FAILED_PRECONDITION, Instance 'i-1' is busy, BUSY, NO",
        "400, FAILED_PRECONDITION, Invalid instance status, INVALID_REQUEST, NO",
        "400, '', Bad, INVALID_REQUEST, NO",
        "401, UNAUTHENTICATED, No, AUTHENTICATION, NO",
        "401, ACCESS_ERROR, lack of authorization header, AUTHENTICATION, NO",
        "401, '', No, AUTHENTICATION, NO",
        "400, INVALID_ARGUMENT, secret key is nul, AUTHENTICATION, NO",
        "500, INTERNAL, sign result is not same, AUTHENTICATION, NO",
        "403, HTTP_FORBIDDEN, No, PERMISSION, NO",
        "403, '', No, PERMISSION, NO",
        "404, NOT_FOUND, No, NOT_FOUND, NO",
        "404, '', No, NOT_FOUND, NO",
        "409, ABORTED, Again, BUSY, NO",
        "409, ALREADY_EXISTS, There, NAME_TAKEN, NO",
        "429, RATE_LIMIT, Too many, THROTTLED, NO",
        "429, QUOTA_EXCEEDED, Image quota limit exceeded, QUOTA, NO",
        "429, '', Snapshot quota limit exceeded, QUOTA, NO",
        "429, RATE_LIMIT, Call quota exceeded, THROTTLED, NO",
        "429, '', Too many, THROTTLED, NO",
        "499, CANCELLED, Gone, UNAVAILABLE, MAYBE",
        "500, UNKNOWN, Oops, UNAVAILABLE, MAYBE",
        "500, INTERNAL, Oops, UNAVAILABLE, MAYBE",
        "500, '', Oops, UNAVAILABLE, MAYBE",
        "501, NOT_IMPLEMENTED, No, INVALID_REQUEST, NO",
        "502, SOURCE_UNAVAILABLE, Down, UNAVAILABLE, MAYBE",
        "503, UNAVAILABLE, Down, UNAVAILABLE, MAYBE",
        "503, '', Down, UNAVAILABLE, MAYBE",
        "504, SOMETHING_NEW, Late, UNAVAILABLE, MAYBE",
        "418, SOMETHING_NEW, Tea, INVALID_REQUEST, NO",
        "400, something_new, Bad, INVALID_REQUEST, NO",
        "429, quota_exceeded, Full, QUOTA, NO"
    })
    void everyErrorHasAMeaning(int http, String status, String message, ErrorKind kind, Acted acted) {
        CloudError error = JdCloudErrors.meaning(http, status, message, "req-1");

        assertEquals(kind, error.kind());
        assertEquals(acted, error.acted());
        assertEquals(message, error.message());
        assertEquals(status.isEmpty() ? Integer.toString(http) : status, error.code());
        assertEquals("req-1", error.requestId());
        assertFalse(error.advice().isEmpty());
    }

    @Test
    void aDeletionWaitsForTheImagesState() {
        CloudError pending =
                JdCloudErrors.meaning(400, "FAILED_PRECONDITION", "Invalid image status: pending", "req-1");
        CloudError shared = JdCloudErrors.meaning(400, "FAILED_PRECONDITION", "The image is shared", "req-1");

        assertEquals(ErrorKind.BUSY, JdCloudErrors.ofDeletion(pending).kind());
        assertEquals("req-1", JdCloudErrors.ofDeletion(pending).requestId());
        assertEquals(ErrorKind.INVALID_REQUEST, JdCloudErrors.ofDeletion(shared).kind());
    }

    @Test
    void aWrongClockIsNoWrongKey() {
        CloudError refusal = JdCloudErrors.meaning(401, "UNAUTHENTICATED", "expired", "req-1");

        assertEquals(ErrorKind.CLOCK_SKEW, JdCloudErrors.ofClock(refusal).kind());
        assertEquals(Acted.NO, JdCloudErrors.ofClock(refusal).acted());
    }
}
