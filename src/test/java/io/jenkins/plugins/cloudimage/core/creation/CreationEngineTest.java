package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole creations in a fake Tencent Cloud, hours of them in no time. */
class CreationEngineTest {
    private static final String FIND_OR_POLL = "DescribeImages";
    private static final String CREATE = "CreateImage";

    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    private EngineRig rig;

    @BeforeEach
    void start() {
        rig = new EngineRig(folder, 1);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void assertOneImage(Creation end) {
        assertEquals(Outcome.READY, end.outcome(), end.toString());
        assertEquals(rig.imageIds(), List.of(end.imageId()));
        assertNull(end.problem());
    }

    private static CloudError error(Creation end, Outcome outcome, ErrorKind kind) {
        assertEquals(outcome, end.outcome(), end.toString());
        CloudError error = end.problem();
        assertNotNull(error);
        assertEquals(kind, error.kind(), error.text());
        return error;
    }

    private String ledgerText() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    @Test
    void anImageIsMadeWithOneCreate() {
        Instant start = rig.time.instant();

        Creation end = rig.finish(rig.start("web-1"));

        assertOneImage(end);
        assertEquals(1, rig.server.count(CREATE));
        assertEquals("NORMAL", end.image().cloudState());
        assertFalse(end.submission().requestId().isEmpty());
        Duration took = Duration.between(start, end.ending().at());
        assertTrue(took.compareTo(Duration.ofMinutes(10).plus(EngineRig.POLL)) <= 0, took.toString());
    }

    @Test
    void theListenerHearsOfAllInOrderAndOfTheEndOnce() {
        Creation end = rig.finish(rig.start("web-1"));
        rig.time.pass(Duration.ofHours(2));

        assertEquals(List.of(Phase.PLANNED, Phase.SUBMITTING, Phase.BUILDING, Phase.DONE), rig.phasesHeard());
        assertEquals(
                Arrays.asList(null, "CREATING", "NORMAL"),
                rig.heard.stream()
                        .map(Creation::image)
                        .filter(Objects::nonNull)
                        .map(ImageStatus::cloudState)
                        .distinct()
                        .toList());
        assertEquals(end, rig.heard.get(rig.heard.size() - 1));
        assertEquals(1, rig.heard.stream().filter(Creation::done).count());
    }

    @Test
    void idAndEndAreSavedBeforeTheListenerHearsOfThem() {
        List<Creation> unsaved = new ArrayList<>();
        Creation creation = rig.plan(EngineRig.request("web-1", false), EngineRig.TIMEOUT);
        rig.engine.run(creation, news -> {
            rig.heard.add(news);
            if (news.image() != null && !news.essence().equals(rig.saved(news).essence())) {
                unsaved.add(news);
            }
        });

        rig.finish(creation);

        assertEquals(Phase.DONE, rig.heard.get(rig.heard.size() - 1).phase());
        assertEquals(List.of(), unsaved);
    }

    @Test
    void eachRecordIsSavedBeforeTheCallThatItStandsFor() {
        List<String> calls = new ArrayList<>();
        Creation creation = rig.plan(EngineRig.request("web-1", false), EngineRig.TIMEOUT);
        rig.onRequest = action -> calls.add(rig.saved(creation).phase() + " " + action);

        rig.run(creation);
        rig.finish(creation);

        assertEquals(
                List.of("PLANNED " + FIND_OR_POLL, "SUBMITTING " + CREATE, "BUILDING " + FIND_OR_POLL),
                calls.stream().distinct().toList());
    }

    @Test
    void aListenerThatFailsHarmsNothing() {
        Creation creation = rig.plan(EngineRig.request("web-1", false), EngineRig.TIMEOUT);
        rig.engine.run(creation, news -> {
            throw new IllegalStateException("on purpose");
        });

        assertOneImage(rig.finish(creation));
    }

    @Test
    void aCreationRunsOnlyOnceAtATime() {
        Creation creation = rig.start("web-1");
        rig.run(creation);
        rig.until(creation, Phase.BUILDING);
        rig.run(rig.saved(creation));

        assertOneImage(rig.finish(creation));
        assertEquals(1, rig.server.count(CREATE));
        assertEquals(1, rig.heard.stream().filter(Creation::done).count());
    }

    @Test
    void noSecretIsInTheLedger() throws IOException {
        rig.connector = creation -> rig.connection(new AccessKey(EngineRig.KEY.id(), "wrong-s3cr3t", "t0k3n"));
        rig.finish(rig.start("web-1"));
        rig.connector = creation -> rig.connection(EngineRig.KEY);
        rig.server.faults().next(CREATE, Fault.LOSE_ANSWER);
        rig.finish(rig.start("web-2"));

        String text = ledgerText();
        assertTrue(text.contains("AUTHENTICATION"), text);
        for (String secret :
                List.of(FakeTencentCloud.SECRET_ID, FakeTencentCloud.SECRET_KEY, "s3cr3t", "t0k3n", "Signature=")) {
            assertFalse(text.contains(secret), secret);
        }
    }

    @Test
    void aDryRunMakesNoImage() {
        Creation creation = rig.plan(EngineRig.request("web-1", true), EngineRig.TIMEOUT);
        rig.run(creation);

        Creation end = rig.finish(creation);

        assertEquals(Outcome.DRY_RUN_PASSED, end.outcome());
        assertNull(end.imageId());
        assertEquals(List.of(), rig.imageIds());
    }

    // Names

    @Test
    void aNameThatIsTakenIsToldAndNothingIsSent() {
        rig.finish(rig.start("web-1"));

        Creation second = rig.finish(rig.start("web-1"));

        assertTrue(error(second, Outcome.FAILED, ErrorKind.NAME_TAKEN)
                .message()
                .endsWith(rig.imageIds().get(0)));
        assertEquals(1, rig.server.count(CREATE));
    }

    @Test
    void ofTwoCreationsOfOneNameTheSecondEndsAtOnce() {
        Creation first = rig.start("web-1");
        Creation second = rig.start("web-1");

        error(rig.finish(second), Outcome.FAILED, ErrorKind.NAME_TAKEN);
        assertOneImage(rig.finish(first));
        assertEquals(1, rig.server.count(CREATE));
    }

    @Test
    void aNameIsFreeAgainOnceItsCreationHasEnded() {
        Creation first = rig.start("web-1");
        rig.until(first, Phase.SUBMITTING);
        rig.engine.abort(first.key());
        assertEquals(Outcome.ABORTED, rig.finish(first).outcome());

        assertOneImage(rig.finish(rig.start("web-1")));
    }

    @Test
    void aNameThatAnotherTookInTheMeantimeIsNotOurs() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.SUBMITTING);
        rig.onRequest = action -> {
            if (action.equals(CREATE)) {
                // Between our look and our create somebody else made it.
                rig.onRequest = none -> {};
                createBehindOurBack(rig, "web-1");
            }
        };

