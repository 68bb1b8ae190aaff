package io.jenkins.plugins.cloudimage.core.alibaba.ecsapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the codes of the ECS API mean. */
class EcsApiErrorsTest {
    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/cloudimage/core");
    private static final ErrorTable TABLE = EcsApiErrors.table();

    @ParameterizedTest
    @CsvSource({
        "Throttling, THROTTLED, NONE",
        "Throttling.User, THROTTLED, NONE",
        "LastTokenProcessing, BUSY, POSSIBLE",
        "IdempotentProcessing, BUSY, POSSIBLE",
        "IllegalTimestamp, CLOCK_SKEW, NONE",
        "InvalidTimeStamp.Expired, CLOCK_SKEW, NONE",
        "Forbidden.AccessKeyDisabled, AUTHENTICATION, NONE",
        "InvalidAccessKeyId.Inactive, AUTHENTICATION, NONE",
        "InvalidSecurityToken.Expired, AUTHENTICATION, NONE",
        "Forbidden, PERMISSION, NONE",
        "Forbidden.RAM, PERMISSION, NONE",
        "Forbidden.SubUser, PERMISSION, NONE",
        "Forbbiden, PERMISSION, NONE",
        "Forbidden.RiskControl, PERMISSION, NONE",
        "RealNameAuthenticationError, PERMISSION, NONE",
        "InsufficientBalance, QUOTA, NONE",
        "InvalidRegionId.NotFound, INVALID_REQUEST, NONE",
        "InvalidAccount.NotFound, INVALID_REQUEST, NONE",
        "InvalidApi.NotFound, INVALID_REQUEST, NONE",
        "MissingRegionId, INVALID_REQUEST, NONE",
        "InternalError, UNAVAILABLE, POSSIBLE",
        "ServiceUnavailable.RegionMaintaining, UNAVAILABLE, POSSIBLE",
        "LimitedOperation.ServiceUnavailable, UNAVAILABLE, POSSIBLE",
        "SignatureNonceUsed, UNAVAILABLE, POSSIBLE",
        "IncorrectInstanceStatus, BUSY, NONE",
        "IncorrectInstanceStatus.Initializing, BUSY, NONE",
        "InstanceNotReady, BUSY, NONE",
        "OperationDenied.HostRepairing, BUSY, NONE",
        "IncorrectDiskStatus, BUSY, NONE",
        "IncorrectDiskStatus.CreatingSnapshot, BUSY, NONE",
        "IncorrectDiskStatus.Transferring, BUSY, NONE",
        "InvalidSnapshotId.NotReady, BUSY, NONE",
        "SnapshotNotReady, BUSY, NONE",
        "TooManySnapshot.Unfinished, BUSY, NONE",
        "QuotaExceed.ConcurrentSnapshotQuota, BUSY, NONE",
        "OperationConflict, BUSY, NONE",
        "Operation.Conflict, BUSY, NONE",
        "InvalidOperation.Conflict, BUSY, NONE",
        "ImageIsCreating, BUSY, NONE",
        "ImageIsImporting, BUSY, NONE",
        "ImageIsExporting, BUSY, NONE",
        "OperationDenied.ImageCopying, BUSY, NONE",
        "IncorrectImageStatus, BUSY, NONE",
        "SnapshotCreatedImage, BUSY, NONE",
        "InvalidOperation.RelatedSnapshotNotFinished, BUSY, NONE",
        "InvalidInstanceId.NotFound, NOT_FOUND, NONE",
        "InvalidImageId.NotFound, NOT_FOUND, NONE",
        "InvalidSnapshotId.NotFound, NOT_FOUND, NONE",
        "Forbidden.InstanceNotFound, NOT_FOUND, NONE",
        "Forbidden.ImageNotFound, NOT_FOUND, NONE",
        "Forbidden.SnapshotNotFound, NOT_FOUND, NONE",
        "InvalidImageName.Duplicated, NAME_TAKEN, NONE",
        "QuotaExceed.Image, QUOTA, NONE",
        "QuotaExceed.Snapshot, QUOTA, NONE",
        "QuotaExceed.Tags, QUOTA, NONE",
        "ImageFamilyQuotaExceed, QUOTA, NONE",
        "QuotaExceed.ElasticQuota, QUOTA, NONE",
        "OperationDenied.NoStock, QUOTA, NONE",
        "LackResource, QUOTA, NONE",
        "OperationDenied.SpotPriceLowerThanPublicPrice, QUOTA, NONE",
        "InvalidAccountStatus.NotEnoughBalance, QUOTA, NONE",
        "DiskInArrears, QUOTA, NONE",
        "InstanceExpiredOrInArrears, QUOTA, NONE",
        "InvalidAccountStatus.SnapshotServiceUnavailable, PERMISSION, NONE",
        "UserNotInTheWhiteList, PERMISSION, NONE",
        "InvalidParameter.KMSKeyId.KMSUnauthorized, PERMISSION, NONE",
        "InvalidParameter.KMSKeyId.CMKNotEnabled, INVALID_REQUEST, NONE",
        "InvalidImageName.Malformed, INVALID_REQUEST, NONE",
        "InvalidDescription.Malformed, INVALID_REQUEST, NONE",
        "InvalidImageFamily.Malformed, INVALID_REQUEST, NONE",
        "Duplicate.TagKey, INVALID_REQUEST, NONE",
        "InvalidSize.ValueNotSupported, INVALID_REQUEST, NONE",
        "InvalidDevice.InUse, INVALID_REQUEST, NONE",
        "InvalidResourceGroup.NotFound, INVALID_REQUEST, NONE",
        "InvalidParamter.Conflict, INVALID_REQUEST, POSSIBLE",
        "IdempotenceParamNotMatch, INVALID_REQUEST, POSSIBLE",
        "InvalidSnapshot.TooOld, INVALID_REQUEST, NONE",
        "InstanceLockedForSecurity, INVALID_REQUEST, NONE",
        "IncorrectInstanceStatus.NeedRestart, INVALID_REQUEST, NONE",
        "IncorrectDiskStatus.NeverAttached, INVALID_REQUEST, NONE",
        "OperationDenied, INVALID_REQUEST, NONE",
        "OperationDenied.InvalidSnapshotCategory, INVALID_REQUEST, NONE",
        "InstanceExpired, INVALID_REQUEST, NONE",
        "ImageUsingByInstance, INVALID_REQUEST, NONE",
        "ImageUseShared, INVALID_REQUEST, NONE",
        "ImageIsPublic, INVALID_REQUEST, NONE",
        "SnapshotCreatedDisk, INVALID_REQUEST, NONE",
        "InvalidFilterKey.NotFound, INVALID_REQUEST, NONE",
        "InvalidFilterValue, INVALID_REQUEST, NONE",
        "InvalidUsage, INVALID_REQUEST, NONE",
        "InvalidStatus.NotFound, INVALID_REQUEST, NONE",
        "InvalidLockReason.NotFound, INVALID_REQUEST, NONE",
        "InvalidHpcClusterId.Creating, INVALID_REQUEST, NONE",
        "InvalidDiskId.NotFound, INVALID_REQUEST, NONE",
        "Forbidden.DiskNotFound, INVALID_REQUEST, NONE"
    })
    void meansThis(String code, ErrorKind kind, SideEffect sideEffect) {
        CloudError meaning = TABLE.meaning(code).orElseThrow();

        assertEquals(kind, meaning.kind());
        assertEquals(sideEffect, meaning.sideEffect());
        assertFalse(meaning.advice().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "InvalidThing.NotFound",
                "Forbidden.Something",
                "OperationDenied.Something",
                "IncorrectInstanceStatus.Something",
                "QuotaExceed",
                "InvalidInstanceId",
                "InternalError.Something",
                "404",
                "DryRunOperation"
            })
    void meansNothing(String code) {
        assertEquals(Optional.empty(), TABLE.meaning(code));
    }

    /** A wrong meaning can be checked at its source. */
    @ParameterizedTest
    @ValueSource(strings = {"alibaba", "alibaba/ecsapi", "apsara", "ens"})
    void everyCodeHasASourceAndAnAdviceInBothLanguages(String folder) throws IOException {
        Path table = RESOURCES.resolve(folder).resolve("errors.tsv");
        List<String> lines = Files.readAllLines(table);

        int codes = 0;
        for (String line : lines) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            String[] columns = line.split("\t", -1);
            assertEquals(5, columns.length, line);
            assertTrue(columns[4].length() > 10, line);
            ErrorKind.valueOf(columns[1]);
            Path messages = columns[3].startsWith("CommonTexts.") ? RESOURCES : table.getParent();
            for (String bundle : List.of("Messages.properties", "Messages_zh_CN.properties")) {
                assertTrue(
                        Files.readString(messages.resolve(bundle)).contains(columns[3] + "="),
                        () -> bundle + " in " + messages + " lacks " + columns[3]);
            }
            codes++;
        }
        assertTrue(codes > 3, "only " + codes + " codes");
    }
}
