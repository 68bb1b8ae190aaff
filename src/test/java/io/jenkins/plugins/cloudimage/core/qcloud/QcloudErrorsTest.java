package io.jenkins.plugins.cloudimage.core.qcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
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
        "4000, INVALID_REQUEST, NONE",
        "4100, AUTHENTICATION, NONE",
        "4101, PERMISSION, NONE",
        "4102, PERMISSION, NONE",
        "4103, PERMISSION, NONE",
        "4104, AUTHENTICATION, NONE",
        "4105, AUTHENTICATION, NONE",
        "4106, PERMISSION, NONE",
        "4110, PERMISSION, NONE",
        "4200, CLOCK_SKEW, NONE",
        "4300, PERMISSION, NONE",
        "4400, THROTTLED, NONE",
        "4500, CLOCK_SKEW, NONE",
        "4600, INVALID_REQUEST, NONE",
        "5000, NOT_FOUND, NONE",
        "5100, INVALID_REQUEST, NONE",
        "5200, QUOTA, NONE",
        "5300, QUOTA, NONE",
        "5400, UNKNOWN_ANSWER, POSSIBLE",
        "5500, PERMISSION, NONE",
        "6000, UNAVAILABLE, POSSIBLE",
        "6100, INVALID_REQUEST, NONE",
        "6200, UNAVAILABLE, NONE",
        "7777, UNKNOWN_ANSWER, POSSIBLE"
    })
    void numbersHaveTheirKind(String code, ErrorKind kind, SideEffect sideEffect) {
        CloudError error = QcloudErrors.meaning(code, null, "(100004) sorry", "123");

        assertEquals(kind, error.kind());
        assertEquals(sideEffect, error.sideEffect());
        assertEquals(code, error.code());
        assertEquals("(100004) sorry", error.message());
        assertEquals("123", error.requestId());
        assertFalse(error.advice().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "4000, InvalidParameter.SignatureFailure, AUTHENTICATION, NONE",
        "4000, InvalidParameter.SecretIdNotFound, AUTHENTICATION, NONE",
        "4000, InvalidRequest.TokenCheckFailed, AUTHENTICATION, NONE",
        "4000, InvalidRequest.MFACheckFailed, PERMISSION, NONE",
        "6000, InternalError.CAMInnerError, PERMISSION, NONE",
        "4000, InvalidRequest.Forbidden, PERMISSION, NONE",
        "4000, InvalidRequest.LimitExceeded, THROTTLED, NONE",
        "4000, InvalidRequest.RequestConcurrencyExceeded, THROTTLED, NONE",
        "4000, InvalidRequest.ReplayAttack, CLOCK_SKEW, NONE",
        "4000, InvalidRequest.UnsupportedProtocol, INVALID_REQUEST, NONE",
        "6000, InternalError.ResourceOpFailed, INVALID_REQUEST, NONE",
        "5100, OperationFail.AllResourceOpFailed, INVALID_REQUEST, NONE",
        "4000, InvalidAction.NotFound, INVALID_REQUEST, NONE",
        "4000, InvalidAction.ActionUnavailable, UNAVAILABLE, NONE",
        "5100, OperationConstraints.InvaildInstanceStatus, BUSY, NONE",
        "5100, OperationConstraints.InvalidInstanceStatus, BUSY, NONE",
        "5100, InvalidImageId.NotFound, NOT_FOUND, NONE",
        "5100, InvalidImageId.Malformed, INVALID_REQUEST, NONE",
        "5100, InvalidImageId.IncorrectState, BUSY, NONE",
        "5100, InvalidImageId.TooLarge, INVALID_REQUEST, NONE",
        "5100, InvalidRegion.NotFound, INVALID_REQUEST, NONE",
        "5100, InvalidRegion.Unavailable, INVALID_REQUEST, NONE",
        "5200, OperationFail.SystemBusy, BUSY, NONE",
        "5300, OperationConstraints.AccountBalanceNotEnough, QUOTA, NONE",
        "5500, PermissionDenied.UserQualificationAuditFailed, PERMISSION, NONE",
        "5100, ImageQuotaLimitExceeded, INVALID_REQUEST, NONE",
        "5100, MutexOperation.TaskRunning, BUSY, NONE",
        "5100, InvalidImageName.Duplicate, NAME_TAKEN, NONE"
    })
    void aWordThatSaysMoreThanTheNumberDecides(String code, String word, ErrorKind kind, SideEffect sideEffect) {
        CloudError error = QcloudErrors.meaning(code, word, null, null);

        assertEquals(kind, error.kind());
        assertEquals(sideEffect, error.sideEffect());
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
        assertEquals(SideEffect.NONE, error.sideEffect());
        assertEquals("5100", error.code());
        assertEquals(message, error.message());
        assertEquals(
                ErrorKind.INVALID_REQUEST,
                QcloudErrors.meaning("4000", null, message, "1").kind());
    }

    @ParameterizedTest
    @CsvSource({
        "4100, AuthFailure, AUTHENTICATION, NONE",
        "5000, InvalidParameter.Unheard, NOT_FOUND, NONE",
        "4400, InvalidRequest, THROTTLED, NONE",
        "7777, AuthFailure, PERMISSION, NONE",
        "7777, InvalidParameter, INVALID_REQUEST, NONE",
        "7777, InternalError, UNAVAILABLE, POSSIBLE",
        "7777, InvalidAction, INVALID_REQUEST, NONE",
        "7777, AuthFailure.Unheard, UNKNOWN_ANSWER, POSSIBLE",
        "7777, Unheard, UNKNOWN_ANSWER, POSSIBLE"
    })
    void aGeneralWordOnlyHelpsWhereTheNumberSaysNothing(
            String code, String word, ErrorKind kind, SideEffect sideEffect) {
        CloudError error = QcloudErrors.meaning(code, word, "sorry", null);

        assertEquals(kind, error.kind());
        assertEquals(sideEffect, error.sideEffect());
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
