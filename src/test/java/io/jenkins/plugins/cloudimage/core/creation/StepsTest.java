package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.http.CallScope;
import io.jenkins.plugins.cloudimage.core.tencent.TencentImageRequest;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from each answer, on clouds of every kind. */
class StepsTest {
    private static final Capabilities TOKEN = new Capabilities(true, true, false, 100, 10, 40);
    private static final Capabilities UNIQUE = new Capabilities(false, true, false, 100, 10, 40);
    private static final Capabilities PLAIN = new Capabilities(false, false, false, 100, 10, 40);
    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final CloudError LOST =
            CloudError.of(ErrorKind.UNAVAILABLE, Acted.MAYBE).message("no answer");

    private final VirtualTime time = new VirtualTime();
    private final Steps steps = new Steps(time, new Backoff(new Random(1)));
    private final Script cloud = new Script();
    private Duration pause = Duration.ZERO;

    /** A cloud that answers from a list; what is not in it goes well. */
    private static final class Script implements Cloud {
        private final Deque<CloudError> createErrors = new ArrayDeque<>();
        private final Deque<CloudError> findErrors = new ArrayDeque<>();
        private final List<String> tokens = new ArrayList<>();
        private List<CloudImage> images = List.of();
        private String nextId = "img-1";
        private boolean dryRun;
        private int looks;

        @Override
        public CreateAnswer create(ImageRequest request, String token) throws CloudException {
            tokens.add(token);
            if (!createErrors.isEmpty()) {
                throw createErrors.remove().exception();
            }
            return new CreateAnswer(nextId, "r-1", dryRun);
        }

        @Override
        public List<CloudImage> findByName(String name) throws CloudException {
            looks++;
            if (!findErrors.isEmpty()) {
                throw findErrors.remove().exception();
            }
            return images;
        }

