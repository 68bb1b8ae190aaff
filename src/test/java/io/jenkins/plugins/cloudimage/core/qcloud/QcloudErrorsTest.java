package io.jenkins.plugins.cloudimage.core.qcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The meaning of every code of the pages. */
class QcloudErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "4000, INVALID_REQUEST, NO",
        "4100, AUTHENTICATION, NO",
        "4101, PERMISSION, NO",
        "4102, PERMISSION, NO",
        "4103, PERMISSION, NO",
        "4104, AUTHENTICATION, NO",
        "4105, AUTHENTICATION, NO",
        "4106, PERMISSION, NO",
        "4110, PERMISSION, NO",
        "4200, CLOCK_SKEW, NO",
        "4300, PERMISSION, NO",
        "4400, THROTTLED, NO",
        "4500, CLOCK_SKEW, NO",
        "4600, INVALID_REQUEST, NO",
        "5000, NOT_FOUND, NO",
        "5100, INVALID_REQUEST, NO",
        "5200, QUOTA, NO",
        "5300, QUOTA, NO",
        "5400, UNKNOWN_ANSWER, MAYBE",
        "5500, PERMISSION, NO",
        "6000, UNAVAILABLE, MAYBE",
        "6100, INVALID_REQUEST, NO",
        "6200, UNAVAILABLE, NO",
        "7777, INVALID_REQUEST, NO"
    })
    void numbersHaveTheirKind(String code, ErrorKind kind, Acted acted) {
        CloudError error = QcloudErrors.meaning(code, null, "(100004) sorry", "123");

        assertEquals(kind, error.kind());
        assertEquals(acted, error.acted());
        assertEquals(code, error.code());
        assertEquals("(100004) sorry", error.message());
        assertEquals("123", error.requestId());
        assertFalse(error.advice().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "4000, InvalidParameter.SignatureFailure, AUTHENTICATION, NO",
        "4000, InvalidParameter.SecretIdNotFound, AUTHENTICATION, NO",
        "4000, InvalidRequest.TokenCheckFailed, AUTHENTICATION, NO",
        "4000, InvalidRequest.MFACheckFailed, PERMISSION, NO",
        "6000, InternalError.CAMInnerError, PERMISSION, NO",
        "4000, InvalidRequest.Forbidden, PERMISSION, NO",
        "4000, InvalidRequest.LimitExceeded, THROTTLED, NO",
        "4000, InvalidRequest.RequestConcurrencyExceeded, THROTTLED, NO",
        "4000, InvalidRequest.ReplayAttack, CLOCK_SKEW, NO",
        "4000, InvalidRequest.UnsupportedProtocol, INVALID_REQUEST, NO",
        "6000, InternalError.ResourceOpFailed, INVALID_REQUEST, NO",
        "5100, OperationFail.AllResourceOpFailed, INVALID_REQUEST, NO",
        "4000, InvalidAction.NotFound, INVALID_REQUEST, NO",
        "4000, InvalidAction.ActionUnavailable, UNAVAILABLE, NO",
        "5100, OperationConstraints.InvaildInstanceStatus, BUSY, NO",
        "5100, OperationConstraints.InvalidInstanceStatus, BUSY, NO",
        "5100, MutexOperation.TaskRunning, BUSY, NO",
        "5100, InvalidImageName.Duplicate, NAME_TAKEN, NO"
    })
    void aWordThatSaysMoreThanTheNumberDecides(String code, String word, ErrorKind kind, Acted acted) {
        CloudError error = QcloudErrors.meaning(code, word, null, null);

        assertEquals(kind, error.kind());
        assertEquals(acted, error.acted());
        assertEquals(code + " " + word, error.code());
        assertFalse(error.message().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "4100, AuthFailure, AUTHENTICATION, NO",
        "5000, InvalidParameter.Unheard, NOT_FOUND, NO",
        "4400, InvalidRequest, THROTTLED, NO",
        "7777, AuthFailure.Unheard, PERMISSION, NO",
        "7777, InvalidParameter, INVALID_REQUEST, NO",
        "7777, InternalError.Unheard, UNAVAILABLE, MAYBE",
        "7777, InvalidAction.Unheard, INVALID_REQUEST, NO",
        "7777, Unheard, INVALID_REQUEST, NO"
    })
    void aGeneralWordOnlyHelpsWhereTheNumberSaysNothing(String code, String word, ErrorKind kind, Acted acted) {
        CloudError error = QcloudErrors.meaning(code, word, "sorry", null);

        assertEquals(kind, error.kind());
        assertEquals(acted, error.acted());
    }
}
