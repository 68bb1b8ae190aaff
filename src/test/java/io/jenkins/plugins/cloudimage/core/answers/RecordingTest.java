package io.jenkins.plugins.cloudimage.core.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.canary.Canary;
import io.jenkins.plugins.cloudimage.core.canary.Echo;
import io.jenkins.plugins.cloudimage.core.canary.LeakyCloud;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The recording of a fake cloud contains nothing about its account, and can be read like any other recorded response.
 */
class RecordingTest {
    @TempDir
    private Path folder;

    static Stream<SimulatedCloud<?>> clouds() {
        Clock clock = Clock.systemUTC();
        return SimulatedCloud.every(clock).stream();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void quietly(Call call) {
        try {
            call.run();
        } catch (CloudException e) {
            // Failures are recorded as well.
        }
    }

    private interface Call {
        void run() throws CloudException;
    }

    /** Makes all calls, and returns the ids of the images that there were. */
    private static List<String> everyCall(Cloud cloud, SimulatedCloud<?> simulated) {
        String instance = simulated.request().instanceId();
        String name = simulated.request().imageName();
        quietly(() -> cloud.create(simulated.request(), "token-1"));
        List<String> ids =
                simulated.images().all().stream().map(image -> image.id()).toList();
        quietly(() -> cloud.describe(ids.isEmpty() ? List.of("img-none") : ids));
        quietly(() -> cloud.findByName(name));
        quietly(() -> cloud.powerState(instance));
        quietly(() -> cloud.powerState("i-000none000"));
        quietly(cloud::quota);
        quietly(cloud::probe);
        simulated.images().finish();
        for (String id : ids) {
            quietly(() -> cloud.snapshotsLeftBy(id));
            quietly(() -> cloud.delete(id));
            quietly(() -> cloud.delete(id));
        }
        return ids;
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void whatIsRecordedIsReadAndTellsNoIds(SimulatedCloud<?> simulated) throws IOException {
        List<String> ids;
        try (FakeServer server = new FakeServer(simulated.cloud())) {
            Cloud cloud = new Recording(folder, Clock.systemUTC())
                    .clouds()
                    .connect(new CloudConnection(
                            simulated.id(),
                            server.endpoint(),
                            simulated.request().region(),
                            simulated.key(),
                            simulated.settings()));
            ids = everyCall(cloud, simulated);
        }

        assertEquals(1, ids.size());
        assertTrue(files().size() >= 8, () -> simulated.id() + " has few files");
        for (Path file : files()) {
            RecordedAnswersTest.assertUnderstood(simulated.id(), RecordedAnswer.read(file));
            String text = Files.readString(file);
            assertFalse(text.contains(simulated.key().id()), text);
            assertFalse(text.contains(simulated.key().secret()), text);
            assertFalse(text.contains(simulated.request().instanceId()), text);
            assertFalse(text.contains("nightly-web-tier"), text);
            assertFalse(text.matches("(?is).*\"[^\"]*signature\" *: *\"(?!\\*{4}\").*"), text);
            ids.forEach(id -> assertFalse(text.contains(id), text));
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void noCanaryIsRecordedOfAServerThatTellsAllItKnows(SimulatedCloud<?> simulated) throws IOException {
        AccessKey key = LeakyCloud.temporary(simulated.cloud(), simulated.key());
        Canary canary = new Canary(key);
        for (Echo echo : Echo.values()) {
            try (FakeServer server = new FakeServer(new LeakyCloud(simulated.cloud(), key, canary, action -> echo))) {
                Cloud cloud = new Recording(folder.resolve(echo.name()), Clock.systemUTC())
                        .clouds()
                        .connect(new CloudConnection(
                                simulated.id(),
                                server.endpoint(),
                                simulated.request().region(),
                                key,
                                simulated.settings()));
                everyCall(cloud, simulated);
            }
        }

        assertTrue(files().size() > 20, () -> simulated.id() + " has few files");
        for (Path file : files()) {
            canary.assertNotIn(file.toString(), Files.readString(file));
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void nothingIsRecordedUnlessItIsAskedFor(SimulatedCloud<?> simulated) throws Exception {
        var http = io.jenkins.plugins.cloudimage.core.TestTransport.direct();
        int all = new Clouds(http, Clock.systemUTC()).all().size();
        assertEquals(all, Recording.clouds(null, http, Clock.systemUTC()).all().size());
        assertEquals(all, Recording.clouds(" ", http, Clock.systemUTC()).all().size());
        assertThrows(
                IllegalArgumentException.class,
                () -> Recording.clouds(null, http, Clock.systemUTC()).provider("none"));
        assertEquals(List.of(), files());
    }
}
