package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.Kind;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.State;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus.Ownership;
import io.jenkins.plugins.cloudimage.simulator.FakeInstances;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that wait for an administrator, and the results of the decisions. */
@Timeout(60)
class AdministrationTest {
    private static final Options DELETE =
            new Options(true, true, Options.OnIncomplete.DELETE, Options.IfNameExists.FAIL);

    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    @TempDir(factory = MemoryDisk.class)
    private Path parent;

    private EngineRig rig;
    private final List<Creation> told = new ArrayList<>();

    @BeforeEach
    void start() {
        rig = new EngineRig(folder, 1);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private Administration administration() {
        return rig.engine.administration();
    }

    private Administration.Status status(Creation creation) {
        return administration().overview().creations().stream()
                .filter(status -> status.creation().key().equals(creation.key()))
                .findFirst()
                .orElseThrow();
    }

    private boolean decided(CompletableFuture<Boolean> decision) {
        rig.time.runUntil(decision::isDone);
        return decision.join();
    }

    private void pass(Duration duration) {
        rig.time.pass(duration);
    }

    private Creation onDisk(Creation creation) {
        return rig.ledger.load(creation.key()).orElseThrow().creation();
    }

    /** A build is aborted while its image is made, and the controller dies before anything is cleaned up. */
    private Creation aborted() {
        Creation creation = rig.plan(EngineRig.request("web-1", false), DELETE, EngineRig.TIMEOUT);
        rig.run(creation);
        rig.until(creation, Phase.BUILDING);
        rig.engine.abort(creation.key());
        rig.time.runUntil(() -> onDisk(creation).ended());
        rig.die();
        return creation;
    }

    /** Another process finds the records in a copy of the folder. */
    private Path copy() throws IOException {
        Path copy = Files.createDirectory(parent.resolve("copy"));
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private Creation fenced() throws IOException {
        Creation creation = aborted();
        rig.restart(copy());
        rig.engine.cleanUp(creation.key(), told::add);
        pass(Duration.ofHours(1));
        return creation;
    }

    private long count(String action) {
        return rig.server.count(action);
    }

    @Test
    void aCopiedRecordChangesNothingUntilItIsReleased() throws IOException {
        Creation creation = fenced();

        assertTrue(status(creation).fenced());
        assertEquals(0, count("DeleteImages"));
        assertEquals(0, count("StartInstances"));

        assertTrue(decided(administration().releaseAll()));
        rig.time.runUntil(() -> rig.engine.find(creation.key()).orElseThrow().done());

        assertEquals(List.of(), rig.imageIds());
        assertEquals(1, count("StartInstances"));
    }

    @Test
    void aReleasedRecordIsAtHomeInItsNewFolder() throws IOException {
        Creation creation = fenced();
        Path copy = parent.resolve("copy");

        assertTrue(decided(administration().releaseAll()));
        rig.time.runUntil(() -> rig.ledger
                .home()
                .equals(rig.ledger.load(creation.key()).orElseThrow().home()));
        rig.restart(copy);

        assertFalse(status(creation).fenced());
    }

    @Test
    void aFenceOutlivesRestarts() {
        Creation creation = aborted();
        pass(Duration.ofHours(25));
        rig.restart(folder);
        rig.engine.cleanUp(creation.key(), told::add);
        pass(Duration.ofHours(7));
        rig.restart(folder);
        rig.engine.cleanUp(creation.key(), told::add);
        pass(Duration.ofHours(1));

        assertTrue(status(creation).fenced());
        assertEquals(0, count("DeleteImages"));
    }

    @Test
    void releasingNothingSaysSo() {
        assertFalse(decided(administration().releaseAll()));
    }

    @Test
    void aKeptImageStaysAndItsInstanceStillWaits() throws IOException {
        Creation creation = fenced();

        assertTrue(decided(administration().keep(creation.key(), null, told::add)));
        pass(Duration.ofHours(1));

        Creation kept = status(creation).creation();
        assertEquals(State.DONE, kept.task(Kind.DELETE_IMAGE).orElseThrow().state());
        assertEquals(State.OPEN, kept.task(Kind.START_INSTANCE).orElseThrow().state());
        assertEquals(Outcome.ABORTED, kept.outcome());
        assertTrue(status(creation).fenced());
        assertFalse(status(creation).mayKeep());
        assertEquals(1, rig.imageIds().size());
        assertEquals(kept, told.get(told.size() - 1));
        assertEquals(kept, onDisk(creation));
    }

    @Test
    void whatAnAdministratorCleansUpIsDoneAlthoughItIsFenced() throws IOException {
        Creation creation = fenced();
        assertEquals(rig.imageIds().get(0), status(creation).imageToDelete());

        assertTrue(decided(administration().cleanUp(creation.key(), null, told::add)));
        rig.time.runUntil(() -> rig.imageIds().isEmpty());
        rig.time.runUntil(() -> told.get(told.size() - 1).done());

        assertEquals(1, count("StartInstances"));
    }

    @Test
    void aForgottenRecordIsGoneAndNothingIsDone() throws IOException {
        Creation creation = fenced();
        long calls = rig.server.calls().size();

        assertTrue(decided(administration().forget(creation.key())));
        pass(Duration.ofHours(1));

        assertEquals(List.of(), administration().overview().creations());
        assertTrue(rig.ledger.load(creation.key()).isEmpty());
        assertEquals(calls, rig.server.calls().size());
        assertEquals(1, rig.imageIds().size());
    }

    @Test
    void nothingIsDecidedAboutWhatGoesItsWay() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);

        assertFalse(decided(administration().keep(creation.key(), null, told::add)));
        assertFalse(decided(administration().cleanUp(creation.key(), null, told::add)));
        assertFalse(decided(administration().forget(creation.key())));
        assertFalse(decided(administration().releaseAll()));
        assertEquals(Outcome.READY, rig.finish(creation).outcome());
    }

