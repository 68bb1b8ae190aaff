package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Searches of an engine on a virtual clock. */
class ImageSearchTest extends EngineTest {
    private static final ImageQuery WEB = new ImageQuery("web-", null, null, null);

    private final List<Duration> pauses = new ArrayList<>();
    private final List<Object> ends = new ArrayList<>();

    private final class Ears implements ImageSearch.Listener {
        @Override
        public void retried(CloudError error, Duration pause) {
            pauses.add(pause);
        }

        @Override
        public void found(@CheckForNull CloudImage newest) {
            ends.add(newest == null ? "none" : newest.id());
        }

        @Override
        public void failed(CloudError error) {
            ends.add(error);
        }
    }

    private ImageSearch search() {
        return search(() -> rig.connection(EngineRig.KEY));
    }

    private ImageSearch search(ImageSearch.Connector connector) {
        return rig.engine.find(new ImageSearch.Request("tencent-prod", WEB, connector), new Ears());
    }

    private void runToTheEnd() {
        rig.time.runUntil(() -> !ends.isEmpty());
    }

    private CloudError error() {
        assertEquals(1, ends.size());
        return (CloudError) ends.get(0);
    }

    private String image(String name) {
        rig.images().take(Duration.ZERO);
        String id = rig.makeByHand(EngineRig.request(name, false));
        rig.time.pass(Duration.ofMinutes(1));
        return id;
    }

    @Test
    void theNewestImageIsFoundWithOneCall() {
        image("web-1");
        String second = image("web-2");
        image("db-1");
        long before = rig.count(FIND_OR_POLL);

        search();
        runToTheEnd();
        rig.time.pass(ImageSearch.TIMEOUT.multipliedBy(2));

        assertEquals(List.of(second), ends);
        assertEquals(before + 1, rig.count(FIND_OR_POLL));
    }

    @Test
    void thatThereIsNoneIsToldAtOnce() {
        Instant begun = rig.time.instant();

        search();
        runToTheEnd();

        assertEquals(List.of("none"), ends);
        assertTrue(Duration.between(begun, rig.time.instant()).toSeconds() < 1);
    }

    @Test
    void aBusyCloudIsAskedAgainWithGrowingPauses() {
        String id = image("web-1");
        AtomicInteger refused = new AtomicInteger();
        rig.onRequest = action -> {
            if (refused.incrementAndGet() <= 3) {
                rig.server.faults().next(action, refused.get() == 2 ? Fault.UNAVAILABLE_BEFORE : Fault.THROTTLED);
            }
        };

        search();
        runToTheEnd();

        assertEquals(List.of(id), ends);
        assertEquals(3, pauses.size());
        assertTrue(pauses.get(0).toMillis() >= 1600, pauses.toString());
        assertTrue(pauses.get(2).compareTo(pauses.get(0)) > 0, pauses.toString());
    }

    @Test
    void aCloudThatStaysUnavailableEndsTheSearchAfterFiveMinutes() {
        image("web-1");
        rig.onRequest = action -> rig.server.faults().next(action, Fault.UNAVAILABLE_BEFORE);
        Instant begun = rig.time.instant();

        search();
        runToTheEnd();

        assertEquals(ErrorKind.UNAVAILABLE, error().kind());
        assertTrue(error().message().startsWith("The image was not found within 5 minutes: "), error().message());
        assertEquals(begun.plus(ImageSearch.TIMEOUT), rig.time.instant());
        int calls = rig.server.calls().size();
        rig.time.pass(ImageSearch.TIMEOUT);
        assertEquals(calls, rig.server.calls().size());
        assertEquals(1, ends.size());
    }

    @Test
    void aWrongKeyEndsItAtOnce() {
        search(() -> rig.connection(new AccessKey(EngineRig.KEY.id(), "wrong", null)));
        runToTheEnd();

        assertEquals(ErrorKind.AUTHENTICATION, error().kind());
        assertEquals(List.of(), pauses);
    }

    @Test
    void aKeyIsLookedUpAgainForEachAttempt() {
        String id = image("web-1");
        AtomicInteger lookups = new AtomicInteger();

        search(() -> {
            if (lookups.incrementAndGet() < 3) {
                throw CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE)
                        .message("The vault is sealed")
                        .exception();
            }
            return rig.connection(EngineRig.KEY);
        });
        runToTheEnd();

        assertEquals(List.of(id), ends);
        assertEquals(3, lookups.get());
    }

    @Test
    void aConnectorThatBreaksIsToldWhenTheTimeIsUp() {
        search(() -> {
            throw new NoClassDefFoundError("on purpose");
        });
        runToTheEnd();

        assertTrue(error().message().contains("on purpose"), error().message());
        assertNull(error().code());
    }

    @Test
    void whoCancelsHearsNothing() {
        rig.onRequest = action -> rig.server.faults().next(action, Fault.THROTTLED);
        ImageSearch search = search();
        rig.time.runUntil(() -> !pauses.isEmpty());

        search.cancel();
        int calls = rig.server.calls().size();
        rig.time.pass(ImageSearch.TIMEOUT.multipliedBy(2));

        assertEquals(List.of(), ends);
        assertEquals(calls, rig.server.calls().size());
    }

    @Test
    void manySearchesKeepToTheRateOfTheAccount() {
        image("web-1");
        List<Instant> times = new ArrayList<>();
        rig.onRequest = action -> times.add(rig.time.instant());

        for (int i = 0; i < 100; i++) {
            search();
        }
        rig.time.runUntil(() -> ends.size() == 100);

        Duration all = Duration.between(times.get(0), times.get(99));
        assertTrue(all.toMillis() >= 99 * 50, all.toString());
    }
}
