package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What happens to images that are incomplete when their step ends. */
class IncompleteImageTest extends OptionsRig {
    @Test
    void anAbortedImageIsDeletedInTheBackground() {
        use(TestCloud.TENCENT);
        Creation creation = start("web-1", DELETE);
        rig.until(creation, Phase.BUILDING);
        Instant aborted = rig.time.instant();
        rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);

        assertEquals(aborted, toldEnd().ending().at());
        assertEquals(Phase.CLEANING_UP, toldEnd().phase());
        assertEquals(List.of(), rig.imageIds());
        assertEquals(
                CleanupTask.State.DONE, task(end, CleanupTask.Kind.DELETE_IMAGE).state());
        assertNotNull(end.imageId());
    }

    @Test
    void aCleanUpGoesOnInAnotherProcess() {
        use(TestCloud.TENCENT);
        Creation creation = start("web-1", DELETE);
        rig.until(creation, Phase.BUILDING);
        rig.engine.abort(creation.key());
        rig.time.runUntil(() -> rig.saved(creation).ended());
        Creation told = toldEnd();
        rig.heard.clear();
        rig.resumeAll(folder);

        rig.finish(creation);

        assertEquals(told.ending(), rig.heard.get(0).ending());
        assertEquals(List.of(), rig.imageIds());
    }

    @Test
    void anImageWithoutBuildIsDeletedIfItFails() {
        use(TestCloud.TENCENT);
        rig.images().fail(true);
        Creation creation = abandoned();

        assertEquals(Outcome.ABANDONED, rig.finish(creation).outcome());
        assertEquals(List.of(), rig.imageIds());
    }

    @Test
    void anImageWithoutBuildIsKeptIfItBecomesReady() {
        use(TestCloud.TENCENT);
        Creation creation = abandoned();

        assertEquals(Outcome.ABANDONED, rig.finish(creation).outcome());
        assertEquals(1, rig.imageIds().size());
    }

    private Creation abandoned() {
        Creation creation = start("web-1", DELETE);
        rig.time.runUntil(() -> rig.saved(creation).imageId() != null);
        rig.restart(folder);
        rig.engine.cleanUp(creation.key(), rig.heard::add);
        return creation;
    }

    @Test
    void aCreationThatIsDoneIsNotClearedUpOnceMore() {
        use(TestCloud.TENCENT);
        Creation end = finish("web-1", DELETE);
        rig.heard.clear();
        rig.engine.cleanUp(end.key(), rig.heard::add);
        rig.engine.cleanUp(UUID.randomUUID().toString(), rig.heard::add);
        rig.time.pass(Duration.ofHours(1));

        assertEquals(List.of(), rig.heard);
        assertEquals(1, rig.imageIds().size());
    }

    /** The first create was carried out but its response was lost, and the second is about to be sent. */
    @Test
    void anImageOfALostCreateIsDeletedThoughTheCreateIsSentAgain() {
        use(TestCloud.ALIBABA_ECS);
        rig.server.faults().next("CreateImage", Fault.LOSE_ANSWER);
        Creation creation = start("web-1", DELETE);
        rig.time.runUntil(() -> rig.live(creation).submission().inDoubt());
        rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(List.of(), rig.imageIds());
    }

    @Test
    void aLateImageIsDeletedThoughTheOutcomeWasUnknown() {
        use(TestCloud.JD_CLOUD);
        rig.account.instances().addStopped(INSTANCE);
        rig.images().listAfter(Duration.ofHours(3));
        rig.server.faults().next("createImage", Fault.LOSE_ANSWER);

        Creation end = finish("web-1", DELETE);

        assertEquals(ErrorKind.UNKNOWN_ANSWER, toldEnd().problem().kind());
        assertEquals(
                CleanupTask.State.DONE, task(end, CleanupTask.Kind.FIND_IMAGE).state());
        assertEquals(List.of(), rig.imageIds());
    }

    /** Somebody made an image with the same name by hand, hours after our create call failed. */
    @Test
    void anImageThatWasMadeLongAfterTheCreateIsNeverDeleted() throws CloudException {
        for (TestCloud cloud : List.of(TestCloud.ALIBABA_ENS, TestCloud.JD_CLOUD)) {
            use(cloud);
            rig.account.instances().addStopped(INSTANCE);
            String create = cloud == TestCloud.JD_CLOUD ? "createImage" : "CreateImage";
            rig.server.faults().next(create, Fault.RESET_BEFORE);
            Creation creation = start("web-1", DELETE);
            rig.until(creation, Phase.CLEANING_UP);
            rig.time.pass(Duration.ofHours(2));
            rig.clouds.connect(rig.connection(rig.account.key())).create(cloud.request("web-1", INSTANCE), "t");

            Creation end = rig.finish(creation);

            assertEquals(1, rig.imageIds().size());
            assertNull(end.imageId());
            assertEquals(
                    CleanupTask.State.NEEDS_PERSON,
                    task(end, CleanupTask.Kind.FIND_IMAGE).state());
            rig.close();
        }
    }

    @Test
    void aLateImageThatIsKeptIsTold() {
        use(TestCloud.JD_CLOUD);
        rig.account.instances().addStopped(INSTANCE);
        rig.images().listAfter(Duration.ofHours(3));
        rig.server.faults().next("createImage", Fault.LOSE_ANSWER);

        Creation end = finish("web-1", Options.DEFAULTS);

        assertEquals(rig.imageIds(), List.of(end.imageId()));
        assertEquals(Outcome.FAILED, end.outcome());
    }

    /** The cleanup of the first build must not delete the second build's image. */
    @Test
    void aCleanUpThatOnlyLooksGivesWayToAnotherCreationOfTheName() {
        use(TestCloud.ALIBABA_ENS);
        rig.server.faults().next("CreateImage", Fault.RESET_BEFORE);
        Creation first = start("web-1", DELETE);
        rig.until(first, Phase.CLEANING_UP);
        Creation second = rig.finish(start("web-1", DELETE));

        Creation end = rig.finish(first);

        assertEquals(Outcome.READY, second.outcome());
        assertEquals(rig.imageIds(), List.of(second.imageId()));
        assertEquals(
                CleanupTask.State.NEEDS_PERSON,
                task(end, CleanupTask.Kind.FIND_IMAGE).state());
        assertNull(end.imageId());
    }

    @Test
    void aNameIsWaitedForWhileItsImageIsDeleted() {
        use(TestCloud.TENCENT);
        Creation first = start("web-1", DELETE);
        rig.until(first, Phase.BUILDING);
        rig.engine.abort(first.key());
        rig.until(first, Phase.CLEANING_UP);

        Creation second = finish("web-1", DELETE);

        assertEquals(Outcome.READY, second.outcome());
        assertEquals(rig.imageIds(), List.of(second.imageId()));
    }
}
