package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists;
import io.jenkins.plugins.cloudimage.core.creation.Options.OnIncomplete;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No image is adopted or deleted on a guess. */
class OwnershipTest {
    private static final Options DELETE = new Options(false, false, OnIncomplete.DELETE, IfNameExists.FAIL);
    private static final Duration DAYS = Duration.ofDays(2);

    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    private static Creation plan(EngineRig rig) {
        rig.account.instances().addStopped("i-1");
        return rig.plan(rig.cloud.request("web-1", "i-1"), DELETE, EngineRig.TIMEOUT);
    }

    private static Creation start(EngineRig rig) {
        Creation creation = plan(rig);
        rig.run(creation);
        return creation;
    }

    private static String makeByHand(EngineRig rig) {
        return rig.makeByHand(rig.cloud.request("web-1", "i-1"));
    }

    private static boolean marks(EngineRig rig) {
        return rig.clouds.provider(rig.cloud.id).capabilities().ownershipMark();
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void killedBeforeTheCreateLeftAndAnImageOfThatNameThreeDaysLater(TestCloud cloud) {
        for (boolean awaited : List.of(true, false)) {
            Path home = folder.resolve("awaited-" + awaited);
            try (EngineRig rig = new EngineRig(home, 1, cloud)) {
                Creation creation = start(rig);
                rig.untilSaved(creation, Phase.SUBMITTING);
                rig.die();
                assertEquals(0, rig.count("CreateImage"));
                rig.time.pass(Duration.ofDays(3));
                String theirs = makeByHand(rig);
                rig.restart(home);
                if (awaited) {
                    rig.run(rig.saved(creation));
                } else {
                    rig.engine.cleanUp(creation.key(), rig.heard::add);
                }
                rig.time.pass(DAYS);

                assertEquals(List.of(theirs), rig.imageIds(), rig.live(creation).toString());
                // A cloud without marks: the image is reported as likely, and never deleted.
                assertTrue(
                        rig.live(creation).image() == null
                                || !marks(rig)
                                        && rig.live(creation).image().ownership() == ImageStatus.Ownership.LIKELY,
                        rig.live(creation).toString());
                assertEquals(0, rig.count("DeleteImage"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void abortedBeforeTheCreateArrivedAndAnImageByHandFiveMinutesLater(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder, 1, cloud)) {
            rig.failNext("CreateImage", Fault.RESET_BEFORE);
            Creation creation = start(rig);
            rig.time.runUntil(() -> rig.count("CreateImage") == 1);
            rig.engine.abort(creation.key());
            rig.time.pass(Duration.ofMinutes(5));
            String theirs = makeByHand(rig);
            rig.time.pass(DAYS);

            Creation end = rig.live(creation);
            assertEquals(Outcome.ABORTED, end.outcome());
            assertEquals(List.of(theirs), rig.imageIds(), end.toString());
            assertNull(end.imageId());
            assertEquals(0, rig.count("DeleteImage"));
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void twoControllersWithOneNameAndOneLostCreate(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder.resolve("one"), 1, cloud)) {
            EngineRig other = new EngineRig(rig, folder.resolve("two"));
            rig.failNext("CreateImage", Fault.RESET_BEFORE);
            Creation first = start(rig);
            rig.time.runUntil(() -> rig.count("CreateImage") == 1);
            Creation second = start(other);
            other.untilSaved(second, Phase.BUILDING);
            String theirs = other.saved(second).imageId();
            rig.time.pass(Duration.ofMinutes(5));
            rig.engine.abort(first.key());
            rig.time.pass(DAYS);

            assertEquals(Outcome.READY, other.saved(second).outcome());
            assertTrue(rig.imageIds().contains(theirs), rig.live(first).toString());
            ImageStatus adopted = rig.live(first).image();
            if (adopted != null && adopted.id().equals(theirs)) {
                // A cloud without marks: the image is reported as likely, and never deleted.
                assertFalse(marks(rig));
                assertEquals(ImageStatus.Ownership.LIKELY, adopted.ownership());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void aNamesakeThatIsNotListedWhileWePlan(TestCloud cloud) {
        for (Fault fault : List.of(Fault.LOSE_ANSWER, Fault.RESET_BEFORE)) {
            try (EngineRig rig = new EngineRig(folder.resolve(fault.name()), 1, cloud)) {
                rig.account.instances().addStopped("i-1");
                rig.images().listAfter(Duration.ofMinutes(1));
                String theirs = makeByHand(rig);
                rig.failNext("CreateImage", fault);
                Creation creation = start(rig);
                rig.time.pass(Duration.ofMinutes(8));
                rig.engine.abort(creation.key());
                rig.time.pass(DAYS);

                Creation end = rig.live(creation);
                assertTrue(rig.imageIds().contains(theirs), end.toString());
                if (theirs.equals(end.imageId())) {
                    assertFalse(marks(rig), end.toString());
                    assertEquals(ImageStatus.Ownership.LIKELY, end.image().ownership());
                }
            }
        }
    }

    /** JD Cloud does not report the source of an image, so without the mark any image with the name would match. */
    @Test
    void onJdCloudAnImageWithoutOurMarkIsNotOursAfterALostResponse() {
        try (EngineRig rig = new EngineRig(folder, 1, TestCloud.JD_CLOUD)) {
            Creation creation = plan(rig);
            List<String> theirs = new ArrayList<>();
            rig.onRequest = action -> {
                if (EngineRig.is(action, "CreateImage") && theirs.isEmpty()) {
                    rig.onRequest = again -> {};
                    theirs.add(makeByHand(rig));
                    rig.server.faults().next(action, Fault.LOSE_ANSWER);
                }
            };
            rig.run(creation);
            rig.time.pass(DAYS);

            Creation end = rig.saved(creation);
            assertNotEquals(theirs.get(0), end.imageId());
            assertTrue(rig.imageIds().contains(theirs.get(0)));
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void aReadyImageOfADeadBuildIsKept(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder, 1, cloud)) {
            Creation creation = start(rig);
            rig.untilSaved(creation, Phase.BUILDING);
            rig.restart(folder);
            rig.engine.cleanUp(creation.key(), rig.heard::add);

            Creation end = rig.finish(creation);

            assertEquals(Outcome.ABANDONED, end.outcome());
            assertEquals(rig.imageIds(), List.of(String.valueOf(end.imageId())));
            assertEquals(0, rig.count("DeleteImage"));
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void aFailedImageOfADeadBuildIsDeleted(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder, 1, cloud)) {
            rig.images().fail(true);
            Creation creation = start(rig);
            rig.untilSaved(creation, Phase.BUILDING);
            rig.restart(folder);
            rig.engine.cleanUp(creation.key(), rig.heard::add);

            Creation end = rig.finish(creation);

            assertEquals(Outcome.ABANDONED, end.outcome());
            // QCloud no longer lists a failed image, so it looks like a deleted one.
            assertEquals(cloud == TestCloud.QCLOUD ? rig.imageIds() : List.of(), rig.imageIds(), end.toString());
        }
    }
}
