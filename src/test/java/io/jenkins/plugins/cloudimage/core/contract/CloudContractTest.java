package io.jenkins.plugins.cloudimage.core.contract;

import static io.jenkins.plugins.cloudimage.core.contract.Connected.error;
import static io.jenkins.plugins.cloudimage.core.contract.Connected.unknown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.creation.TestCloud;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that the client of every cloud passes, because the engine relies on them, against the cloud's fake, which
 * checks signatures with its own code. The tests of the clients cover what a single cloud has in addition.
 */
class CloudContractTest {
    private static final Pattern OFFER = Pattern.compile("for example \"([^\"]+)\"$");

    private final VirtualTime time = new VirtualTime();

    private Connected connect(TestCloud kind) {
        return new Connected(kind, time, time);
    }

    @ParameterizedTest
    @EnumSource
    void anImageIsPendingUntilItIsReady(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String requestId = at.cloud.create(at.request("web-1"), "token").requestId();
            String id = at.cloud.findByName("web-1").get(0).id();

            assertFalse(requestId.isEmpty());
            CloudImage creating = at.cloud.describe(List.of(id)).get(0);
            assertEquals(ImageState.PENDING, creating.state());
            assertEquals("web-1", creating.name());
            assertTrue(
                    creating.created() == null
                            || creating.created().equals(time.instant().truncatedTo(ChronoUnit.SECONDS)),
                    creating.toString());

            time.pass(Duration.ofMinutes(11));
            assertEquals(ImageState.READY, at.cloud.describe(List.of(id)).get(0).state());
        }
    }

    /** One cloud removes a failed image at once. */
    @ParameterizedTest
    @EnumSource
    void aFailedImageIsFailedOrGone(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            at.account.images().fail(true);
            String id = at.create("web-1");
            time.pass(Duration.ofMinutes(10));

            List<CloudImage> failed = at.cloud.describe(List.of(id));

            assertTrue(failed.stream().allMatch(image -> image.state() == ImageState.FAILED), failed.toString());
            assertEquals(failed, at.cloud.findByName("web-1"));
            assertEquals(kind == TestCloud.QCLOUD, failed.isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNameIsFoundToTheLetterOnAnyPage(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            at.account.images().take(Duration.ZERO);
            for (int i = 0; i < 120; i++) {
                at.cloud.create(at.request("web-1-" + i), "token-" + i);
                time.pass(Duration.ofSeconds(1));
            }
            String id = at.create("web-1");

            assertEquals(
                    List.of(id),
                    at.cloud.findByName("web-1").stream().map(CloudImage::id).toList());
            assertEquals(List.of(), at.cloud.findByName("WEB-1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFullBatchIsDescribed(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            at.account.images().take(Duration.ZERO);
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < at.provider.capabilities().describeBatch(); i++) {
                ids.add(at.create("web-" + i));
                time.pass(Duration.ofSeconds(1));
            }

            assertEquals(
                    ids,
                    at.cloud.describe(ids).stream().map(CloudImage::id).sorted().toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void unknownIdsAreLeftOut(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String id = at.create("web-1");

            assertEquals(List.of(), at.cloud.describe(List.of(unknown(id))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anImageIsDeletedOnceItIsMade(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String id = at.create("web-1");
            assertEquals(ErrorKind.BUSY, error(() -> at.cloud.delete(id)).kind());
            time.pass(Duration.ofMinutes(11));

            at.cloud.delete(id);

            assertEquals(List.of(), at.account.images().all());
            assertEquals(ErrorKind.NOT_FOUND, error(() -> at.cloud.delete(id)).kind());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anImageIsSharedReadBackAndNoLongerShared(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            at.account.images().take(Duration.ZERO);
            String id = at.create("web-1");
            assertEquals(List.of(), at.cloud.sharedWith(id));
            List<String> both = List.of("100012345678", "100012345679");

            at.cloud.share(id, both);
            assertEquals(both, at.cloud.sharedWith(id).stream().sorted().toList());
            at.cloud.share(id, both.subList(0, 1));
            assertEquals(
                    both, at.account.fake().shares().of(id).stream().sorted().toList());

            at.cloud.unshare(id, both.subList(0, 1));
            assertEquals(both.subList(1, 2), at.cloud.sharedWith(id));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAccountThatDoesNotExistIsRefusedWithoutEffect(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            at.account.images().take(Duration.ZERO);
            String id = at.create("web-1");
            at.account.fake().shares().close("100012345678");

            for (String account :
                    List.of("100012345678", at.account.fake().shares().own())) {
                CloudError error = error(() -> at.cloud.share(id, List.of(account)));
                assertTrue(
                        error.kind() == ErrorKind.INVALID_REQUEST || error.kind() == ErrorKind.NOT_FOUND, error.text());
                assertEquals(SideEffect.NONE, error.sideEffect());
                assertFalse(error.kind().isRetryable());
            }
            assertEquals(List.of(), at.cloud.sharedWith(id));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSharedImageIsNotDeleted(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            at.account.images().take(Duration.ZERO);
            String id = at.create("web-1");
            at.cloud.share(id, List.of("100012345678"));
            // ENS documents no such refusal.
            if (kind != TestCloud.ALIBABA_ENS) {
                CloudError error = error(() -> at.cloud.delete(id));
                assertFalse(error.kind().isRetryable(), error.text());
                assertEquals(1, at.account.images().all().size());
            }

            at.cloud.unshare(id, List.of("100012345678"));
            at.cloud.delete(id);
            assertEquals(List.of(), at.account.images().all());
        }
    }

    @ParameterizedTest
    @EnumSource
    void asManyAccountsAsACallTakesAreShared(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            at.account.images().take(Duration.ZERO);
            String id = at.create("web-1");
            List<String> accounts = IntStream.range(
                            0, at.provider.capabilities().sharing().perCall())
                    .mapToObj(number -> Long.toString(100_012_345_000L + number))
                    .toList();

            at.cloud.share(id, accounts);

            assertEquals(accounts, at.cloud.sharedWith(id).stream().sorted().toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInstanceIsStoppedAndStarted(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String instance = at.running();
            assertEquals(PowerState.RUNNING, at.cloud.powerState(instance));
            at.cloud.stop(instance);
            assertEquals(PowerState.CHANGING, at.cloud.powerState(instance));
            // ENS documents no refusal of an instance that is changing.
            if (kind != TestCloud.ALIBABA_ENS) {
                assertEquals(
                        ErrorKind.BUSY,
                        error(() -> at.cloud.create(at.request("web-1", instance), "token"))
                                .kind());
            }
            time.pass(Duration.ofMinutes(1));
            assertEquals(PowerState.STOPPED, at.cloud.powerState(instance));
            at.cloud.start(instance);
            time.pass(Duration.ofMinutes(1));
            assertEquals(PowerState.RUNNING, at.cloud.powerState(instance));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownInstanceIsNotFound(TestCloud kind) {
        try (Connected at = connect(kind)) {
            String none = unknown(at.source());

            CloudError missing = error(() -> at.cloud.create(at.request("web-1", none), "token"));
            assertEquals(ErrorKind.NOT_FOUND, missing.kind());
            assertEquals(SideEffect.NONE, missing.sideEffect());
            assertNotNull(missing.code());
            assertEquals(
                    ErrorKind.NOT_FOUND, error(() -> at.cloud.powerState(none)).kind());
            assertEquals(ErrorKind.NOT_FOUND, error(() -> at.cloud.stop(none)).kind());
            assertEquals(ErrorKind.NOT_FOUND, error(() -> at.cloud.start(none)).kind());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNameThatIsTakenIsRefusedWhereNamesAreUnique(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            at.account.images().take(Duration.ZERO);
            at.create("web-1");
            if (at.provider.capabilities().uniqueNames()) {
                CloudError taken = error(() -> at.cloud.create(at.request("web-1"), "another token"));

                assertEquals(ErrorKind.NAME_TAKEN, taken.kind());
                assertEquals(SideEffect.NONE, taken.sideEffect());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNameThatIsTooLongIsAnsweredWithAValidOne(TestCloud kind) {
        try (Connected at = connect(kind)) {
            String offered = at.request("feature/login-42 ".repeat(20)).problems().stream()
                    .map(problem -> OFFER.matcher(problem.message()))
                    .filter(Matcher::find)
                    .map(offer -> offer.group(1))
                    .findFirst()
                    .orElseThrow();

            assertTrue(offered.startsWith("feature-login"), offered);
            assertEquals(List.of(), at.request(offered).problems());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenMakesOneImageWhereThereAreTokens(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String first = at.create("web-1");
            if (at.provider.capabilities().idempotencyToken()) {
                assertEquals(first, at.create("web-1"));
                assertEquals(1, at.account.images().all().size());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theProbeNeedsOnePermissionAndMakesOneCall(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String permission = at.cloud.probe();

            assertTrue(at.provider.permissions().always().contains(permission), permission);
            assertEquals(List.of(Connected.action(permission)), at.server.calls());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongKeyIsAnAuthenticationErrorThatShowsNothing(TestCloud kind) {
        try (Connected at = connect(kind)) {
            AccessKey key = at.account.key();
            CloudError wrongSecret = error(at.with(new AccessKey(key.id(), "a wrong secret", null))::probe);
            CloudError wrongId = error(at.with(new AccessKey("AKIDnobody", "a wrong secret", null))::probe);

            for (CloudError error : List.of(wrongSecret, wrongId)) {
                assertEquals(ErrorKind.AUTHENTICATION, error.kind());
                assertEquals(SideEffect.NONE, error.sideEffect());
                assertFalse(error.text().contains(key.id()), error.text());
                assertFalse(error.text().contains("AKIDnobody"), error.text());
                assertFalse(error.text().matches("(?s).*[0-9a-f]{64}.*"), error.text());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTemporaryKeySendsItsToken(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            at.account.fake().requireToken("session-token");

            assertEquals(ErrorKind.AUTHENTICATION, error(at.cloud::probe).kind());
            AccessKey key = at.account.key();
            at.with(new AccessKey(key.id(), key.secret(), "session-token")).probe();
        }
    }

    /** The clock of the fake and its Date header are the system's; the client's clock is an hour slow. */
    @ParameterizedTest
    @EnumSource
    void aWrongClockIsCorrectedOnceByTheServersDate(TestCloud kind) throws CloudException {
        Clock right = Clock.systemUTC();
        try (Connected at = new Connected(kind, right, Clock.offset(right, Duration.ofHours(-1)))) {
            at.cloud.create(at.request("web-1"), "token");
            at.cloud.probe();

            assertEquals(2, at.server.count(at.createAction()));
            assertEquals(3, at.server.calls().size());
            assertEquals(1, at.account.images().all().size());
        }
    }

    /**
     * The fake's clock is in the past, its Date header is not. JD Cloud has one code for a wrong time and a wrong key.
     */
    @ParameterizedTest
    @EnumSource
    void aClockThatNothingCorrectsIsReported(TestCloud kind) {
        try (Connected at = new Connected(kind, time, Clock.offset(time, Duration.ofHours(1)))) {
            assertEquals(
                    kind == TestCloud.JD_CLOUD ? ErrorKind.AUTHENTICATION : ErrorKind.CLOCK_SKEW,
                    error(at.cloud::probe).kind());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThrottledCreateHasNoEffect(TestCloud kind) {
        try (Connected at = connect(kind)) {
            at.server.faults().next(at.createAction(), Fault.THROTTLED);

            CloudError error = error(() -> at.cloud.create(at.request("web-1"), "token"));

            assertEquals(ErrorKind.THROTTLED, error.kind());
            assertEquals(SideEffect.NONE, error.sideEffect());
            assertEquals(List.of(), at.account.images().all());
        }
    }

    private static Stream<Arguments> each(Fault... faults) {
        return Arrays.stream(TestCloud.values())
                .flatMap(kind -> Arrays.stream(faults).map(fault -> Arguments.of(kind, fault)));
    }

    static Stream<Arguments> lostAnswers() {
        return each(Fault.LOSE_ANSWER, Fault.GATEWAY_AFTER, Fault.BROKEN_JSON, Fault.ENDLESS);
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void aLostAnswerLeavesTheOutcomeOpenAndTheCreateIsSentOnce(TestCloud kind, Fault fault) {
        try (Connected at = connect(kind)) {
            at.server.faults().next(at.createAction(), fault);

            CloudError error = error(() -> at.cloud.create(at.request("web-1"), "token"));

            assertEquals(SideEffect.POSSIBLE, error.sideEffect(), error.text());
            assertTrue(error.kind().isRetryable(), error.text());
            assertEquals(1, at.account.images().all().size());
            assertEquals(1, at.server.count(at.createAction()));
        }
    }

    static Stream<Arguments> breaksBefore() {
        return each(Fault.RESET_BEFORE, Fault.UNAVAILABLE_BEFORE);
    }

    @ParameterizedTest
    @MethodSource("breaksBefore")
    void aCreateIsNotSentAgainBehindOurBack(TestCloud kind, Fault fault) {
        try (Connected at = connect(kind)) {
            at.server.faults().next(at.createAction(), fault);

            CloudError error = error(() -> at.cloud.create(at.request("web-1"), "token"));

            assertEquals(ErrorKind.UNAVAILABLE, error.kind());
            assertEquals(SideEffect.POSSIBLE, error.sideEffect());
            assertEquals(1, at.server.count(at.createAction()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasNeverSentWasNeverDone(TestCloud kind) {
        Connected at = connect(kind);
        at.close();

        CloudError error = error(() -> at.cloud.create(at.request("web-1"), "token"));

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
    }
}