    /** A record with an unproven image, whose candidates may belong to anybody. */
    private Creation unproven(Outcome outcome, List<String> candidates) {
        Creation planned = rig.plan(EngineRig.request("web-1", false), EngineRig.TIMEOUT);
        Creation creation = planned.copy()
                .phase(Phase.DONE)
                .submission(planned.submission().leaving(null, rig.time.instant()))
                .candidates(candidates)
                .ending(new Ending(outcome, null, rig.time.instant()))
                .tasks(List.of(new CleanupTask(Kind.FIND_IMAGE, State.NEEDS_PERSON, null)))
                .build();
        rig.ledger.save(creation);
        rig.restart(folder);
        rig.engine.cleanUp(creation.key(), told::add);
        pass(Duration.ofMinutes(5));
        told.clear();
        return creation;
    }

    private String imageByHand() {
        return rig.images().create("web-1", EngineRig.INSTANCE).id();
    }

    @Test
    void aCandidateIsDeletedOnlyIfItIsNamed() {
        String first = imageByHand();
        String second = imageByHand();
        rig.images().finish();
        Creation creation = unproven(Outcome.FAILED, List.of(first));
        assertTrue(status(creation).needsDecision());
        assertNull(status(creation).imageToDelete());

        assertFalse(decided(administration().cleanUp(creation.key(), second, told::add)));
        assertTrue(decided(administration().cleanUp(creation.key(), first, told::add)));
        rig.time.runUntil(() -> told.size() > 0 && told.get(told.size() - 1).done());

        assertEquals(List.of(second), rig.imageIds());
        Creation done = told.get(told.size() - 1);
        assertEquals(Ownership.CONFIRMED, done.image().ownership());
        assertTrue(done.image().deleted());
        assertEquals(Outcome.FAILED, done.outcome());
    }

    @Test
    void aCandidateThatIsKeptIsToldToTheBuild() {
        String image = imageByHand();
        Creation creation = unproven(Outcome.ABORTED, List.of(image, "img-other"));

        assertTrue(decided(administration().keep(creation.key(), image, told::add)));
        pass(Duration.ofHours(1));

        Creation kept = told.get(told.size() - 1);
        assertEquals(image, kept.imageId());
        assertEquals(Outcome.ABORTED, kept.outcome());
        assertTrue(kept.done());
        assertEquals(List.of(image), rig.imageIds());
        assertFalse(decided(administration().cleanUp(creation.key(), image, told::add)));
    }