        Creation end = rig.finish(creation);

        error(end, Outcome.FAILED, ErrorKind.NAME_TAKEN);
        assertNull(end.imageId());
    }

    private static void createBehindOurBack(EngineRig rig, String name) {
        try {
            rig.clouds.connect(rig.connection(EngineRig.KEY)).create(EngineRig.request(name, false), "t");
        } catch (CloudException e) {
            throw new AssertionError(e);
        }
    }

    // Doubt

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOSE_ANSWER", "GATEWAY_AFTER", "BROKEN_JSON", "BODY_CUT", "ENDLESS"})
    void aLostAnswerLeadsToTheOneImage(Fault fault) {
        rig.server.faults().next(CREATE, fault);

        Creation end = rig.finish(rig.start("web-1"));

        assertOneImage(end);
        assertEquals(1, rig.server.count(CREATE));
        assertTrue(end.submission().wasInDoubt());
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET_BEFORE", "UNAVAILABLE_BEFORE"})
    void aCreateThatNeverArrivedIsSentAgainAfterTheGrace(Fault fault) {
        rig.server.faults().next(CREATE, fault);
        Instant start = rig.time.instant();
        Creation creation = rig.start("web-1");

        rig.until(creation, Phase.BUILDING);

        assertTrue(!rig.time.instant().isBefore(start.plus(Reconciler.GRACE)));
        assertOneImage(rig.finish(creation));
        assertEquals(2, rig.server.count(CREATE));
    }

    @Test
    void anImageThatIsListedLateIsFoundWithinTheGrace() {
        rig.images().listAfter(Duration.ofSeconds(110));
        rig.server.faults().next(CREATE, Fault.LOSE_ANSWER);

        assertOneImage(rig.finish(rig.start("web-1")));
        assertEquals(1, rig.server.count(CREATE));
    }

    /** The second create finds the name taken: by our own first one. */
    @Test
    void anImageThatIsListedEvenLaterIsFoundByItsName() {
        rig.images().listAfter(Duration.ofMinutes(3));
        rig.server.faults().next(CREATE, Fault.LOSE_ANSWER);

        assertOneImage(rig.finish(rig.start("web-1")));
        assertEquals(2, rig.server.count(CREATE));
    }

    @Test
    void anImageWithoutIdIsFoundByItsName() {
        rig.tencent().nameNoId();
        rig.images().listAfter(Duration.ofMinutes(1));

        Creation end = rig.finish(rig.start("web-1"));

        assertOneImage(end);
        assertEquals(
                List.of(Phase.PLANNED, Phase.SUBMITTING, Phase.LOCATING, Phase.BUILDING, Phase.DONE),
                rig.phasesHeard());
        assertEquals(1, rig.server.count(CREATE));
    }

    /** Builds resume one after the other; a new one may come before that whose image is in doubt. */
    @Test
    void aNameInDoubtIsKeptForTheCreationThatHasNotResumedYet() {
        rig.close();
        rig = new EngineRig(folder, 1, TestCloud.ALIBABA_ENS);
        rig.account.instances().add("i-1");
        rig.images().listAfter(Duration.ofSeconds(90));
        rig.server.faults().next(CREATE, Fault.LOSE_ANSWER);
        Creation first = rig.plan(rig.cloud.request("web-1", "i-1"), EngineRig.TIMEOUT);
        rig.run(first);
        rig.time.runUntil(() -> rig.server.count(CREATE) == 1);
        rig.restart(folder);
        Creation second = rig.plan(rig.cloud.request("web-1", "i-1"), EngineRig.TIMEOUT);
        rig.run(second);
        rig.time.pass(Duration.ofMinutes(1));
        assertEquals(ErrorKind.BUSY, rig.live(second).problem().kind());

        rig.run(rig.saved(first));

        assertOneImage(rig.finish(first));
        error(rig.finish(second), Outcome.FAILED, ErrorKind.NAME_TAKEN);
        assertEquals(1, rig.server.count(CREATE));
    }

    // Conditions that pass

    @Test
    void throttlingIsWaitedOutWithGrowingPauses() {
        rig.server.faults().next(CREATE, Fault.THROTTLED, Fault.THROTTLED, Fault.THROTTLED, Fault.THROTTLED);
        List<Instant> sent = new ArrayList<>();
        rig.onRequest = action -> {
            if (action.equals(CREATE)) {
                sent.add(rig.time.instant());
            }
        };

        assertOneImage(rig.finish(rig.start("web-1")));

        List<Long> pauses = IntStream.range(1, sent.size())
                .mapToObj(i -> Duration.between(sent.get(i - 1), sent.get(i)).toMillis())
                .toList();
        assertEquals(4, pauses.size());
        for (int i = 0; i < 4; i++) {
            long middle = 2000L << i;
            assertTrue(pauses.get(i) >= middle * 0.8 && pauses.get(i) <= middle * 1.2, pauses.toString());
        }
    }

    @Test
    void aBusyMachineIsWaitedFor() throws Exception {
        rig.clouds.connect(rig.connection(EngineRig.KEY)).stop(EngineRig.INSTANCE);

        assertOneImage(rig.finish(rig.start("web-1")));
        assertTrue(rig.server.count(CREATE) > 1);
    }

    @Test
    void whatIsWaitedOutIsTold() {
        rig.server.faults().next(CREATE, Fault.THROTTLED);
        rig.finish(rig.start("web-1"));

        assertEquals(
                List.of(ErrorKind.THROTTLED),
                rig.heard.stream()
                        .filter(news -> news.problem() != null)
                        .map(news -> news.problem().kind())
                        .toList());
    }

    @Test
    void manyCreatesStayWithinTheDocumentedRate() {
        List<Instant> sent = new ArrayList<>();
        rig.onRequest = action -> {
            if (action.equals(CREATE)) {
                sent.add(rig.time.instant());
            }
        };
        List<Creation> creations =
                IntStream.range(0, 30).mapToObj(i -> rig.start("web-" + i)).toList();

        creations.forEach(rig::finish);

        assertEquals(30, sent.size());
        for (int i = 10; i < sent.size(); i++) {
            assertFalse(sent.get(i).isBefore(sent.get(i - 10).plusSeconds(1)));
        }
    }

    @Test
    void looksStayWithinTheHalfOfTheRateThatThePollerLeaves() {
        List<Instant> sent = new ArrayList<>();
        rig.onRequest = action -> {
            if (action.equals(FIND_OR_POLL)) {
                sent.add(rig.time.instant());
            }
        };
        List<Creation> creations =
                IntStream.range(0, 100).mapToObj(i -> rig.start("web-" + i)).toList();

        rig.time.pass(Duration.ofSeconds(20));

        assertEquals(100, sent.size());
        for (int i = 20; i < sent.size(); i++) {
            assertFalse(sent.get(i).isBefore(sent.get(i - 20).plusSeconds(1)), sent.toString());
        }
        creations.forEach(rig::finish);
    }

    @Test
    void whoWaitsForItsTurnAtTheDeadlineTimesOutThen() {
        Duration shortly = Duration.ofSeconds(2);
        List<Creation> creations = IntStream.range(0, 100)
                .mapToObj(i -> rig.plan(EngineRig.request("web-" + i, false), shortly))
                .toList();
        creations.forEach(rig::run);

        rig.time.pass(shortly);

        Creation last = rig.saved(creations.get(99));
        assertEquals(Outcome.TIMED_OUT, last.outcome());
        assertEquals(last.plan().deadline(), last.ending().at());
        assertTrue(rig.server.count(FIND_OR_POLL) <= 41);
    }

    // The wait

    @Test
    void aFailedImageEndsTheWaitAtOnce() {
        rig.images().fail(true);
        rig.images().take(Duration.ofMinutes(5));

        Creation end = rig.finish(rig.start("web-1"));

        CloudError error = error(end, Outcome.FAILED, ErrorKind.FAILED_IMAGE);
        assertEquals("The image " + rig.imageIds().get(0) + " has the state CREATEFAILED", error.message());
        assertEquals(rig.imageIds().get(0), end.imageId());
        assertTrue(Duration.between(end.plan().started(), end.ending().at()).compareTo(Duration.ofMinutes(6)) < 0);
    }

    @Test
    void anImageThatVanishesEndsTheWait() {
        Creation creation = rig.start("web-1");
        rig.time.runUntil(() ->
                rig.live(creation).image() != null && rig.live(creation).image().cloudState() != null);
        rig.images().remove(rig.imageIds().get(0));
        Instant vanished = rig.time.instant();

        Creation end = rig.finish(creation);

        assertTrue(error(end, Outcome.FAILED, ErrorKind.FAILED_IMAGE)
                .message()
                .endsWith("does not exist any more; its last state was CREATING"));
        assertFalse(end.ending().at().isBefore(vanished.plus(Building.GONE_AFTER)));
    }

    @Test
    void anImageThatIsNotListedYetIsNotGone() {
        rig.images().listAfter(Duration.ofMinutes(5));

        assertOneImage(rig.finish(rig.start("web-1")));
    }

    @Test
    void failedPollsEndNoWait() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        for (Fault fault : Fault.values()) {
            if (fault.cheap()) {
                rig.server.faults().next(FIND_OR_POLL, fault, fault);
            }
        }

        assertOneImage(rig.finish(creation));
    }

    @Test
    void anImageThatTakesTooLongTimesOut() {
        rig.images().take(Duration.ofHours(3));

        Creation end = rig.finish(rig.start("web-1"));

        assertEquals(Outcome.TIMED_OUT, end.outcome());
        assertEquals(rig.imageIds().get(0), end.imageId());
        Duration late = Duration.between(end.plan().deadline(), end.ending().at());
        assertTrue(!late.isNegative() && late.compareTo(EngineRig.POLL) <= 0, late.toString());
    }

    @Test
    void aCloudThatIsGoneTimesOutWithTheReason() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        rig.server.close();

        Creation end = rig.finish(creation);

        error(end, Outcome.TIMED_OUT, ErrorKind.UNAVAILABLE);
    }

    // Death and resumption

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"PLANNED", "SUBMITTING", "BUILDING"})
    void aKilledProcessIsSucceededInEachPhase(Phase phase) {
        Creation creation = rig.start("web-1");
        rig.until(creation, phase);
        rig.resumeAll(folder);

        assertOneImage(rig.finish(creation));
        assertEquals(1, rig.server.count(CREATE));
    }

    @Test
    void aKilledProcessIsSucceededWhileTheImageIsLocated() {
        rig.tencent().nameNoId();
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.LOCATING);
        rig.resumeAll(folder);

        assertOneImage(rig.finish(creation));
        assertEquals(1, rig.server.count(CREATE));
    }

    @Test
    void anEndIsDeliveredAgain() {
        Creation creation = rig.start("web-1");
        Creation end = rig.finish(creation);
        long calls = rig.server.calls().size();
        rig.heard.clear();
        rig.resumeAll(folder);
        rig.time.pass(Duration.ofHours(1));

        assertEquals(List.of(end), rig.heard);
        assertEquals(calls, rig.server.calls().size());
    }

    @Test
    void whoWakesUpAfterTheDeadlineLooksOnceFirst() {
        Creation ready = rig.start("web-1");
        rig.until(ready, Phase.BUILDING);
        rig.die();
        rig.time.pass(Duration.ofHours(5));
        rig.resumeAll(folder);

        assertOneImage(rig.finish(ready));
    }

    @Test
    void whoWakesUpAfterTheDeadlineLooksOnlyOnce() {
        rig.images().take(Duration.ofHours(9));
        Creation late = rig.start("web-1");
        rig.time.runUntil(() -> rig.saved(late).phase() == Phase.BUILDING);
        long calls = rig.server.calls().size();
        rig.die();
        rig.time.pass(Duration.ofHours(5));
        rig.resumeAll(folder);

        Creation end = rig.finish(late);

        assertEquals(Outcome.TIMED_OUT, end.outcome());
        assertEquals(calls + 1, rig.server.calls().size());
        assertEquals("CREATING", end.image().cloudState());
    }

    @Test
    void whoWakesUpAfterTheDeadlineBeginsNothing() {
        Creation creation = rig.plan(EngineRig.request("web-1", false), EngineRig.TIMEOUT);
        rig.time.pass(Duration.ofHours(5));
        rig.resumeAll(folder);

        assertEquals(Outcome.TIMED_OUT, rig.finish(creation).outcome());
        assertEquals(List.of(FIND_OR_POLL), rig.server.calls());
    }

    @Test
    void whoWakesUpAfterTheDeadlineStillFindsALostImage() {
        rig.server.faults().next(CREATE, Fault.LOSE_ANSWER);
        Creation creation = rig.start("web-1");
        rig.time.runUntil(() -> rig.server.count(CREATE) == 1);
        rig.die();
        rig.time.pass(Duration.ofHours(5));
        rig.resumeAll(folder);

        assertOneImage(rig.finish(creation));
        assertEquals(1, rig.server.count(CREATE));
    }

    // Abort

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"PLANNED", "SUBMITTING"})
    void anAbortBeforeTheCreateSendsNothing(Phase phase) {
        Creation creation = rig.start("web-1");
        rig.until(creation, phase);
        Instant aborted = rig.time.instant();
        rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(aborted, end.ending().at());
        rig.time.pass(Duration.ofHours(1));
        assertEquals(0, rig.server.count(CREATE));
        assertEquals(1, rig.heard.stream().filter(Creation::done).count());
    }

    @Test
    void anAbortWhileACreateIsUnderWayKeepsItsId() {
        Creation creation = rig.start("web-1");
        rig.onRequest = action -> {
            if (action.equals(CREATE)) {
                rig.engine.abort(creation.key());
            }
        };

        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(rig.imageIds(), List.of(end.imageId()));
        assertEquals(1, rig.server.count(CREATE));
    }

    @Test
    void anAbortWhileACreateIsLostIsInDoubtUntilTheImageIsFound() {
        rig.server.faults().next(CREATE, Fault.LOSE_ANSWER);
        Creation creation = rig.start("web-1");
        rig.onRequest = action -> {
            if (action.equals(CREATE)) {
                rig.engine.abort(creation.key());
            }
        };

        Creation end = rig.finish(creation);

        Creation told = rig.heard.stream().filter(Creation::ended).findFirst().orElseThrow();
        assertEquals(Outcome.ABORTED, told.outcome());
        assertTrue(told.submission().left());
        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(rig.imageIds(), List.of(end.imageId()));
    }

    @Test
    void anAbortWhileTheImageIsLocatedKeepsTheRequest() {
        rig.tencent().nameNoId();
        rig.images().listAfter(Duration.ofMinutes(5));
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.LOCATING);
        rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertFalse(end.submission().requestId().isEmpty());
    }

    @Test
    void anAbortWhileTheImageIsMadeEndsThePolls() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        rig.time.pass(Duration.ofMinutes(2));
        Instant aborted = rig.time.instant();
        rig.engine.abort(creation.key());
        rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);
        long calls = rig.server.calls().size();
        rig.time.pass(Duration.ofHours(1));

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(aborted, end.ending().at());
        assertEquals(rig.imageIds(), List.of(end.imageId()));
        assertEquals(calls, rig.server.calls().size());
        assertEquals(1, rig.heard.stream().filter(Creation::done).count());
    }

    @Test
    void anAbortDuringAPollLeavesOneEnd() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        rig.time.pass(Duration.ofMinutes(10).minusSeconds(1));
        rig.onRequest = action -> rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);
        rig.time.pass(Duration.ofHours(1));

        assertEquals(1, rig.heard.stream().filter(Creation::done).count());
        assertEquals(end, rig.heard.get(rig.heard.size() - 1));
    }

    @Test
    void anAbortDuringABackOffEndsAtOnce() {
        rig.server.faults().next(CREATE, Fault.THROTTLED);
        Creation creation = rig.start("web-1");
        rig.time.runUntil(() -> rig.live(creation).problem() != null);
        Instant aborted = rig.time.instant();
        rig.engine.abort(creation.key());

        assertEquals(aborted, rig.finish(creation).ending().at());
        rig.time.pass(Duration.ofHours(1));
        assertEquals(1, rig.server.count(CREATE));
    }

    @Test
    void anAbortOfTheUnknownOrEndedDoesNothing() {
        rig.engine.abort("unknown");
        Creation creation = rig.start("web-1");
        Creation end = rig.finish(creation);
        rig.engine.abort(creation.key());
        rig.time.pass(Duration.ofHours(1));

        assertEquals(end, rig.saved(creation));
    }

    @Test
    void anAbortGivesUpAReadThatIsUnderWay() {
        rig.server.faults().next(FIND_OR_POLL, Fault.STALLED);
        Creation creation = rig.start("web-1");
        rig.onRequest = action -> rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(List.of(FIND_OR_POLL), rig.server.calls());
        // That a read failed is not told.
        assertEquals(List.of(Phase.PLANNED, Phase.DONE), rig.phasesHeard());
    }

    // Keys

    @Test
    void aWrongKeyIsToldAtOnce() {
        rig.connector = creation -> rig.connection(new AccessKey(EngineRig.KEY.id(), "wrong", null));

        Creation end = rig.finish(rig.start("web-1"));

        assertEquals(
                "AuthFailure.SignatureFailure",
                error(end, Outcome.FAILED, ErrorKind.AUTHENTICATION).code());
        assertEquals(List.of(FIND_OR_POLL), rig.server.calls());
    }

    @Test
    void aKeyThatIsNotThereIsTold() {
        rig.connector = creation -> {
            throw CloudError.of(ErrorKind.AUTHENTICATION, Acted.NO)
                    .message("There is no credential")
                    .exception();
        };

        assertEquals(
                "There is no credential",
                error(rig.finish(rig.start("web-1")), Outcome.FAILED, ErrorKind.AUTHENTICATION)
                        .message());
    }

    @Test
    void aConnectorThatBreaksIsAskedUntilTheDeadline() {
        rig.connector = creation -> {
            throw new NoClassDefFoundError("on purpose");
        };

        CloudError error = error(rig.finish(rig.start("web-1")), Outcome.TIMED_OUT, ErrorKind.UNAVAILABLE);

        assertTrue(error.message().contains("on purpose"), error.message());
    }

    /** Keeps the moments at which the key is looked up once the wait has begun. */
    private List<Instant> lookUps(Creation creation, AccessKey key) {
        rig.until(creation, Phase.BUILDING);
        rig.time.pass(Duration.ofSeconds(1));
        List<Instant> lookUps = new ArrayList<>();
        rig.connector = ignored -> {
            lookUps.add(rig.time.instant());
            return rig.connection(key);
        };
        return lookUps;
    }

    @Test
    void theKeyIsLookedUpAgainAtOnceWhenTheCloudRefusesIt() {
        Creation creation = rig.start("web-1");
        Instant begun = rig.time.instant();
        List<Instant> lookUps =
                lookUps(creation, new AccessKey(EngineRig.KEY.id(), EngineRig.KEY.secret(), "new-token"));
        rig.tencent().requireToken("new-token");

        assertOneImage(rig.finish(creation));
        assertEquals(begun.plus(EngineRig.POLL), lookUps.get(0));
    }

    @Test
    void theKeyIsLookedUpEveryFiveMinutesAndNoOftener() {
        rig.images().take(Duration.ofMinutes(30));
        Creation creation = rig.start("web-1");
        Instant begun = rig.time.instant();
        List<Instant> lookUps = lookUps(creation, EngineRig.KEY);

        rig.finish(creation);

        assertEquals(5, lookUps.size());
        Instant last = begun;
        for (Instant lookUp : lookUps) {
            Duration pause = Duration.between(last, lookUp);
            assertTrue(pause.compareTo(Duration.ofMinutes(5)) >= 0, pause.toString());
            assertTrue(pause.compareTo(Duration.ofMinutes(6)) <= 0, pause.toString());
            last = lookUp;
        }
    }

    @Test
    void theKeyIsLookedUpWhileTheImageIsNotListed() {
        rig.images().listAfter(Duration.ofMinutes(20));
        Creation creation = rig.start("web-1");
        List<Instant> lookUps = lookUps(creation, EngineRig.KEY);

        rig.finish(creation);

        assertTrue(lookUps.size() >= 3, lookUps.toString());
    }

    @Test
    void aKeyThatCannotBeLookedUpForAWhileEndsNoWait() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        rig.time.pass(Duration.ofMinutes(1));
        rig.connector = ignored -> {
            throw new IllegalStateException("on purpose");
        };

        assertOneImage(rig.finish(creation));
    }

    @Test
    void aReplacedKeyEndsThePollsOfTheOldOne() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        rig.time.pass(Duration.ofMinutes(1));
        rig.connector = ignored -> rig.connection(new AccessKey(EngineRig.KEY.id(), EngineRig.KEY.secret(), "more"));
        rig.tencent().requireToken("more");
        rig.time.pass(Duration.ofMinutes(2));
        int before = rig.server.calls().size();

        rig.time.pass(EngineRig.POLL.multipliedBy(4));

        assertEquals(before + 4, rig.server.calls().size());
    }

    // The disk

    @Test
    void withoutALedgerNoCreateIsSent() {
        Creation creation = rig.start("web-1");
        block(creation);

        Creation end = rig.finishLive(creation);

        assertEquals(Outcome.TIMED_OUT, end.outcome());
        assertEquals(0, rig.server.count(CREATE));
    }

    @Test
    void anIdThatCannotBeSavedAtOnceIsSavedLater() throws IOException {
        Creation creation = rig.start("web-1");
        rig.onRequest = action -> {
            if (action.equals(CREATE)) {
                block(creation);
            }
        };
        rig.time.pass(Duration.ofMinutes(20));
        assertEquals(Phase.SUBMITTING, rig.saved(creation).phase());
        Files.delete(folder.resolve(creation.key() + ".json.tmp"));

        assertOneImage(rig.finish(creation));
    }

    private void block(Creation creation) {
        try {
            Files.createDirectory(folder.resolve(creation.key() + ".json.tmp"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
