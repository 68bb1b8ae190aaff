package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists;
import io.jenkins.plugins.cloudimage.core.creation.Options.OnIncomplete;
import io.jenkins.plugins.cloudimage.simulator.FakeInstances.Power;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exceptions, lost tasks and delays never stall a creation. */
class LivenessTest {
    private static final Options STOP = new Options(true, true, OnIncomplete.DELETE, IfNameExists.FAIL);
    private static final Options DELETE = new Options(false, false, OnIncomplete.DELETE, IfNameExists.FAIL);

    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    private static Creation start(EngineRig rig, Options options) {
        if (options.stopInstance()) {
            rig.account.instances().add("i-1");
        } else {
            rig.account.instances().addStopped("i-1");
        }
        Creation creation = rig.plan(rig.cloud.request("web-1", "i-1"), options, EngineRig.TIMEOUT);
        rig.run(creation);
        return creation;
    }

    private static void assertReady(EngineRig rig, Creation creation, String what) {
        Creation end = rig.finish(creation);
        assertEquals(Outcome.READY, end.outcome(), what + end);
        assertEquals(List.of(String.valueOf(end.imageId())), rig.imageIds(), what);
    }

    @Test
    void anErrorInTheConnectorOrTheListenerIsGotOver() {
        for (Error error : List.of(new OutOfMemoryError("on purpose"), new StackOverflowError("on purpose"))) {
            try (EngineRig rig = new EngineRig(folder.resolve(error.getClass().getName()), 1)) {
                int[] calls = new int[2];
                CreationEngine.Connector connector = rig.connector;
                rig.connector = creation -> {
                    if (calls[0]++ % 2 == 0) {
                        throw error;
                    }
                    return connector.connect(creation);
                };
                rig.listener = news -> {
                    if (calls[1]++ % 2 == 0) {
                        throw error;
                    }
                    rig.heard.add(news);
                };

                assertReady(rig, start(rig, STOP), error.toString());
                rig.time.pass(Duration.ofMinutes(5));
                assertEquals(Outcome.READY, rig.toldEnd().outcome());
                assertEquals(Optional.of(Power.RUNNING), rig.account.instances().power("i-1"));
            }
        }
    }

    @Test
    void aTaskThatIsLostIsMadeUpForByTheResync() {
        lose(false);
    }

    @Test
    void aTaskForWhichNoThreadCouldBeMadeIsMadeUpFor() {
        lose(true);
    }

    private void lose(boolean thrown) {
        boolean lost = true;
        for (int n = 1; lost; n += n < 30 ? 1 : 7) {
            try (EngineRig rig = new EngineRig(folder.resolve(thrown + "-" + n), 1)) {
                int unlucky = n;
                int[] tasks = new int[1];
                rig.loses = delay -> {
                    boolean now = ++tasks[0] == unlucky;
                    if (now && thrown) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return now;
                };
                Creation creation = start(rig, STOP);
                try {
                    assertReady(rig, creation, "Without task " + n + ": ");
                } catch (AssertionError e) {
                    throw new AssertionError("Without task " + n + ": " + rig.live(creation), e);
                }
                lost = tasks[0] >= n;
            }
        }
    }

    @Test
    void anAbortWhileTheKeyIsLookedUpOnTheWayIntoWaitingFreesTheName() {
        try (EngineRig rig = new EngineRig(folder, 1)) {
            CreationEngine.Connector connector = rig.connector;
            rig.connector = creation -> {
                rig.engine.abort(creation.key());
                rig.connector = connector;
                return connector.connect(creation);
            };
            Creation first = start(rig, DELETE);
            assertEquals(Outcome.ABORTED, rig.finish(first).outcome());

            assertReady(rig, start(rig, DELETE), "");
        }
    }

