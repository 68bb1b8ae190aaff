package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.canary.Canary;
import io.jenkins.plugins.cloudimage.core.canary.Echo;
import io.jenkins.plugins.cloudimage.core.canary.EveryLog;
import io.jenkins.plugins.cloudimage.core.canary.LeakyCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every cloud × every kind of call × every place of an echo, from the plan to the last cleanup task. No secret is in
 * the ledger (read after each change), in what listeners receive or in any log.
 */
class CreationCanaryTest {
    private static final Options OPTIONS =
            new Options(true, true, Options.OnIncomplete.DELETE, Options.IfNameExists.FAIL);
    /** Long enough for retries, short enough for the matrix. */
    private static final Duration TIMEOUT = Duration.ofMinutes(20);
    /** The number of failures of a call, after which the creation continues or ends. */
    private static final int ECHOES = 3;

    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    private int creations;

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void noRecordAndNoLogHoldsASecret(TestCloud cloud) {
        try (EveryLog log = new EveryLog();
                EngineRig rig = new EngineRig(folder, 1, cloud)) {
            AccessKey key = LeakyCloud.temporary(rig.account.fake(), rig.account.key());
            Canary canary = new Canary(key);
            rig.connector = creation -> rig.connection(key);
            Set<String> actions = new LinkedHashSet<>();
            rig.onRequest = actions::add;
            run(rig, canary, false);
            Set<String> always = Set.copyOf(actions);
            run(rig, canary, true);
            assertTrue(actions.size() >= 5, actions.toString());
            rig.onRequest = action -> {};
            for (String action : Set.copyOf(actions)) {
                for (Echo echo : Echo.values()) {
                    int[] left = {ECHOES};
                    rig.front = new LeakyCloud(
                            rig.account.fake(),
                            key,
                            canary,
                            each -> each.equals(action) && left[0]-- > 0 ? echo : null);
                    run(rig, canary, !always.contains(action) || creations % 2 == 0);
                    assertTrue(left[0] < ECHOES, () -> action + " was not called");
                }
            }
            canary.assertNotIn("The log", log.text());
        }
        System.out.println("Canary: " + creations + " creations of " + cloud);
    }

    private void run(EngineRig rig, Canary canary, boolean fails) {
        creations++;
        Path records = folder.resolve("run-" + creations);
        rig.restart(records);
        rig.listener = news -> canary.assertNotIn("A listener's news", news.toString());
        String instance = "i-" + creations;
        rig.account.instances().add(instance);
        rig.images().fail(fails);
        rig.images().take(Duration.ofMinutes(2));
        Creation creation = rig.plan(rig.cloud.request("web-" + creations, instance), OPTIONS, TIMEOUT);
        rig.run(creation);
        Object[] file = new Object[1];
        rig.time.runUntil(() -> {
            Object now = rig.file(creation);
            if (!now.equals(file[0])) {
                file[0] = now;
                assertClean(canary, records);
            }
            return rig.isDone(creation);
        });
        assertClean(canary, records);
        rig.imageIds().forEach(rig.images()::remove);
    }

    private static void assertClean(Canary canary, Path records) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(records)) {
            for (Path file : files) {
                canary.assertNotIn("The record", Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
