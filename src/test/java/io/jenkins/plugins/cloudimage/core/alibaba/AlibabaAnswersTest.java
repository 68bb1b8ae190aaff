package io.jenkins.plugins.cloudimage.core.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.HttpAnswer;
import java.time.Duration;
import java.util.List;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlibabaAnswersTest {
    private final AlibabaAnswers answers = new AlibabaAnswers(AlibabaErrors.table());

    private static HttpAnswer answer(int status, String body, String... headers) {
        return new HttpAnswer(status, Headers.of(headers), Digests.utf8(body));
    }

    private CloudError error(int status, String body, String... headers) {
        return assertThrows(CloudException.class, () -> answers.read(answer(status, body, headers)))
                .error();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"RequestId\":\"r\",\"Code\":0,\"ImageId\":\"m-1\"}",
                "{\"RequestId\":\"r\",\"ImageId\":\"m-1\"}",
                "{\"RequestID\":\"r\",\"Code\":null,\"ImageId\":\"m-1\"}",
                "{\"asapiRequestId\":\"r\",\"asapiSuccess\":true,\"asapiErrorCode\":\"200\",\"ImageId\":\"m-1\"}",
                "{\"requestId\":\"r\",\"success\":\"true\",\"code\":\"200\",\"HttpStatusCode\":200,\"ImageId\":\"m-1\"}",
                "{\"eagleEyeTraceId\":\"r\",\"resultCode\":0,\"ImageId\":\"m-1\"}"
            })
    void aCodeAloneIsNoFailure(String body) throws CloudException {
        assertEquals("m-1", answers.read(answer(200, body)).path("ImageId").asText());
        assertEquals(
                "r",
                AlibabaAnswers.created(answers.read(answer(200, body)), false).requestId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"asapiSuccess\":false,\"code\":\"X\",\"message\":\"no\"}",
                "{\"success\":\"false\",\"errorCode\":\"X\",\"errorMessage\":\"no\"}",
                "{\"HttpStatusCode\":400,\"asapiErrorCode\":\"X\",\"asapiErrorMessage\":\"no\"}"
            })
    void aFailureInsideASuccessIsAFailure(String body) {
        CloudError error = error(200, body);

        assertEquals(ErrorKind.UNKNOWN_ANSWER, error.kind());
        assertEquals(SideEffect.POSSIBLE, error.sideEffect());
        assertEquals("X", error.code());
        assertEquals("no", error.message());
    }

    /** Nothing is ticked off on such an answer, and nothing is taken for refused either. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Code\":500,\"Message\":\"no\",\"RequestId\":\"r\"}",
                "{\"Code\":\"404\",\"Message\":\"no\",\"RequestId\":\"r\"}",
                "{\"code\":-1,\"message\":\"no\",\"requestId\":\"r\"}",
                "{\"Success\":false,\"Code\":1,\"Message\":\"no\"}"
            })
    void aNumberThatTellsOfAFailureIsAFailureWithoutACode(String body) {
        CloudError error = error(200, body);

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(SideEffect.POSSIBLE, error.sideEffect());
        assertEquals("no", error.message());
    }

    @Test
    void aKnownCodeInsideASuccessIsAFailure() {
        assertEquals(
                ErrorKind.PERMISSION,
                error(200, "{\"Code\":\"NoPermission\",\"Message\":\"no\"}").kind());
    }

    @Test
    void aFailureMayBeWrapped() {
        CloudError error =
                error(200, "{\"errorSample\":{\"resultCode\":-1,\"resultMsg\":\"system error\",\"result\":null}}");

        assertEquals("-1", error.code());
        assertEquals("system error", error.message());
    }

    @Test
    void theRequestIdMayBeInAHeader() {
        CloudError error = error(400, "{\"Code\":\"MissingParameter\"}", "X-Acs-Request-Id", "r-1");

        assertEquals("r-1", error.requestId());
        assertEquals(ErrorKind.INVALID_REQUEST, error.kind());
        assertFalse(error.message().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "400, Something",
        "404, InvalidThing.NotFound",
        "400, InvalidThing.NotFound",
        "403, Something",
        "403, Forbidden.Something",
        "404, OperationDenied.Something",
        "429, Something",
        "500, Something",
        "503, Something"
    })
    void aCodeThatIsNotDocumentedRefusesNothingWhateverItsStatus(int status, String code) {
        CloudError error = error(status, "{\"Code\":\"" + code + "\",\"Message\":\"m\",\"RequestId\":\"r\"}");

        assertEquals(ErrorKind.UNKNOWN_ANSWER, error.kind());
        assertEquals(SideEffect.POSSIBLE, error.sideEffect());
        assertEquals(code, error.code());
        assertEquals("m", error.message());
        assertEquals(Messages.AlibabaAnswers_unknown(), error.advice());
    }

    @ParameterizedTest
    @CsvSource({
        "400, MissingParameter, INVALID_REQUEST, NONE",
        "404, InvalidRegionId.NotFound, INVALID_REQUEST, NONE",
        "500, SignatureDoesNotMatch, AUTHENTICATION, NONE",
        "403, LastTokenProcessing, BUSY, POSSIBLE",
        "400, IllegalTimestamp, CLOCK_SKEW, NONE",
        "403, Forbidden.AccessKeyDisabled, AUTHENTICATION, NONE",
        "503, Throttling.Api, THROTTLED, NONE"
    })
    void theCodeDecidesWhateverTheStatus(int status, String code, ErrorKind kind, SideEffect sideEffect) {
        CloudError error = error(status, "{\"Code\":\"" + code + "\",\"Message\":\"m\"}");

        assertEquals(kind, error.kind());
        assertEquals(sideEffect, error.sideEffect());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":404,\"message\":\"no route\"}",
                "{\"status\":\"NOT_FOUND\"}",
                "{\"error\":{\"status\":\"NOT_FOUND\",\"code\":404,\"message\":\"no route and no API found\"}}",
                "<html><title>404 Not Found</title></html>",
                ""
            })
    void whatIsNotInTheCloudsFormSaysNothing(String body) {
        CloudError error = error(404, body);

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(SideEffect.POSSIBLE, error.sideEffect());
    }

    @Test
    void textsHelpWhereTheCodeDoesNotSuffice() {
        CloudError throttled = error(400, "{\"Code\":\"X\",\"Message\":\"denied due to user Flow Control\"}");
        assertEquals(ErrorKind.THROTTLED, throttled.kind());
        assertEquals(SideEffect.POSSIBLE, throttled.sideEffect());
        for (String which : List.of("Version", "\\\"Action or Version\\\"")) {
            CloudError wrongApi = error(
                    400,
                    "{\"Code\":\"InvalidParameter\",\"Message\":\"The specified parameter " + which
                            + " is not valid.\"}");
            assertEquals(ErrorKind.INVALID_REQUEST, wrongApi.kind());
            assertEquals(Messages.AlibabaErrors_wrongApi(), wrongApi.advice());
        }
    }

    @Test
    void theCloudSaysHowLongToWait() {
        String body = "{\"Code\":\"Throttling\",\"Message\":\"m\"}";

        assertEquals(
                Duration.ofMillis(1500),
                error(400, body, "x-acs-retry-after", "1500", "Retry-After", "7")
                        .retryAfter());
        assertEquals(Duration.ofSeconds(7), error(400, body, "Retry-After", "7").retryAfter());
        assertEquals(
                Duration.ofMillis(20),
                error(503, "<html>", "x-acs-retry-after", "20").retryAfter());
        assertNull(error(400, body, "x-acs-retry-after", "soon").retryAfter());
    }

    @Test
    void whatIsNoJsonComesFromSomethingElse() {
        assertEquals(
                ErrorKind.UNAVAILABLE, error(502, "<html>Bad Gateway</html>").kind());
        assertEquals(ErrorKind.UNAVAILABLE, error(200, "<html>Welcome</html>").kind());
        assertEquals(ErrorKind.UNAVAILABLE, error(200, "").kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not matched. server string to sign is:POST&%2F&AccessKeyId%3DLTAI5tKey%26SecurityToken%3Dthe-token",
                "does not match our calculation. server StringToSign is [x] server CanonicalRequest is:[LTAI5tKey]"
            })
    void noMessageShowsWhatWasSigned(String message) {
        CloudError error = error(400, "{\"Code\":\"SignatureDoesNotMatch\",\"Message\":\"" + message + "\"}");

        assertFalse(error.text().contains("LTAI5tKey"), error.text());
        assertFalse(error.text().contains("the-token"), error.text());
        assertFalse(error.text().toLowerCase(java.util.Locale.ROOT).contains("to sign"), error.text());
        assertTrue(error.message().length() > 10, error.text());
    }
}