        @Override
        public List<CloudImage> describe(Collection<String> imageIds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(String imageId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PowerState powerState(String instanceId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stop(String instanceId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void start(String instanceId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Quota> quota() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String probe() {
            throw new UnsupportedOperationException();
        }
    }

    private Creation planned() {
        return planned("ins-1", false);
    }

    private Creation planned(String instanceId, boolean dryRun) {
        List<String> snapshots = instanceId == null ? List.of("snap-1") : List.of();
        return Creation.plan(
                new Origin("job#1", "c", null),
                new TencentImageRequest("ap-x", "web", null, instanceId, snapshots, false, false, null, dryRun),
                Options.DEFAULTS,
                time.instant(),
                TIMEOUT);
    }

    private Creation submitting() {
        return step(planned(), UNIQUE);
    }

    private Creation inDoubt(Capabilities capabilities) {
        cloud.createErrors.add(LOST);
        return step(submitting(), capabilities);
    }

    private Creation step(Creation creation, Capabilities capabilities) {
        time.pass(pause);
        Steps.Step step = steps.next(creation, cloud, capabilities, null, new CallScope());
        pause = step.pause();
        return step.creation();
    }

    /** Goes on until the image is known or will never be. */
    private Creation finish(Creation creation, Capabilities capabilities) {
        Creation current = creation;
        for (int i = 0; i < 1000; i++) {
            if (current.ended() || current.phase() == Phase.BUILDING) {
                return current;
            }
            current = step(current, capabilities);
        }
        throw new AssertionError("There is no end: " + current);
    }

    private CloudImage image(String id, Instant created, String source) {
        return new CloudImage(id, "web", ImageState.PENDING, "CREATING", null, created, source);
    }

    private static CloudError error(ErrorKind kind, Acted acted) {
        return CloudError.of(kind, acted).message(kind.toString());
    }

    private static void assertFailed(Creation creation, ErrorKind kind) {
        assertEquals(Outcome.FAILED, creation.progress().outcome());
        assertNotNull(creation.progress().error());
        assertEquals(kind, creation.progress().error().kind());
    }

    @Test
    void aPlanBecomesAnImageInTwoCalls() {
        Creation submitting = submitting();
        assertEquals(Phase.SUBMITTING, submitting.phase());
        assertEquals(time.instant(), submitting.progress().submitted());
        assertEquals(1, cloud.looks);
        assertEquals(List.of(), cloud.tokens);

        Creation building = step(submitting, PLAIN);
        assertEquals(Phase.BUILDING, building.phase());
        assertEquals("img-1", building.progress().imageId());
        assertEquals("r-1", building.progress().requestId());
        assertEquals(List.of(building.token()), cloud.tokens);
        assertEquals(1, cloud.looks);
    }

    @Test
    void aTakenNameIsToldBeforeAnythingIsSent() {
        cloud.images = List.of(image("img-8", null, null), image("img-9", null, null));

        Creation end = step(planned(), PLAIN);

        assertFailed(end, ErrorKind.NAME_TAKEN);
        assertEquals(
                "An image named \"web\" exists in ap-x: img-8, img-9",
                end.progress().error().message());
        assertEquals(List.of(), cloud.tokens);
    }

    @Test
    void aBrokenRuleIsToldBeforeAnythingIsSent() {
        assertFailed(step(planned("", false).with(Progress.PLANNED), PLAIN), ErrorKind.INVALID_REQUEST);
        assertEquals(0, cloud.looks);
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void aRefusedCreateIsSentAgainOnlyIfThatCanHelp(ErrorKind kind) {
        cloud.createErrors.add(error(kind, Acted.NO));

        Creation next = step(submitting(), PLAIN);

        if (kind.passes()) {
            assertEquals(Phase.SUBMITTING, next.phase());
            assertNull(next.progress().doubtSince());
            assertTrue(pause.compareTo(Duration.ofSeconds(1)) > 0);
            assertEquals(Phase.BUILDING, step(next, PLAIN).phase());
            assertEquals(2, cloud.tokens.size());
        } else {
            assertFailed(next, kind);
        }
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void aCreateThatMayHaveBeenCarriedOutIsInDoubtWhateverItsKind(ErrorKind kind) {
        cloud.createErrors.add(error(kind, Acted.MAYBE));

        Creation next = step(submitting(), UNIQUE);

        assertEquals(Phase.SUBMITTING, next.phase());
        assertEquals(time.instant(), next.progress().doubtSince());
        assertEquals(1, cloud.tokens.size());
    }

    @Test
    void theSameTokenIsSentAgainWithBackOff() {
        for (int i = 0; i < 6; i++) {
            cloud.createErrors.add(LOST);
        }
        Instant start = time.instant();

        Creation end = finish(submitting(), TOKEN);

        assertEquals(Phase.BUILDING, end.phase());
        assertEquals(7, cloud.tokens.size());
        assertEquals(1, cloud.tokens.stream().distinct().count());
        assertEquals(1, cloud.looks);
        Duration took = Duration.between(start, time.instant());
        assertTrue(took.compareTo(Duration.ofSeconds(90)) > 0, "2 + 4 + 8 + 16 + 32 + 60 s, not " + took);
    }

    @Test
    void aTokenIsSentNoMoreAfterTheDeadlineAndTheImageIsLookedFor() {
        for (int i = 0; i < 1000; i++) {
            cloud.createErrors.add(LOST);
        }

        Creation end = finish(submitting(), TOKEN);

        assertEquals(Outcome.TIMED_OUT, end.progress().outcome());
        assertEquals(ErrorKind.UNKNOWN_ANSWER, end.progress().error().kind());
        assertTrue(cloud.tokens.size() < 80, cloud.tokens.size() + " creates in an hour");
        assertTrue(cloud.looks > 1);
    }

    @Test
    void theOneNewcomerIsAdopted() {
        Creation doubtful = inDoubt(PLAIN);
        cloud.images = List.of(image("img-7", null, null));

        Creation end = step(doubtful, PLAIN);

        assertEquals(Phase.BUILDING, end.phase());
        assertEquals("img-7", end.progress().imageId());
        assertNull(end.progress().doubtSince());
        assertEquals(1, cloud.tokens.size());
    }

    @Test
    void severalNewcomersAreListedAndNoneIsAdopted() {
        Creation doubtful = inDoubt(PLAIN);
        cloud.images = List.of(image("img-7", null, null), image("img-8", null, null));

        Creation end = step(doubtful, PLAIN);

        assertFailed(end, ErrorKind.UNKNOWN_ANSWER);
        assertEquals(Acted.MAYBE, end.progress().error().acted());
        assertTrue(end.progress().error().message().endsWith(": img-7, img-8"));
    }

    @Test
    void anImageOfAnotherTimeOrMachineIsNotAdopted() {
        Creation doubtful = inDoubt(PLAIN);
        Instant now = time.instant();
        cloud.images = List.of(
                image("img-old", now.minus(Duration.ofMinutes(15)), "ins-1"),
                image("img-other", now, "ins-2"),
                image("img-new", now.plus(Duration.ofMinutes(15)).plusMillis(1), "ins-1"),
                image("img-ours", now.minus(Duration.ofMinutes(15)).plusMillis(1), "ins-1"));

        assertEquals("img-ours", step(doubtful, PLAIN).progress().imageId());
    }

    /** The cloud may name the machine that the snapshot was taken of. */
    @Test
    void anImageFromSnapshotsMayHaveAnySource() {
        Creation submitting = step(planned(null, false), PLAIN);
        cloud.createErrors.add(LOST);
        Creation doubtful = step(submitting, PLAIN);
        cloud.images = List.of(image("img-7", null, "ins-9"));

        assertEquals("img-7", step(doubtful, PLAIN).progress().imageId());
    }

    @Test
    void noNewcomerLeavesTheOutcomeUnknownWhereNamesMayBeSharedAndNothingIsSentAgain() {
        Instant start = time.instant();

        Creation end = finish(inDoubt(PLAIN), PLAIN);

        assertFailed(end, ErrorKind.UNKNOWN_ANSWER);
        assertEquals(Acted.MAYBE, end.progress().error().acted());
        assertEquals(
                "The cloud's answer to the create was lost, and no image named \"web\" has shown up",
                end.progress().error().message());
        assertEquals(1, cloud.tokens.size());
        assertTrue(!time.instant().isBefore(start.plus(Steps.GRACE)));
    }

    @Test
    void noNewcomerLetsTheCreateBeSentAgainWhereNamesAreUnique() {
        Creation doubtful = inDoubt(UNIQUE);
        Instant doubtSince = time.instant();

        Creation end = finish(doubtful, UNIQUE);

        assertEquals(Phase.BUILDING, end.phase());
        assertEquals(2, cloud.tokens.size());
        assertTrue(!time.instant().isBefore(doubtSince.plus(Steps.GRACE)));
    }

    @Test
    void aNameThatIsTakenAfterADoubtMayBeOurOwn() {
        cloud.createErrors.add(LOST);
        cloud.createErrors.add(error(ErrorKind.NAME_TAKEN, Acted.NO));
        Creation again = step(submitting(), UNIQUE);
        while (cloud.tokens.size() < 2) {
            again = step(again, UNIQUE);
        }
        assertNotNull(again.progress().doubtSince());
        cloud.images = List.of(image("img-7", null, null));

        assertEquals("img-7", step(again, UNIQUE).progress().imageId());
    }

    @Test
    void aNameThatIsTakenByAnImageOfOthersEndsTheCreation() {
        cloud.createErrors.add(LOST);
        cloud.createErrors.add(error(ErrorKind.NAME_TAKEN, Acted.NO));
        Creation submitting = submitting();
        cloud.images = List.of(image("img-other", null, "ins-2"));

        Creation end = finish(submitting, UNIQUE);

        assertFailed(end, ErrorKind.NAME_TAKEN);
        assertEquals(2, cloud.tokens.size());
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void noFailedLookLosesAnImageInDoubt(ErrorKind kind) {
        Creation doubtful = inDoubt(PLAIN);
        cloud.images = List.of(image("img-7", null, null));
        for (int i = 0; i < 10; i++) {
            cloud.findErrors.add(error(kind, Acted.NO));
        }

        assertEquals("img-7", finish(doubtful, PLAIN).progress().imageId());
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void noFailedLookLosesAnImageWithoutId(ErrorKind kind) {
        cloud.nextId = null;
        Creation locating = step(submitting(), PLAIN);
        cloud.images = List.of(image("img-7", null, null));
        cloud.findErrors.add(error(kind, Acted.NO));

        Creation end = finish(locating, PLAIN);

        assertEquals("img-7", end.progress().imageId());
        assertEquals("r-1", end.progress().requestId());
    }

    @Test
    void anImageThatNeverShowsUpIsToldWithItsRequest() {
        cloud.nextId = null;

        Creation end = finish(submitting(), PLAIN);

        assertEquals(Outcome.TIMED_OUT, end.progress().outcome());
        assertEquals(
                "The cloud accepted the create without telling an image id, and no image named \"web\" has shown up",
                end.progress().error().message());
        assertEquals("r-1", end.progress().error().requestId());
        assertEquals(1, cloud.tokens.size());
    }

    @Test
    void aLookThatWorksEndsTheBackOff() {
        cloud.nextId = null;
        Creation locating = step(step(planned(), PLAIN), PLAIN);
        cloud.findErrors.add(error(ErrorKind.THROTTLED, Acted.NO));
        Creation throttled = step(locating, PLAIN);
        assertEquals(1, throttled.progress().failures());
        assertEquals(ErrorKind.THROTTLED, throttled.progress().error().kind());

        Creation looked = step(throttled, PLAIN);

        assertEquals(0, looked.progress().failures());
        assertNull(looked.progress().error());
    }

    @Test
    void nothingIsBegunAfterTheDeadline() {
        Creation planned = planned();
        Creation submitting = step(planned, UNIQUE);
        time.pass(TIMEOUT);

        for (Creation late : List.of(planned, submitting)) {
            assertEquals(Outcome.TIMED_OUT, step(late, UNIQUE).progress().outcome());
        }
        assertEquals(1, cloud.looks);
        assertEquals(List.of(), cloud.tokens);
    }

    @Test
    void aPauseBeyondTheDeadlineEndsTheCreationNow() {
        Creation submitting = submitting();
        time.pass(TIMEOUT.minusSeconds(30));
        cloud.createErrors.add(error(ErrorKind.BUSY, Acted.NO).retryAfter(Duration.ofSeconds(31)));

        Creation end = step(submitting, UNIQUE);

        assertEquals(Outcome.TIMED_OUT, end.progress().outcome());
        assertEquals(ErrorKind.BUSY, end.progress().error().kind());
    }

    @Test
    void aDoubtIsClearedUpBeyondTheDeadline() {
        Creation submitting = submitting();
        time.pass(TIMEOUT.minusSeconds(1));
        cloud.createErrors.add(LOST);
        Creation doubtful = step(submitting, UNIQUE);
        cloud.findErrors.add(error(ErrorKind.THROTTLED, Acted.NO));
        Creation throttled = step(doubtful, UNIQUE);
        Creation looked = step(throttled, UNIQUE);
        assertTrue(time.instant().isAfter(submitting.deadline()));
        cloud.images = List.of(image("img-7", null, null));

        assertEquals("img-7", step(looked, UNIQUE).progress().imageId());
    }

    @Test
    void aDoubtThatIsNotClearedUpByThenTimesOutAndNothingIsSentAgain() {
        Creation submitting = submitting();
        time.pass(TIMEOUT.minusSeconds(1));
        cloud.createErrors.add(LOST);

        Creation end = finish(step(submitting, UNIQUE), UNIQUE);

        assertEquals(Outcome.TIMED_OUT, end.progress().outcome());
        assertEquals(ErrorKind.UNKNOWN_ANSWER, end.progress().error().kind());
        assertEquals(Acted.MAYBE, end.progress().error().acted());
        assertEquals(1, cloud.tokens.size());
        assertTrue(Duration.between(submitting.deadline(), time.instant()).compareTo(Steps.GRACE.plusSeconds(10)) < 0);
    }

    @Test
    void aDryRunNeedsNoFreeNameAndIsNeverInDoubt() {
        cloud.images = List.of(image("img-9", null, null));
        cloud.dryRun = true;
        cloud.createErrors.add(LOST);

        Creation submitting = step(planned("ins-1", true), PLAIN);
        Creation again = step(submitting, PLAIN);
        assertNull(again.progress().doubtSince());

        Creation end = step(again, PLAIN);
        assertEquals(Outcome.DRY_RUN_PASSED, end.progress().outcome());
        assertNull(end.progress().imageId());
        assertEquals(0, cloud.looks);
    }
}
