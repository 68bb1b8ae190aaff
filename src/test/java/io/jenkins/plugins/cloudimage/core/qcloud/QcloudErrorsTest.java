package io.jenkins.plugins.cloudimage.core.qcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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
        "7777, UNKNOWN_ANSWER, MAYBE"
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
        "5200, OperationFail.SystemBusy, BUSY, NO",
        "5300, OperationConstraints.AccountBalanceNotEnough, QUOTA, NO",
        "5500, PermissionDenied.UserQualificationAuditFailed, PERMISSION, NO",
        "5100, ImageQuotaLimitExceeded, INVALID_REQUEST, NO",
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

    /** No page tells the codes of the images' module, so the message has to. */
    @ParameterizedTest
    @CsvSource({
        "(30003) image name exists, NAME_TAKEN",
        "image name already exists, NAME_TAKEN",
        "imageName is duplicated, NAME_TAKEN",
        "(30003)镜像名称已存在, NAME_TAKEN",
        "镜像名重复, NAME_TAKEN",
        "the image is in use, BUSY",
        "(30002) image status is invalid, BUSY",
        "镜像正在使用中, BUSY",
        "镜像状态不正确, BUSY",
        "(30004) too many images, INVALID_REQUEST",
        "image quota exceeded, INVALID_REQUEST",
        "操作失败, INVALID_REQUEST"
    })
    void theMessageExplainsAFailedOperation(String message, ErrorKind kind) {
        CloudError error = QcloudErrors.meaning("5100", null, message, "1");

        assertEquals(kind, error.kind());
        assertEquals(Acted.NO, error.acted());
        assertEquals("5100", error.code());
        assertEquals(message, error.message());
        assertEquals(
                ErrorKind.INVALID_REQUEST,
                QcloudErrors.meaning("4000", null, message, "1").kind());
    }

    @ParameterizedTest
    @CsvSource({
        "4100, AuthFailure, AUTHENTICATION, NO",
        "5000, InvalidParameter.Unheard, NOT_FOUND, NO",
        "4400, InvalidRequest, THROTTLED, NO",
        "7777, AuthFailure, PERMISSION, NO",
        "7777, InvalidParameter, INVALID_REQUEST, NO",
        "7777, InternalError, UNAVAILABLE, MAYBE",
        "7777, InvalidAction, INVALID_REQUEST, NO",
        "7777, AuthFailure.Unheard, UNKNOWN_ANSWER, MAYBE",
        "7777, Unheard, UNKNOWN_ANSWER, MAYBE"
    })
    void aGeneralWordOnlyHelpsWhereTheNumberSaysNothing(String code, String word, ErrorKind kind, Acted acted) {
        CloudError error = QcloudErrors.meaning(code, word, "sorry", null);

        assertEquals(kind, error.kind());
        assertEquals(acted, error.acted());
    }

    static List<String> everyCode() throws IOException {
        Path table = Path.of("src/main/resources/io/jenkins/plugins/cloudimage/core/qcloud/errors.tsv");
        try (Stream<String> lines = Files.lines(table)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t")[0])
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("everyCode")
    void everyCodeOfTheTableSaysWhatToDo(String code) {
        assertTrue(QcloudErrors.knows(code));
        assertFalse(QcloudErrors.meaning(code, null, "sorry", null).advice().isBlank());
    }
}
