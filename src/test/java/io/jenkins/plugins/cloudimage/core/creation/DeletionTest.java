package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An image that exists is deleted because a build asks for it, and never for another reason. */
class DeletionTest extends OptionsRig {
    private static final String ONE = "100012345678";
    private static final List<String> BOTH = List.of(ONE, "100012345679");
    private static final String PROOF = "job#1";

    private String image;
    private String other;

    private void make(TestCloud cloud) {
        if (rig != null) {
            rig.close();
        }
        use(cloud);
        if (rig.stoppedSource()) {
            rig.account.instances().addStopped(INSTANCE);
        }
        rig.images().take(Duration.ZERO);
        image = rig.makeByHand(rig.cloud.request("web-1", INSTANCE));
        other = rig.makeByHand(rig.cloud.request("web-2", INSTANCE));
        rig.time.pass(Duration.ofMinutes(3));
        rig.heard.clear();
    }

    private Creation plan(Deletion deletion) {
        Creation creation = Creation.deletion(
                new BuildReference("job#2", "tencent-prod", null),
                rig.cloud.request("", null),
                deletion,
                null,
                rig.clock.instant(),
                EngineRig.TIMEOUT);
        rig.ledger.save(creation);
        return creation;
    }

    private Creation start(Deletion deletion) {
        Creation creation = plan(deletion);
        rig.run(creation);
        return creation;
    }

    private Creation delete(Deletion deletion) {
        return rig.finish(start(deletion));
    }

    private Deletion ours() {
        return new Deletion(image, PROOF, false, false);
    }

    private Deletion forced() {
        return new Deletion(image, PROOF, false, true);
    }

    private void assertDeleted(Creation end) {
        assertEquals(Outcome.DELETED, end.outcome(), end.toString());
        assertEquals(List.of(other), rig.imageIds());
        assertFalse(rig.account.snapshots().get().contains(image));
    }

    private void assertKept(Creation end, ErrorKind why) {
        assertEquals(Outcome.FAILED, end.outcome(), end.toString());
        assertEquals(why, end.problem().kind(), end.problem().text());
        assertEquals(List.of(image, other), rig.imageIds());
        assertEquals(List.of(), end.tasks());
        assertEquals(0, rig.count("DeleteImage"));
    }

    @ParameterizedTest
    @EnumSource
    void anImageIsUnsharedAndDeletedWithItsSnapshots(TestCloud cloud) {
        make(cloud);
        rig.account.fake().shares().share(image, BOTH);
        rig.account.fake().shares().share(other, BOTH);

        Creation end = delete(ours());

        assertDeleted(end);
        assertEquals(List.of(), rig.account.fake().shares().of(image));
        assertEquals(2, rig.account.fake().shares().of(other).size());
        assertEquals(List.of(Phase.CHECKING, Phase.DELETING), rig.phasesHeard().subList(0, 2));
        assertEquals(1, rig.count("DeleteImage"));
    }

    @ParameterizedTest
    @EnumSource
    void anImageThatAnInstanceUsesStays(TestCloud cloud) {
        make(cloud);
        rig.account.instances().bootedFrom(INSTANCE, image);
        rig.account.fake().shares().share(image, BOTH);

        Creation end = delete(ours());

        assertKept(end, ErrorKind.INVALID_REQUEST);
        assertTrue(end.problem().text().contains(INSTANCE), end.problem().text());
        assertEquals(2, rig.account.fake().shares().of(image).size());
    }

