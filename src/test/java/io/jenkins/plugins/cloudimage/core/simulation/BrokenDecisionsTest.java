package io.jenkins.plugins.cloudimage.core.simulation;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An engine with a mistake that always throws ends its steps all the same: at an abort and at the deadline. It deletes no
 * more than another engine does, and loses nothing.
 */
class BrokenDecisionsTest {
    private static final Logger LOGGER = Logger.getLogger("io.jenkins.plugins.cloudimage");
    private static final long WORLDS = Long.getLong("simulation.broken.worlds", 25);
    private static final String DECIDE = "Decision decide(Creation creation, Memory memory, Observations seen) {";
    private static final String THROW = " if (true) throw new IllegalStateException(\"broken\");";
    /** What such an engine cannot do any more; a person is told. */
    private static final List<String> LEFT = List.of(
            "timed out though this image was ready",
            "was to be deleted and is there",
            "was to be retired and is not",
            "does not run again",
            "Nobody need decide");

    private static Level before;

    @BeforeAll
    static void beQuiet() {
        before = LOGGER.getLevel();
        LOGGER.setLevel(Level.OFF);
    }

    @AfterAll
    static void beAsBefore() {
        LOGGER.setLevel(before);
    }

    static List<Mutation> mistakes() {
        return List.of(
                broken("planning", "Planning", DECIDE),
                broken("preparing", "Preparing", DECIDE),
                broken("submitting", "Submitting", DECIDE),
                broken(
                        "the answer to a create call",
                        "Submitting",
                        "Decision accepted(Creation creation, Observations seen, Result created) {"),
                broken(
                        "the refusal of a create call",
                        "Submitting",
                        "Decision refused(Creation creation, Memory memory, Observations seen, CloudError error) {"),
                broken("finding", "Submitting", "Decision find(Creation creation, Memory memory, Observations seen) {"),
                broken("building", "Building", DECIDE),
                broken("sharing", "Sharing", DECIDE),
                broken("copying", "Copying", "Decision decide(Creation source, Memory memory, Observations seen) {"),
                broken("what is known of copies", "CopyEntries", "List<CopyStatus> observe(Entry source) {"),
                broken(
                        "who holds a name",
                        "Reservations",
                        "Holder holderOfName(Creation creation, List<CloudImage> namesakes) {"),
                broken("deleting", "Deleting", DECIDE),
                broken("cleaning up", "CleaningUp", DECIDE),
                new Mutation(
                        0,
                        "an error without a code",
                        "TagSupport",
                        "code != null && refusals.contains(code)",
                        "refusals.contains(code)"),
                broken("what a cloud can do", "Controller", "Capabilities capabilities(Creation creation) {"));
    }

    /** The first statement of a method throws. */
    private static Mutation broken(String what, String file, String method) {
        return new Mutation(0, what, "creation/" + file, method, method + THROW);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aStepEndsThough(Mutation mistake) throws ReflectiveOperationException {
        List<String> left = new ArrayList<>(LEFT);
        if (mistake.file().endsWith("CleaningUp")) {
            left.add("No record knows");
        }
        assertNull(mistake.brokenPromise(WORLDS, left));
    }
}