    @Test
    void whatWasKeptWithoutAnImageIsOver() {
        Creation creation = unproven(Outcome.FAILED, List.of());

        assertTrue(decided(administration().keep(creation.key(), null, told::add)));
        pass(Duration.ofMinutes(1));

        assertTrue(told.get(told.size() - 1).done());
        assertFalse(rig.engine.creations().stream().anyMatch(Creation::needsPerson));
    }

    @Test
    void aTaskThatWaitsForAPersonIsTriedForAnotherDay() {
        Creation creation = unproven(Outcome.FAILED, List.of());

        assertTrue(decided(administration().cleanUp(creation.key(), null, told::add)));
        pass(Duration.ofHours(23));

        assertEquals(
                State.OPEN,
                status(creation).creation().task(Kind.FIND_IMAGE).orElseThrow().state());
        assertTrue(status(creation).nextAttempt().isAfter(rig.time.instant()));
    }

    @Test
    void anUnfinishedRecordThatIsFencedIsAbandonedByTheDecision() throws IOException {
        Creation creation = rig.plan(EngineRig.request("web-1", false), DELETE, EngineRig.TIMEOUT);
        rig.run(creation);
        rig.time.runUntil(() -> onDisk(creation).phase() == Phase.BUILDING);
        rig.die();
        rig.restart(copy());
        assertEquals(rig.imageIds().get(0), status(creation).imageToDelete());

        assertTrue(decided(administration().cleanUp(creation.key(), null, told::add)));
        rig.time.runUntil(() -> rig.imageIds().isEmpty());

        assertEquals(Outcome.ABANDONED, status(creation).creation().outcome());
        rig.time.runUntil(
                () -> rig.tencent().instances().power(EngineRig.INSTANCE).orElseThrow() == FakeInstances.Power.RUNNING);
    }

    /** What is left to do after an abort cannot be done, because somebody stored a wrong key. */
    private Creation refused() {
        return aborted(rig.connection(new AccessKey(EngineRig.KEY.id(), "a-wrong-secret-key", null)));
    }

    /** An image is to be deleted with a connection that does not work. */
    private Creation aborted(CloudConnection broken) {
        rig.images().take(Duration.ofHours(2));
        Creation creation = rig.plan(EngineRig.request("web-1", false), DELETE, EngineRig.TIMEOUT);
        rig.run(creation);
        rig.until(creation, Phase.BUILDING);
        rig.connector = each -> broken;
        pass(Duration.ofMinutes(10));
        rig.engine.abort(creation.key());
        return creation;
    }

    @Test
    void aRetryIsMadeAtOnceWithTheKeyOfNow() {
        CreationEngine.Connector right = rig.connector;
        Creation creation = refused();
        pass(Duration.ofHours(10));
        assertTrue(status(creation).mayRetry());
        assertTrue(status(creation).nextAttempt().isAfter(rig.time.instant().plusSeconds(60)));
        assertEquals(1, rig.imageIds().size());
        rig.connector = right;

        assertTrue(decided(administration().retry(creation.key(), told::add)));
        pass(Duration.ofSeconds(1));

        assertEquals(List.of(), rig.imageIds());
        rig.time.runUntil(() -> rig.engine.find(creation.key()).isEmpty()
                || status(creation).creation().done());
        assertEquals(List.of(), told);
    }

    @Test
    void aRetryThatFailsIsFollowedByOthersSoon() {
        Creation creation = refused();
        pass(Duration.ofHours(10));

        assertTrue(decided(administration().retry(creation.key(), told::add)));
        pass(Duration.ofSeconds(1));

        assertTrue(status(creation).nextAttempt().isBefore(rig.time.instant().plusSeconds(60)));
        assertEquals(1, rig.imageIds().size());
    }

