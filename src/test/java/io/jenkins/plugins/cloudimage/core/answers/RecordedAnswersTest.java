package io.jenkins.plugins.cloudimage.core.answers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Real responses of the clouds, given to the real clients. */
class RecordedAnswersTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/jenkins/plugins/cloudimage/core/answers");
    private static final int ENOUGH = 10;

    @TestFactory
    Stream<DynamicTest> theClientsUnderstand() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(
                            FOLDER.relativize(file).toString(), file.toUri(), () -> isUnderstood(file)))
                    .toList()
                    .stream();
        }
    }

    /**
     * Fewer answers of a call would leave out what the cloud says most often. To find images by a query is the call that
     * finds them by their name, so it is enough to have the answers of that one.
     */
    @TestFactory
    Stream<DynamicTest> eachCallOfEachCloudHasEnoughAnswers() {
        return Results.CLOUDS.keySet().stream()
                .sorted()
                .flatMap(cloud -> Stream.of(RecordedAnswer.Action.values())
                        .filter(action -> action != RecordedAnswer.Action.find)
                        .map(action -> DynamicTest.dynamicTest(
                                cloud + ", " + action, () -> assertEnough(cloud, action, count(cloud, action)))));
    }

    private static void assertEnough(String cloud, RecordedAnswer.Action action, int count) {
        boolean missingInSome =
                switch (action) {
                    case quota, snapshotsLeftBy, deleteSnapshot -> true;
                    default -> false;
                };
        assertTrue(
                count >= ENOUGH || count == 0 && missingInSome,
                () -> cloud + " has only " + count + " answers to " + action);
    }

    private static int count(String cloud, RecordedAnswer.Action action) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(cloud))) {
            return (int) files.filter(file -> file.getFileName().toString().startsWith(action + "-"))
                    .count();
        }
    }

    private static void isUnderstood(Path file) throws IOException {
        String cloud = file.getParent().getFileName().toString();
        assertTrue(Results.CLOUDS.containsKey(cloud), () -> "There is no cloud " + cloud);
        RecordedAnswer recorded = RecordedAnswer.read(file);
        assertTrue(
                file.getFileName().toString().matches(recorded.action() + "-[a-z0-9-]+\\.json"),
                () -> "The name of " + file + " does not begin with its action");
        assertUnderstood(cloud, recorded);
    }

    static void assertUnderstood(String cloud, RecordedAnswer recorded) {
        SimulatedCloud<?> simulated = Results.CLOUDS.get(cloud);
        Cloud client = Results.client(simulated, recorded.answers());
        RecordedAnswer.Expected expected = recorded.expected();
        try {
            JsonNode result = Results.of(client, recorded.action(), recorded.arguments(), simulated.request());
            Results.assertEqual(expected, result);
        } catch (CloudException e) {
            if (expected.error() == null) {
                throw new AssertionError("Taken for a failure: " + e.error(), e);
            }
            Results.assertEqual(expected.error(), Results.json(e.error()));
        }
    }
}
