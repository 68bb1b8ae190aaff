package io.jenkins.plugins.cloudimage.core.jdcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudErrors.Asked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every code and text that the pages of the calls, of all products and of the gateway tell. */
class JdCloudErrorsTest {

    @ParameterizedTest
    @CsvSource({
        // createImage
        "INSTANCE, 400, FAILED_PRECONDITION, Conflict with underlay task xx, BUSY, NONE",
        "INSTANCE, 400, FAILED_PRECONDITION, Invalid instance status starting, BUSY, NONE",
        "INSTANCE, 400, FAILED_PRECONDITION, Invalid instance status 'stopping', BUSY, NONE",
        "INSTANCE, 400, FAILED_PRECONDITION, Invalid instance status error, INVALID_REQUEST, NONE",
        "INSTANCE, 400, FAILED_PRECONDITION, Please stop the instance first, INVALID_REQUEST, NONE",
        "INSTANCE, 400, FAILED_PRECONDITION, System disk not found, INVALID_REQUEST, NONE",
        "INSTANCE, 400, FAILED_PRECONDITION, Invalid system disk mount state, INVALID_REQUEST, NONE",
        "INSTANCE, 400, DUPLICATE, Duplicate deviceName, INVALID_REQUEST, NONE",
        "INSTANCE, 400, INVALID_ARGUMENT, Parameter DataDisks.CloudDiskSpec.DiskType missing, INVALID_REQUEST, NONE",
        "INSTANCE, 400, OUT_OF_RANGE, DataDisks.CloudDiskSpec.DiskSizeGB out of range, INVALID_REQUEST, NONE",
        "INSTANCE, 400, OUT_OF_RANGE, Device 'vdb' size can only be larger than the original size, INVALID_REQUEST, NONE",
        "INSTANCE, 400, FAILED_PRECONDITION, Disk 'vol-1' busy in 'snapshot', BUSY, NONE",
        "INSTANCE, 400, FAILED_PRECONDITION, Invalid Disk 'vol-1' status 'error_extend', INVALID_REQUEST, NONE",
        "INSTANCE, 400, OUT_OF_RANGE, DataDisks.CloudDiskSpec.Iops out of range., INVALID_REQUEST, NONE",
        "INSTANCE, 404, NOT_FOUND, Instance 'i-1' not found., NOT_FOUND, NONE",
        "INSTANCE, 404, NOT_FOUND, Snapshot 'snapshot-1' not found, INVALID_REQUEST, NONE",
        "INSTANCE, 429, QUOTA_EXCEEDED, Image quota limit exceeded, QUOTA, NONE",
        "INSTANCE, 429, QUOTA_EXCEEDED, Snapshot quota limit exceeded, QUOTA, NONE",
        "INSTANCE, 500, INTERNAL, Internal server error, UNAVAILABLE, POSSIBLE",
        "INSTANCE, 500, UNKNOWN, Unknown server error, UNAVAILABLE, POSSIBLE",
        // deleteImage
        "IMAGE, 400, FAILED_PRECONDITION, Can't delete protected image, INVALID_REQUEST, NONE",
        "IMAGE, 400, FAILED_PRECONDITION, Can't delete this image, INVALID_REQUEST, NONE",
        "IMAGE, 400, FAILED_PRECONDITION, Can't delete community image, INVALID_REQUEST, NONE",
        "IMAGE, 400, FAILED_PRECONDITION, Can't delete shared image, INVALID_REQUEST, NONE",
        "IMAGE, 400, FAILED_PRECONDITION, Conflict with underlay image task 'create', BUSY, NONE",
        "IMAGE, 400, FAILED_PRECONDITION, The image 'img-1' is busy, BUSY, NONE",
        "IMAGE, 400, FAILED_PRECONDITION, Local-System-Disk image cannot be deleted if it has been used to create"
                + " instances, INVALID_REQUEST, NONE",
        "IMAGE, 400, FAILED_PRECONDITION, Invalid image status 'pending', BUSY, NONE",
        "IMAGE, 404, NOT_FOUND, Image 'img-1' not found, NOT_FOUND, NONE",
        // describeImages, describeQuotas
        "NOTHING, 400, FAILED_PRECONDITION, Parameter ImageSource missing, INVALID_REQUEST, NONE",
        "NOTHING, 400, OUT_OF_RANGE, PageSize out of range, INVALID_REQUEST, NONE",
        "NOTHING, 400, INVALID_ARGUMENT, Parameter ImageId missing, INVALID_REQUEST, NONE",
        // startInstance, stopInstance
        "INSTANCE, 400, FAILED_PRECONDITION, Invalid charge state, QUOTA, NONE",
        "INSTANCE, 400, FAILED_PRECONDITION, order not found, QUOTA, NONE",
        "INSTANCE, 404, NOT_FOUND, System disk not found, INVALID_REQUEST, NONE",
        "INSTANCE, 404, NOT_FOUND, Invalid system disk mount state, INVALID_REQUEST, NONE",
        "INSTANCE, 400, FAILED_PRECONDITION, keepCharging or stopCharging does not applied to dedicated host,"
                + " INVALID_REQUEST, NONE",
        "INSTANCE, 400, FAILED_PRECONDITION, stopCharging only applied to cloud system disk, INVALID_REQUEST, NONE",
        "INSTANCE, 400, FAILED_PRECONDITION, stopCharging only applied to postpaid by duration, INVALID_REQUEST, NONE",
        // The gateway
        "NOTHING, 400, HTTP_BAD_REQUEST, the request blocked by security rules, PERMISSION, NONE",
        "NOTHING, 401, ACCESS_ERROR, Invalid authentication credentials, AUTHENTICATION, NONE",
        "NOTHING, 401, ACCESS_ERROR, Invalid accessKey, AUTHENTICATION, NONE",
        "NOTHING, 401, ACCESS_ERROR, lack of header authorization, AUTHENTICATION, NONE",
        "NOTHING, 401, ACCESS_ERROR, lack of header x-jdcloud-date, AUTHENTICATION, NONE",
        "NOTHING, 401, ACCESS_ERROR, sign result is not same [gw], AUTHENTICATION, NONE",
        "NOTHING, 403, HTTP_FORBIDDEN, Your IP address is not allowed, PERMISSION, NONE",
        "NOTHING, 403, HTTP_FORBIDDEN, api is disabled, INVALID_REQUEST, NONE",
        "NOTHING, 403, HTTP_FORBIDDEN, this api is not allowed [gw], PERMISSION, NONE",
        "NOTHING, 404, NOT_FOUND, no route and no API found with those values, UNAVAILABLE, POSSIBLE",
        "IMAGE, 404, NOT_FOUND, no route and no API found with those values, UNAVAILABLE, POSSIBLE",
        "INSTANCE, 404, NOT_FOUND, no route and no API found with those values, UNAVAILABLE, POSSIBLE",
        "NOTHING, 413, HTTP_REQUEST_ENTITY_TOO_LARGE, Payload too large, INVALID_REQUEST, NONE",
        "NOTHING, 414, HTTP_URI_TOO_LONG, URI too long, INVALID_REQUEST, NONE",
        "NOTHING, 429, HTTP_RATE_LIMIT_EXCEEDED, 'minute rate limit exceeded, role:ak', THROTTLED, NONE",
        "NOTHING, 500, HTTP_INTERNAL_SERVER_ERROR, An unexpected error occurred, UNAVAILABLE, POSSIBLE",
        "NOTHING, 502, HTTP_BAD_GATEWAY, An invalid response was received from the upstream server, UNAVAILABLE, POSSIBLE",
        "NOTHING, 503, HTTP_SERVICE_UNAVAILABLE, The upstream server is currently unavailable, UNAVAILABLE, POSSIBLE",
        "NOTHING, 504, HTTP_SERVER_TIMING_OUT, The upstream server is timing out, UNAVAILABLE, POSSIBLE",
        // All products
        "NOTHING, 401, UNAUTHENTICATED, No, AUTHENTICATION, NONE",
        "NOTHING, 403, HTTP_FORBIDDEN, No, PERMISSION, NONE",
        "NOTHING, 403, PERMISSION_DENIED, Can't delete no charged resource, PERMISSION, NONE",
        "NOTHING, 409, ABORTED, Again, BUSY, POSSIBLE",
        "NOTHING, 409, ALREADY_EXISTS, There, NAME_TAKEN, NONE",
        "NOTHING, 429, RATE_LIMIT, Call quota exceeded, THROTTLED, NONE",
        "NOTHING, 429, quota_exceeded, Full, QUOTA, NONE",
        "NOTHING, 499, CANCELLED, Gone, UNAVAILABLE, POSSIBLE",
        "NOTHING, 501, NOT_IMPLEMENTED, No, INVALID_REQUEST, NONE",
        "NOTHING, 502, SOURCE_UNAVAILABLE, Down, UNAVAILABLE, POSSIBLE",
        "NOTHING, 503, UNAVAILABLE, Down, UNAVAILABLE, POSSIBLE",
        // Without a status; a wrong key, whatever the status
        "NOTHING, 400, '', Invalid parameter, INVALID_REQUEST, NONE",
        "NOTHING, 401, '', Authentication failed, AUTHENTICATION, NONE",
        "IMAGE, 404, '', Not found, UNAVAILABLE, POSSIBLE",
        "NOTHING, 429, '', quota exceeded, QUOTA, NONE",
        "NOTHING, 429, '', Too many, THROTTLED, NONE",
        "NOTHING, 500, '', Oops, UNAVAILABLE, POSSIBLE",
        "NOTHING, 503, '', Down, UNAVAILABLE, POSSIBLE",
        "NOTHING, 400, INVALID_ARGUMENT, secret key is nul, AUTHENTICATION, NONE",
        "NOTHING, 500, INTERNAL, sign result is not same, AUTHENTICATION, NONE",
        // Documented nowhere
        "NOTHING, 400, SOMETHING_NEW, Bad, UNKNOWN_ANSWER, POSSIBLE",
        "NOTHING, 403, '', No, UNKNOWN_ANSWER, POSSIBLE",
        "NOTHING, 418, SOMETHING_NEW, Tea, UNKNOWN_ANSWER, POSSIBLE",
        "NOTHING, 504, SOMETHING_NEW, Late, UNKNOWN_ANSWER, POSSIBLE"
    })
    void everyErrorHasAMeaning(
            Asked asked, int http, String status, String message, ErrorKind kind, SideEffect sideEffect) {
        CloudError error = JdCloudErrors.meaning(asked, http, status, message, "req-1");

        assertEquals(kind, error.kind());
        assertEquals(sideEffect, error.sideEffect());
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
        assertEquals(SideEffect.NONE, JdCloudErrors.ofClock(refusal).sideEffect());
    }
}