    @ParameterizedTest
    @EnumSource
    void aUsedImageIsDeletedByForceWhereTheCloudDoes(TestCloud cloud) {
        make(cloud);
        rig.account.instances().bootedFrom(INSTANCE, image);
        if (rig.clouds.provider(cloud.id).deletesUsedImages()) {
            assertDeleted(delete(forced()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutProofNothingIsSent(TestCloud cloud) {
        make(cloud);
        int calls = rig.server.calls().size();

        assertKept(delete(new Deletion(image, null, false, true)), ErrorKind.INVALID_REQUEST);
        assertEquals(calls, rig.server.calls().size());
        assertDeleted(delete(new Deletion(image, null, true, false)));
    }

    @ParameterizedTest
    @EnumSource
    void anImageOfAnotherAccountStays(TestCloud cloud) {
        make(cloud);
        String received = rig.images().receive("web-1").id();
        rig.images().finish();

        for (Deletion deletion :
                List.of(new Deletion(received, null, true, true), new Deletion(received, PROOF, false, false))) {
            Creation end = delete(deletion);

            // QCloud's list of private images lacks it, so the client sees no image.
            assertTrue(end.outcome() == Outcome.FAILED || cloud == TestCloud.QCLOUD, end.toString());
            assertTrue(rig.imageIds().contains(received));
            assertEquals(0, rig.count("DeleteImage"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anImageThatIsGoneIsDeletedIfItIsKnownToHaveExisted(TestCloud cloud) {
        make(cloud);
        rig.images().remove(image);
        Duration before = rig.time.uptime();

        Creation end = delete(ours());

        assertEquals(Outcome.DELETED, end.outcome());
        assertTrue(end.image().deleted());
        assertEquals(0, rig.count("DeleteImage"));
        assertTrue(rig.time.uptime().minus(before).compareTo(Reconciler.GRACE) >= 0);

        end = delete(new Deletion(image, null, true, false));
        assertEquals(Outcome.FAILED, end.outcome());
        assertEquals(ErrorKind.NOT_FOUND, end.problem().kind());
    }

    @Test
    void anotherAccountTicksNothingOff() {
        make(TestCloud.TENCENT);
        rig.images().remove(image);
        Creation creation = Creation.deletion(
                new BuildReference("job#2", "tencent-prod", null),
                rig.cloud.request("", null),
                ours(),
                "hash-of-another-account",
                rig.clock.instant(),
                EngineRig.TIMEOUT);
        rig.ledger.save(creation);
        rig.run(creation);

        assertEquals(Outcome.FAILED, rig.finish(creation).outcome());
        assertEquals(ErrorKind.AUTHENTICATION, rig.saved(creation).problem().kind());
    }

    /** Each call fails in each way, once, with a restart or without. */
    @ParameterizedTest
    @EnumSource
    void noFailureOfACallDeletesTwiceOrTheWrongImage(TestCloud cloud) {
        make(cloud);
        rig.account.fake().shares().share(image, List.of(ONE));
        int before = rig.server.calls().size();
        assertDeleted(delete(ours()));
        Set<String> actions = new LinkedHashSet<>(
                rig.server.calls().subList(before, rig.server.calls().size()));
        assertTrue(actions.size() >= 5, actions.toString());
        for (String action : actions) {
            for (Fault fault : List.of(
                    Fault.LOSE_ANSWER, Fault.RESET_BEFORE, Fault.GATEWAY_AFTER, Fault.THROTTLED, Fault.BROKEN_JSON)) {
                for (boolean dies : List.of(false, true)) {
                    failed(cloud, action, fault, dies);
                }
            }
        }
    }

    private void failed(TestCloud cloud, String action, Fault fault, boolean dies) {
        make(cloud);
        rig.account.fake().shares().share(image, List.of(ONE));
        Creation creation = plan(ours());
        boolean[] happened = new boolean[1];
        rig.onRequest = called -> {
            if (called.equals(action) && !happened[0]) {
                happened[0] = true;
                rig.server.faults().next(action, fault);
                if (dies) {
                    rig.die();
                }
            }
        };
        rig.run(creation);
        if (dies) {
            rig.time.runUntil(() -> happened[0]);
            rig.time.pass(Duration.ofSeconds(1));
            rig.resumeAll(folder);
        }

        Creation end = rig.finish(creation);

        assertEquals(Outcome.DELETED, end.outcome(), action + " " + fault + " " + dies + " " + end);
        assertEquals(List.of(other), rig.imageIds());
        assertFalse(rig.account.snapshots().get().contains(image));
    }

    @Test
    void anImageThatComesIntoUseMeanwhileStays() {
        make(TestCloud.TENCENT);
        rig.onRequest = action -> {
            if (action.equals("DeleteImages")) {
                rig.server.faults().next(action, Fault.THROTTLED);
                rig.account.instances().bootedFrom(INSTANCE, image);
            }
        };

        Creation end = delete(ours());

        assertEquals(Outcome.FAILED, end.outcome());
        assertTrue(end.problem().text().contains(INSTANCE));
        assertEquals(List.of(image, other), rig.imageIds());
        assertEquals(1, rig.count("DeleteImages"));
    }

    @Test
    void anAbortBeforeTheDeletionLeavesTheImage() {
        make(TestCloud.TENCENT);
        Creation creation = plan(ours());
        rig.onRequest = action -> {
            if (action.equals("DescribeInstances")) {
                rig.engine.abort(creation.key());
            }
        };
        rig.run(creation);

        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(List.of(image, other), rig.imageIds());
        assertEquals(List.of(), end.tasks());
    }

    @Test
    void anAbortedDeletionThatHasBegunIsCarriedThrough() {
        make(TestCloud.ALIBABA_ECS);
        Creation creation = plan(ours());
        rig.onRequest = action -> {
            if (action.equals("DeleteImage")) {
                rig.server.faults().next(action, Fault.RESET_BEFORE);
                rig.engine.abort(creation.key());
            }
        };
        rig.run(creation);
        rig.time.runUntil(() -> rig.live(creation).ended());
        rig.onRequest = action -> {};

        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(List.of(other), rig.imageIds());
        assertFalse(rig.account.snapshots().get().contains(image));
    }

    @Test
    void theDeadlineEndsTheWait() {
        make(TestCloud.TENCENT);
        rig.onRequest = action -> rig.server.faults().next(action, Fault.THROTTLED);

        Creation end = delete(ours());

        assertEquals(Outcome.TIMED_OUT, end.outcome());
        assertEquals(List.of(image, other), rig.imageIds());
    }

    @Test
    void aDeletionWithoutItsBuildGoesOn() {
        make(TestCloud.TENCENT);
        Creation creation = plan(ours());
        rig.engine.cleanUp(creation.key(), rig.listener);

        assertDeleted(rig.finish(creation));
    }

    @Test
    void aFencedDeletionWaitsForAnAdministrator() {
        make(TestCloud.TENCENT);
        Creation creation = plan(ours());
        rig.contradicted = record -> true;
        rig.restart(folder);
        rig.engine.cleanUp(creation.key(), rig.listener);
        rig.time.pass(Duration.ofMinutes(10));
        assertEquals(List.of(image, other), rig.imageIds());
        assertTrue(rig.engine.administration().overview().creations().get(0).fenced());

        rig.engine.administration().releaseAll();

        assertDeleted(rig.finish(creation));
    }

    @Test
    void anAdministratorKeepsTheImageOfAFencedDeletion() {
        make(TestCloud.TENCENT);
        Creation creation = plan(ours());
        rig.contradicted = record -> true;
        rig.restart(folder);
        rig.engine.cleanUp(creation.key(), rig.listener);
        rig.time.pass(Duration.ofMinutes(1));

        rig.engine.administration().keep(creation.key(), null, rig.listener);
        rig.finish(creation);

        assertEquals(List.of(image, other), rig.imageIds());
        assertEquals(0, rig.count("DeleteImage"));
    }

    @Test
    void twoDeletionsOfAnImageAreOne() {
        make(TestCloud.TENCENT);
        List<Creation> both = new ArrayList<>(List.of(plan(ours()), plan(ours())));
        both.forEach(rig::run);

        both.replaceAll(rig::finish);

        both.forEach(this::assertDeleted);
        assertEquals(1, rig.count("DeleteImages"));
    }

    @Test
    void anImageThatIsStillMadeIsDeletedAfterwards() {
        use(TestCloud.TENCENT);
        Creation making = start("web-1", Options.DEFAULTS.sharedWith(BOTH));
        rig.until(making, Phase.BUILDING);
        image = rig.live(making).imageId();
        Creation creation = start(ours());
        rig.until(making, Phase.SHARING);
        assertEquals(Phase.CHECKING, rig.live(creation).phase());
        assertTrue(rig.live(creation).error().text().contains("job#1"));

        assertEquals(Outcome.READY, rig.finish(making).outcome());
        assertEquals(Outcome.DELETED, rig.finish(creation).outcome());
        assertEquals(List.of(), rig.imageIds());
    }

    @Test
    void aRecordThatIsReadAgainIsTheSame() {
        make(TestCloud.ALIBABA_ECS);
        Creation creation = plan(new Deletion(image, PROOF, true, true));

        assertEquals(creation, rig.saved(creation));
        assertEquals("folder/job#7", creation.builtBy("folder/job#7").build().build());
        assertEquals(creation.deletion(), creation.builtBy("folder/job#7").deletion());
    }
}
