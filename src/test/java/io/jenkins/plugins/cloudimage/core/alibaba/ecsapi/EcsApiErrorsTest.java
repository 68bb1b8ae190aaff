package io.jenkins.plugins.cloudimage.core.alibaba.ecsapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
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
        "Throttling, THROTTLED, NO",
        "Throttling.User, THROTTLED, NO",
        "LastTokenProcessing, BUSY, MAYBE",
        "IdempotentProcessing, BUSY, MAYBE",
        "IllegalTimestamp, CLOCK_SKEW, NO",
        "InvalidTimeStamp.Expired, CLOCK_SKEW, NO",
        "Forbidden.AccessKeyDisabled, AUTHENTICATION, NO",
        "InvalidAccessKeyId.Inactive, AUTHENTICATION, NO",
        "InvalidSecurityToken.Expired, AUTHENTICATION, NO",
        "Forbidden, PERMISSION, NO",
        "Forbidden.RAM, PERMISSION, NO",
        "Forbidden.SubUser, PERMISSION, NO",
        "Forbbiden, PERMISSION, NO",
        "Forbidden.RiskControl, PERMISSION, NO",
        "RealNameAuthenticationError, PERMISSION, NO",
        "InsufficientBalance, QUOTA, NO",
        "InvalidRegionId.NotFound, INVALID_REQUEST, NO",
        "InvalidAccount.NotFound, INVALID_REQUEST, NO",
        "InvalidApi.NotFound, INVALID_REQUEST, NO",
        "MissingRegionId, INVALID_REQUEST, NO",
        "InternalError, UNAVAILABLE, MAYBE",
        "ServiceUnavailable.RegionMaintaining, UNAVAILABLE, MAYBE",
        "LimitedOperation.ServiceUnavailable, UNAVAILABLE, MAYBE",
        "SignatureNonceUsed, UNAVAILABLE, MAYBE",
        "IncorrectInstanceStatus, BUSY, NO",
        "IncorrectInstanceStatus.Initializing, BUSY, NO",
        "InstanceNotReady, BUSY, NO",
        "OperationDenied.HostRepairing, BUSY, NO",
        "IncorrectDiskStatus, BUSY, NO",
        "IncorrectDiskStatus.CreatingSnapshot, BUSY, NO",
        "IncorrectDiskStatus.Transferring, BUSY, NO",
        "InvalidSnapshotId.NotReady, BUSY, NO",
        "SnapshotNotReady, BUSY, NO",
        "TooManySnapshot.Unfinished, BUSY, NO",
        "QuotaExceed.ConcurrentSnapshotQuota, BUSY, NO",
        "OperationConflict, BUSY, NO",
        "Operation.Conflict, BUSY, NO",
        "InvalidOperation.Conflict, BUSY, NO",
        "ImageIsCreating, BUSY, NO",
        "ImageIsImporting, BUSY, NO",
        "ImageIsExporting, BUSY, NO",
        "OperationDenied.ImageCopying, BUSY, NO",
        "IncorrectImageStatus, BUSY, NO",
        "SnapshotCreatedImage, BUSY, NO",
        "InvalidOperation.RelatedSnapshotNotFinished, BUSY, NO",
        "InvalidInstanceId.NotFound, NOT_FOUND, NO",
        "InvalidImageId.NotFound, NOT_FOUND, NO",
        "InvalidSnapshotId.NotFound, NOT_FOUND, NO",
        "Forbidden.InstanceNotFound, NOT_FOUND, NO",
        "Forbidden.ImageNotFound, NOT_FOUND, NO",
        "Forbidden.SnapshotNotFound, NOT_FOUND, NO",
        "InvalidImageName.Duplicated, NAME_TAKEN, NO",
        "QuotaExceed.Image, QUOTA, NO",
        "QuotaExceed.Snapshot, QUOTA, NO",
        "QuotaExceed.Tags, QUOTA, NO",
        "ImageFamilyQuotaExceed, QUOTA, NO",
        "QuotaExceed.ElasticQuota, QUOTA, NO",
        "OperationDenied.NoStock, QUOTA, NO",
        "LackResource, QUOTA, NO",
        "OperationDenied.SpotPriceLowerThanPublicPrice, QUOTA, NO",
        "InvalidAccountStatus.NotEnoughBalance, QUOTA, NO",
        "DiskInArrears, QUOTA, NO",
        "InstanceExpiredOrInArrears, QUOTA, NO",
        "InvalidAccountStatus.SnapshotServiceUnavailable, PERMISSION, NO",
        "UserNotInTheWhiteList, PERMISSION, NO",
        "InvalidParameter.KMSKeyId.KMSUnauthorized, PERMISSION, NO",
        "InvalidParameter.KMSKeyId.CMKNotEnabled, INVALID_REQUEST, NO",
        "InvalidImageName.Malformed, INVALID_REQUEST, NO",
        "InvalidDescription.Malformed, INVALID_REQUEST, NO",
        "InvalidImageFamily.Malformed, INVALID_REQUEST, NO",
        "Duplicate.TagKey, INVALID_REQUEST, NO",
        "InvalidSize.ValueNotSupported, INVALID_REQUEST, NO",
        "InvalidDevice.InUse, INVALID_REQUEST, NO",
        "InvalidResourceGroup.NotFound, INVALID_REQUEST, NO",
        "InvalidParamter.Conflict, INVALID_REQUEST, MAYBE",
        "IdempotenceParamNotMatch, INVALID_REQUEST, MAYBE",
        "InvalidSnapshot.TooOld, INVALID_REQUEST, NO",
        "InstanceLockedForSecurity, INVALID_REQUEST, NO",
        "IncorrectInstanceStatus.NeedRestart, INVALID_REQUEST, NO",
        "IncorrectDiskStatus.NeverAttached, INVALID_REQUEST, NO",
        "OperationDenied, INVALID_REQUEST, NO",
        "OperationDenied.InvalidSnapshotCategory, INVALID_REQUEST, NO",
        "InstanceExpired, INVALID_REQUEST, NO",
        "ImageUsingByInstance, INVALID_REQUEST, NO",
        "ImageUseShared, INVALID_REQUEST, NO",
        "ImageIsPublic, INVALID_REQUEST, NO",
        "SnapshotCreatedDisk, INVALID_REQUEST, NO",
        "InvalidFilterKey.NotFound, INVALID_REQUEST, NO",
        "InvalidFilterValue, INVALID_REQUEST, NO",
        "InvalidUsage, INVALID_REQUEST, NO",
        "InvalidStatus.NotFound, INVALID_REQUEST, NO",
        "InvalidLockReason.NotFound, INVALID_REQUEST, NO",
        "InvalidHpcClusterId.Creating, INVALID_REQUEST, NO",
        "InvalidDiskId.NotFound, INVALID_REQUEST, NO",
        "Forbidden.DiskNotFound, INVALID_REQUEST, NO"
    })
    void meansThis(String code, ErrorKind kind, Acted acted) {
        CloudError meaning = TABLE.meaning(code).orElseThrow();

        assertEquals(kind, meaning.kind());
        assertEquals(acted, meaning.acted());
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

    /** Whoever finds a code that is told wrongly can look where it is from. */
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
            Path messages = columns[3].startsWith("Phrases.") ? RESOURCES : table.getParent();
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
