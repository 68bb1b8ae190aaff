package io.jenkins.plugins.cloudimage.core.jdcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudErrors.Asked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every code and text that the pages of the calls, of all products and of the gateway tell. */
class JdCloudErrorsTest {

    @ParameterizedTest
    @CsvSource({
        // createImage
        "INSTANCE, 400, FAILED_PRECONDITION, Conflict with underlay task xx, BUSY, NO",
        "INSTANCE, 400, FAILED_PRECONDITION, Invalid instance status starting, BUSY, NO",
        "INSTANCE, 400, FAILED_PRECONDITION, Invalid instance status 'stopping', BUSY, NO",
        "INSTANCE, 400, FAILED_PRECONDITION, Invalid instance status error, INVALID_REQUEST, NO",
        "INSTANCE, 400, FAILED_PRECONDITION, Please stop the instance first, INVALID_REQUEST, NO",
        "INSTANCE, 400, FAILED_PRECONDITION, System disk not found, INVALID_REQUEST, NO",
        "INSTANCE, 400, FAILED_PRECONDITION, Invalid system disk mount state, INVALID_REQUEST, NO",
        "INSTANCE, 400, DUPLICATE, Duplicate deviceName, INVALID_REQUEST, NO",
        "INSTANCE, 400, INVALID_ARGUMENT, Parameter DataDisks.CloudDiskSpec.DiskType missing, INVALID_REQUEST, NO",
        "INSTANCE, 400, OUT_OF_RANGE, DataDisks.CloudDiskSpec.DiskSizeGB out of range, INVALID_REQUEST, NO",
        "INSTANCE, 400, OUT_OF_RANGE, Device 'vdb' size can only be larger than the original size, INVALID_REQUEST, NO",
        "INSTANCE, 400, FAILED_PRECONDITION, Disk 'vol-1' busy in 'snapshot', BUSY, NO",
        "INSTANCE, 400, FAILED_PRECONDITION, Invalid Disk 'vol-1' status 'error_extend', INVALID_REQUEST, NO",
        "INSTANCE, 400, OUT_OF_RANGE, DataDisks.CloudDiskSpec.Iops out of range., INVALID_REQUEST, NO",
        "INSTANCE, 404, NOT_FOUND, Instance 'i-1' not found., NOT_FOUND, NO",
        "INSTANCE, 404, NOT_FOUND, Snapshot 'snapshot-1' not found, INVALID_REQUEST, NO",
        "INSTANCE, 429, QUOTA_EXCEEDED, Image quota limit exceeded, QUOTA, NO",
        "INSTANCE, 429, QUOTA_EXCEEDED, Snapshot quota limit exceeded, QUOTA, NO",
        "INSTANCE, 500, INTERNAL, Internal server error, UNAVAILABLE, MAYBE",
        "INSTANCE, 500, UNKNOWN, Unknown server error, UNAVAILABLE, MAYBE",
        // deleteImage
        "IMAGE, 400, FAILED_PRECONDITION, Can't delete protected image, INVALID_REQUEST, NO",
        "IMAGE, 400, FAILED_PRECONDITION, Can't delete this image, INVALID_REQUEST, NO",
        "IMAGE, 400, FAILED_PRECONDITION, Can't delete community image, INVALID_REQUEST, NO",
        "IMAGE, 400, FAILED_PRECONDITION, Can't delete shared image, INVALID_REQUEST, NO",
        "IMAGE, 400, FAILED_PRECONDITION, Conflict with underlay image task 'create', BUSY, NO",
        "IMAGE, 400, FAILED_PRECONDITION, The image 'img-1' is busy, BUSY, NO",
        "IMAGE, 400, FAILED_PRECONDITION, Local-System-Disk image cannot be deleted if it has been used to create"
                + " instances, INVALID_REQUEST, NO",
        "IMAGE, 400, FAILED_PRECONDITION, Invalid image status 'pending', BUSY, NO",
        "IMAGE, 404, NOT_FOUND, Image 'img-1' not found, NOT_FOUND, NO",
        // describeImages, describeQuotas
        "NOTHING, 400, FAILED_PRECONDITION, Parameter ImageSource missing, INVALID_REQUEST, NO",
        "NOTHING, 400, OUT_OF_RANGE, PageSize out of range, INVALID_REQUEST, NO",
        "NOTHING, 400, INVALID_ARGUMENT, Parameter ImageId missing, INVALID_REQUEST, NO",
        // startInstance, stopInstance
        "INSTANCE, 400, FAILED_PRECONDITION, Invalid charge state, QUOTA, NO",
        "INSTANCE, 400, FAILED_PRECONDITION, order not found, QUOTA, NO",
        "INSTANCE, 404, NOT_FOUND, System disk not found, INVALID_REQUEST, NO",
        "INSTANCE, 404, NOT_FOUND, Invalid system disk mount state, INVALID_REQUEST, NO",
        "INSTANCE, 400, FAILED_PRECONDITION, keepCharging or stopCharging does not applied to dedicated host,"
                + " INVALID_REQUEST, NO",
        "INSTANCE, 400, FAILED_PRECONDITION, stopCharging only applied to cloud system disk, INVALID_REQUEST, NO",
        "INSTANCE, 400, FAILED_PRECONDITION, stopCharging only applied to postpaid by duration, INVALID_REQUEST, NO",
        // The gateway
        "NOTHING, 400, HTTP_BAD_REQUEST, the request blocked by security rules, PERMISSION, NO",
        "NOTHING, 401, ACCESS_ERROR, Invalid authentication credentials, AUTHENTICATION, NO",
        "NOTHING, 401, ACCESS_ERROR, Invalid accessKey, AUTHENTICATION, NO",
        "NOTHING, 401, ACCESS_ERROR, lack of header authorization, AUTHENTICATION, NO",
        "NOTHING, 401, ACCESS_ERROR, lack of header x-jdcloud-date, AUTHENTICATION, NO",
        "NOTHING, 401, ACCESS_ERROR, sign result is not same [gw], AUTHENTICATION, NO",
        "NOTHING, 403, HTTP_FORBIDDEN, Your IP address is not allowed, PERMISSION, NO",
        "NOTHING, 403, HTTP_FORBIDDEN, api is disabled, INVALID_REQUEST, NO",
        "NOTHING, 403, HTTP_FORBIDDEN, this api is not allowed [gw], PERMISSION, NO",
        "NOTHING, 404, NOT_FOUND, no route and no API found with those values, UNAVAILABLE, MAYBE",
        "IMAGE, 404, NOT_FOUND, no route and no API found with those values, UNAVAILABLE, MAYBE",
        "INSTANCE, 404, NOT_FOUND, no route and no API found with those values, UNAVAILABLE, MAYBE",
        "NOTHING, 413, HTTP_REQUEST_ENTITY_TOO_LARGE, Payload too large, INVALID_REQUEST, NO",
        "NOTHING, 414, HTTP_URI_TOO_LONG, URI too long, INVALID_REQUEST, NO",
        "NOTHING, 429, HTTP_RATE_LIMIT_EXCEEDED, 'minute rate limit exceeded, role:ak', THROTTLED, NO",
        "NOTHING, 500, HTTP_INTERNAL_SERVER_ERROR, An unexpected error occurred, UNAVAILABLE, MAYBE",
        "NOTHING, 502, HTTP_BAD_GATEWAY, An invalid response was received from the upstream server, UNAVAILABLE, MAYBE",
        "NOTHING, 503, HTTP_SERVICE_UNAVAILABLE, The upstream server is currently unavailable, UNAVAILABLE, MAYBE",
        "NOTHING, 504, HTTP_SERVER_TIMING_OUT, The upstream server is timing out, UNAVAILABLE, MAYBE",
        // All products
        "NOTHING, 401, UNAUTHENTICATED, No, AUTHENTICATION, NO",
        "NOTHING, 403, HTTP_FORBIDDEN, No, PERMISSION, NO",
        "NOTHING, 403, PERMISSION_DENIED, Can't delete no charged resource, PERMISSION, NO",
        "NOTHING, 409, ABORTED, Again, BUSY, MAYBE",
        "NOTHING, 409, ALREADY_EXISTS, There, NAME_TAKEN, NO",
        "NOTHING, 429, RATE_LIMIT, Call quota exceeded, THROTTLED, NO",
        "NOTHING, 429, quota_exceeded, Full, QUOTA, NO",
        "NOTHING, 499, CANCELLED, Gone, UNAVAILABLE, MAYBE",
        "NOTHING, 501, NOT_IMPLEMENTED, No, INVALID_REQUEST, NO",
        "NOTHING, 502, SOURCE_UNAVAILABLE, Down, UNAVAILABLE, MAYBE",
        "NOTHING, 503, UNAVAILABLE, Down, UNAVAILABLE, MAYBE",
        // Without a status; a wrong key, whatever the status
        "NOTHING, 400, '', Invalid parameter, INVALID_REQUEST, NO",
        "NOTHING, 401, '', Authentication failed, AUTHENTICATION, NO",
        "IMAGE, 404, '', Not found, UNAVAILABLE, MAYBE",
        "NOTHING, 429, '', quota exceeded, QUOTA, NO",
        "NOTHING, 429, '', Too many, THROTTLED, NO",
        "NOTHING, 500, '', Oops, UNAVAILABLE, MAYBE",
        "NOTHING, 503, '', Down, UNAVAILABLE, MAYBE",
        "NOTHING, 400, INVALID_ARGUMENT, secret key is nul, AUTHENTICATION, NO",
        "NOTHING, 500, INTERNAL, sign result is not same, AUTHENTICATION, NO",
        // Documented nowhere
        "NOTHING, 400, SOMETHING_NEW, Bad, UNKNOWN_ANSWER, MAYBE",
        "NOTHING, 403, '', No, UNKNOWN_ANSWER, MAYBE",
        "NOTHING, 418, SOMETHING_NEW, Tea, UNKNOWN_ANSWER, MAYBE",
        "NOTHING, 504, SOMETHING_NEW, Late, UNKNOWN_ANSWER, MAYBE"
    })
    void everyErrorHasAMeaning(Asked asked, int http, String status, String message, ErrorKind kind, Acted acted) {
        CloudError error = JdCloudErrors.meaning(asked, http, status, message, "req-1");

        assertEquals(kind, error.kind());
        assertEquals(acted, error.acted());
        assertEquals(message, error.message());
        assertEquals(status.isEmpty() ? Integer.toString(http) : status, error.code());
        assertEquals("req-1", error.requestId());
        assertFalse(error.advice().isEmpty());
    }

    @Test
    void onlyWhatWasAskedForIsGone() {
        assertEquals(
                ErrorKind.INVALID_REQUEST,
                JdCloudErrors.meaning(Asked.INSTANCE, 404, "NOT_FOUND", "Image 'img-1' not found", null)
                        .kind());
        assertEquals(
                ErrorKind.INVALID_REQUEST,
                JdCloudErrors.meaning(Asked.NOTHING, 404, "NOT_FOUND", "Image 'img-1' not found", null)
                        .kind());
    }

    @Test
    void aWrongClockIsNoWrongKey() {
        CloudError refusal = JdCloudErrors.meaning(Asked.NOTHING, 401, "UNAUTHENTICATED", "expired", "req-1");

        assertEquals(ErrorKind.CLOCK_SKEW, JdCloudErrors.ofClock(refusal).kind());
        assertEquals(Acted.NO, JdCloudErrors.ofClock(refusal).acted());
    }
}