    @Test
    void afterManyAbortsTheNextCreationNeedNotWait() {
        try (EngineRig rig = new EngineRig(folder, 1)) {
            List<Creation> all = IntStream.range(0, 500)
                    .mapToObj(i -> rig.start("many-" + i))
                    .toList();
            rig.time.pass(Duration.ofSeconds(1));
            all.forEach(each -> rig.engine.abort(each.key()));
            rig.time.pass(Duration.ofSeconds(1));
            Creation next = rig.start("web-1");
            rig.time.pass(Duration.ofSeconds(15));

            assertEquals(Phase.BUILDING, rig.live(next).phase());
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void aCredentialProviderThatIsAwayAtARestartIsWaitedFor(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder, 1, cloud)) {
            Creation creation = start(rig, STOP);
            rig.untilSaved(creation, Phase.BUILDING);
            CreationEngine.Connector connector = rig.connector;
            Duration back = rig.time.uptime().plusSeconds(30);
            rig.connector = each -> {
                if (rig.time.uptime().compareTo(back) < 0) {
                    throw new IllegalStateException("The provider is away");
                }
                return connector.connect(each);
            };
            rig.resumeAll(folder);

            assertReady(rig, creation, "");
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void anImageThatIsMissingFromListsForAWhileIsNotGone(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder, 1, cloud)) {
            Creation creation = start(rig, STOP);
            rig.time.runUntil(() -> rig.cloudState(creation) != null);
            rig.images().listAfter(Duration.ofDays(1));
            rig.time.pass(Duration.ofMinutes(5));
            rig.images().listAfter(Duration.ZERO);

            assertReady(rig, creation, "");
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void aStaleEmptyListDoesNotTickOffADeletion(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder, 1, cloud)) {
            Creation creation = start(rig, DELETE);
            rig.time.runUntil(() -> rig.cloudState(creation) != null);
            boolean[] stale = new boolean[1];
            rig.onRequest = action -> {
                if (EngineRig.is(action, "DeleteImage") && !stale[0]) {
                    stale[0] = true;
                    rig.server.faults().next(action, Fault.RESET_BEFORE);
                    rig.images().listAfter(Duration.ofDays(1));
                    rig.time.schedule(() -> rig.images().listAfter(Duration.ZERO), Duration.ofSeconds(50));
                }
            };
            rig.engine.abort(creation.key());

            rig.finish(creation);

            assertTrue(stale[0]);
            assertEquals(List.of(), rig.imageIds());
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void anInstanceThatFallsBackToStoppedIsStartedAgain(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder, 1, cloud)) {
            Creation creation = start(rig, STOP);
            boolean[] fell = new boolean[1];
            rig.onRequest = action -> {
                if (EngineRig.is(action, "StartInstance") && !fell[0]) {
                    fell[0] = true;
                    rig.time.schedule(() -> rig.account.instances().addStopped("i-1"), Duration.ofSeconds(5));
                }
            };

            assertReady(rig, creation, "");
            rig.time.pass(Duration.ofMinutes(2));

            assertTrue(fell[0]);
            assertEquals(Optional.of(Power.RUNNING), rig.account.instances().power("i-1"));
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void readyIsToldOnlyOnceItIsOnDiskAndNoCleanupDeletesTheImage(TestCloud cloud) throws IOException {
        for (boolean dies : List.of(false, true)) {
            Path home = folder.resolve("dies-" + dies);
            try (EngineRig rig = new EngineRig(home, 1, cloud)) {
                Creation creation = start(rig, DELETE);
                rig.time.runUntil(() -> rig.cloudState(creation) != null);
                rig.time.pass(Duration.ofSeconds(61));
                Path block = Files.createDirectory(home.resolve(creation.key() + ".json.tmp"));
                rig.time.pass(Duration.ofMinutes(15));
                assertEquals(Outcome.READY, rig.live(creation).outcome());
                assertFalse(rig.heard.stream().anyMatch(Creation::ended));
                Files.delete(block);
                if (dies) {
                    rig.restart(home);
                    rig.engine.cleanUp(creation.key(), rig.heard::add);
                }

                Creation end = rig.finish(creation);
                rig.time.pass(Duration.ofMinutes(5));

                assertEquals(
                        dies ? Outcome.ABANDONED : Outcome.READY, rig.toldEnd().outcome());
                assertEquals(List.of(String.valueOf(end.imageId())), rig.imageIds());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void oneKeyThroughTwoEndpointsMakesOneImageOfAName(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder, 1, cloud)) {
            CreationEngine.Connector connector = rig.connector;
            int[] looks = new int[1];
            rig.connector = creation -> looks[0]++ % 2 == 0
                    ? connector.connect(creation)
                    : rig.connection(
                            URI.create(rig.server.endpoint().toString().replace("127.0.0.1", "localhost")),
                            rig.account.key());
            Creation first = start(rig, STOP);
            rig.untilSaved(first, Phase.SUBMITTING);
            Creation second = rig.plan(rig.cloud.request("web-1", "i-1"), STOP, EngineRig.TIMEOUT);
            rig.run(second);
            Creation third = rig.plan(rig.cloud.request("web-2", "i-1"), STOP, EngineRig.TIMEOUT);
            rig.run(third);

            assertEquals(Outcome.FAILED, rig.finish(second).outcome());
            assertEquals(Outcome.READY, rig.finish(first).outcome());
            assertFalse(rig.live(third).ended(), "waits for the instance");
            assertEquals(Outcome.READY, rig.finish(third).outcome());
            assertEquals(2, rig.imageIds().size());
        }
    }
}