    @Test
    void whatWaitedForAPersonIsRetriedAfterARestartToo() {
        CreationEngine.Connector right = rig.connector;
        Creation creation = aborted(rig.connection(URI.create("http://127.0.0.1:9"), EngineRig.KEY));
        pass(Duration.ofHours(26));
        assertTrue(status(creation).creation().needsPerson());
        rig.restart(folder);
        rig.engine.cleanUp(creation.key(), told::add);
        pass(Duration.ofMinutes(1));
        rig.connector = right;

        assertTrue(decided(administration().retry(creation.key(), told::add)));
        rig.time.runUntil(() -> !told.isEmpty() && told.get(told.size() - 1).done());

        assertEquals(List.of(), rig.imageIds());
        assertEquals(1, count("StartInstances"));
        assertFalse(told.get(told.size() - 1).needsPerson());
    }

    @Test
    void aWaitThatIsDisturbedIsRetried() {
        rig.server.faults().next("CreateImage", Fault.THROTTLED);
        Creation creation = rig.start("web-1");
        rig.time.runUntil(() -> status(creation).creation().error() != null);

        assertTrue(decided(administration().retry(creation.key(), told::add)));

        assertEquals(Outcome.READY, rig.finish(creation).outcome());
        assertEquals(List.of(), told);
    }

    @Test
    void whatGoesItsWayOrIsFencedIsNotRetried() throws IOException {
        Creation healthy = rig.start("web-2");
        rig.until(healthy, Phase.BUILDING);
        assertFalse(decided(administration().retry(healthy.key(), told::add)));
        assertFalse(decided(administration().retry("6f9619ff-8b86-d011-b42d-00cf4fc964ff", told::add)));
        assertEquals(Outcome.READY, rig.finish(healthy).outcome());

        Creation fenced = fenced();
        assertFalse(decided(administration().retry(fenced.key(), told::add)));
        pass(Duration.ofHours(1));
        assertEquals(0, count("DeleteImages"));
    }

    @Test
    void aFileThatIsNoRecordIsShownAndStopsNoOther() throws IOException {
        Creation creation = aborted();
        Files.writeString(folder.resolve("6f9619ff-8b86-d011-b42d-00cf4fc964ff.json"), "{\"schema\": 99}");
        rig.restart(folder);

        Administration.Overview overview = administration().overview();

        assertEquals(1, overview.unreadable().size());
        assertEquals(creation.key(), overview.creations().get(0).creation().key());
    }

    @Test
    void aBuildThatMovesKeepsItsRecord() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);

        rig.engine.buildsMoved(build -> build.equals("job#1") ? "moved/job#1" : null);
        rig.time.runUntil(() -> rig.saved(creation).build().build().equals("moved/job#1"));

        assertEquals(Outcome.READY, rig.finish(creation).outcome());
    }

    /** The job was moved before the step handed its creation over, or while the record could not follow. */
    @Test
    void aStepKnowsWhatItsBuildIsCalledNow() {
        Creation creation = rig.start("web-1");
        rig.untilSaved(creation, Phase.BUILDING);
        rig.restart(folder);

        rig.run(rig.saved(creation).builtBy("renamed#1"));

        rig.time.runUntil(() -> rig.saved(creation).build().build().equals("renamed#1"));
        assertEquals(Outcome.READY, rig.finish(creation).outcome());
    }

    @Test
    void aRecordThatIsRemovedIsNotWrittenAgain() {
        Creation creation = rig.plan(EngineRig.request("web-1", false), EngineRig.TIMEOUT);
        rig.engine.run(creation, news -> {
            told.add(news);
            if (news.done()) {
                rig.engine.remove(news.key());
            }
        });
        rig.engine.abort(creation.key());

        rig.time.runUntil(() -> !told.isEmpty() && told.get(told.size() - 1).done());
        pass(Duration.ofMinutes(5));

        assertTrue(rig.ledger.load(creation.key()).isEmpty());
        assertEquals(List.of(), rig.engine.creations());
    }

    @Test
    void whatIsUnderWayIsNotRemoved() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);

        rig.engine.remove(creation.key());

        assertEquals(Outcome.READY, rig.finish(creation).outcome());
    }
}
