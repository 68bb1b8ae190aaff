package io.jenkins.plugins.cloudimage.core.simulation;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation notices each mistake that an engine can have. */
class MutationTest {
    private static final Logger LOGGER = Logger.getLogger("io.jenkins.plugins.cloudimage");
    private static final long WORLDS = Long.getLong("simulation.mutation.worlds", 1000);
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

    static Stream<Mutation> allMutations() {
        return Stream.concat(mutations().stream(), RetentionMutations.all().stream());
    }

    private static List<Mutation> mutations() {
        return List.of(
                new Mutation(
                        0,
                        "an effect does not wait for the save",
                        "creation/Controller",
                        "            saving.save(entry);\n        } else if (entry.effect",
                        "            saving.save(entry);\n        }\n        if (entry.effect"),
                new Mutation(
                        0,
                        "the save before a create is skipped",
                        "creation/Entry",
                        "                || creation.submission().left()\n"
                                + "                || !creation.copies().isEmpty()\n                || effect != null && effect.changes() && calling == null;",
                        ";"),
                new Mutation(
                        0,
                        "an end is told before it is on disk",
                        "creation/Entry",
                        "outcome == Outcome.TIMED_OUT || !mustBeSaved()",
                        "outcome == Outcome.TIMED_OUT || true"),
                new Mutation(
                        181,
                        "an abort waits for the disk",
                        "creation/Entry",
                        "outcome == Outcome.ABORTED || outcome == Outcome.TIMED_OUT || !mustBeSaved()",
                        "!mustBeSaved()"),
                new Mutation(
                        8,
                        "an image is gone after two polls",
                        "creation/Building",
                        "sighting.at().minus(since).compareTo(GONE_AFTER) < 0",
                        "memory.absentSince() == null"),
                new Mutation(
                        102,
                        "a deletion is done at the first absence",
                        "creation/DeleteImage",
                        "seen.uptime().minus(since).compareTo(enough) >= 0",
                        "true"),
                new Mutation(
                        33,
                        "a deletion is done when it is accepted",
                        "creation/DeleteImage",
                        "return Step.call(creation, memory, new Effect.Describe(image.id()));",
                        "return Step.done(creation.copy().image(image.gone()).build(), memory, KIND);"),
                new Mutation(
                        11,
                        "snapshots are not noted",
                        "creation/DeleteImage",
                        "if (!all.addAll(left)) {",
                        "if (true) {"),
                new Mutation(
                        37,
                        "the mark is ignored",
                        "creation/Candidates",
                        "creation.plan().mark().isIn(image.description())",
                        "true"),
                new Mutation(
                        71,
                        "an id that is listed twice counts twice",
                        "creation/Candidates",
                        "List.copyOf(images));\n    }",
                        "namesakes.stream().filter(image -> distinct.containsKey(image.id())).toList());\n    }"),
                new Mutation(
                        12,
                        "a possible side effect passes for none",
                        "creation/Submitting",
                        "if (error.sideEffect() == SideEffect.POSSIBLE || mayBeOurs) {",
                        "if (mayBeOurs) {"),
                new Mutation(
                        7,
                        "an image of a lost build is deleted",
                        "creation/Reconciler",
                        "if (outcome == Outcome.ABANDONED) {\n            return List.of(CleanupTask.open(CleanupTask.Kind.FINISH_IMAGE));",
                        "if (false) {\n            return List.of(CleanupTask.open(CleanupTask.Kind.FINISH_IMAGE));"),
                new Mutation(
                        2,
                        "a ready image is deleted",
                        "creation/Outcome",
                        "return this != READY && this != DRY_RUN_PASSED && this != DELETED;",
                        "return true;"),
                new Mutation(
                        11,
                        "an instance is started only after a success",
                        "creation/Reconciler",
                        "&& last.instance().stopping()",
                        "&& last.instance().stopping() && outcome == Outcome.READY"),
                new Mutation(
                        11,
                        "a start is done when it is accepted",
                        "creation/StartInstance",
                        "if (result.effect() instanceof Effect.Start) {\n            return Step.again(creation, memory, KIND, LOOK_AGAIN);",
                        "if (result.effect() instanceof Effect.Start) {\n            return Step.done(creation, memory, KIND);"),
                new Mutation(
                        15,
                        "the deadline is judged by the wall clock",
                        "creation/Deadlines",
                        "return entry.deadline != null && entry.deadline.compareTo(now) <= 0;",
                        "return !clock.instant().isBefore(entry.creation.plan().deadline());"),
                new Mutation(
                        268,
                        "a likely image passes for proven",
                        "creation/Candidates",
                        "marks ? ImageStatus.Ownership.PROVEN : ImageStatus.Ownership.LIKELY",
                        "ImageStatus.Ownership.PROVEN"),
                new Mutation(
                        Scenario.FOCUSED + 136,
                        "the source is ignored on a cloud without marks",
                        "creation/Candidates",
                        "(wanted == null || wanted.equals(image.sourceId()))",
                        "true"),
                new Mutation(
                        Scenario.FOCUSED + 311,
                        "a create that has left is sent again after a restart",
                        "creation/Submitting",
                        "if (submission.left()) {",
                        "if (false) {"),
                new Mutation(
                        Scenario.FOCUSED + 2,
                        "a job that ends with an Error does not end",
                        "creation/Lanes",
                        "result = work.run();\n            } catch (Throwable t) {",
                        "result = work.run();\n            } catch (Exception t) {"),
                new Mutation(
                        Scenario.FOCUSED + 9,
                        "fences are ignored",
                        "creation/Entry",
                        "return fenced && !awaited;",
                        "return false;"),
                new Mutation(
                        186,
                        "a stop that was accepted may begin after the start",
                        "creation/StartInstance",
                        "power == PowerState.RUNNING && !mayStillStop",
                        "power == PowerState.RUNNING"),
                new Mutation(
                        Scenario.FOCUSED + 25,
                        "names are not reserved",
                        "creation/Reservations",
                        "(holdsName(other)",
                        "(false"),
                new Mutation(
                        Scenario.FOCUSED + 1932,
                        "the date is ignored on a cloud without marks",
                        "creation/Candidates",
                        "&& !created.isBefore(submitted.truncatedTo(ChronoUnit.MINUTES))",
                        ""),
                new Mutation(
                        Scenario.FOCUSED + 104,
                        "a create is sent again where names are not unique",
                        "creation/Submitting",
                        "return seen.hasUniqueName(creation)",
                        "return true"),
                new Mutation(
                        Scenario.FOCUSED + 26,
                        "an effect that has not left is not withdrawn",
                        "creation/Controller",
                        "if (isInterrupted(entry)) {\n            takeBack(entry);",
                        "if (false) {\n            takeBack(entry);"),
                new Mutation(
                        4295002806L,
                        "a likely image is not looked at again before it is told",
                        "creation/Building",
                        "status(creation).ownership() == ImageStatus.Ownership.LIKELY",
                        "false"),
                new Mutation(
                        22943,
                        "an image that another step deletes is reused",
                        "creation/Reservations",
                        "namesakes.stream().anyMatch(image -> holdsImage(other, image))",
                        "false"),
                new Mutation(
                        Scenario.FOCUSED + 23,
                        "instances are not reserved",
                        "creation/Reservations",
                        "&& holdsInstance(other)",
                        "&& false"),
                new Mutation(
                        Scenario.SHARING,
                        "an image is ready before it is shared",
                        "creation/Reconciler",
                        "if (!copies && creation.options().shareWith().isEmpty()) {",
                        "if (!copies) {"),
                new Mutation(
                        Scenario.SHARING,
                        "what was sent counts as shared",
                        "creation/Sharing",
                        "filter(accounts::contains)",
                        "filter(each -> accounts.contains(each) || shares(creation).sent().contains(each))"),
                new Mutation(
                        Scenario.SHARING,
                        "a share that leaves is not saved",
                        "creation/ImageStatus",
                        "shares == null ? null : shares.essence()",
                        "null"),
                new Mutation(
                        Scenario.SHARING,
                        "an image is deleted because it is not shared",
                        "creation/Reconciler",
                        "if (image.shares() != null && outcome != Outcome.ABORTED) {",
                        "if (false) {"),
                new Mutation(
                        Scenario.SHARING,
                        "a shared image is deleted without ending that",
                        "creation/DeleteImage",
                        "return creation.deletion() == null && sharedByUs(image).isEmpty()",
                        "return true"),
                new Mutation(
                        Scenario.SHARING,
                        "a refused account is left out",
                        "creation/Sharing",
                        "return shares(next).refused().isEmpty()",
                        "return true"),
                new Mutation(
                        Scenario.SHARING,
                        "an account that nobody asked for is shared with",
                        "creation/Sharing",
                        "Creation sending = with",
                        "accounts = List.of(\"10009\");\n        Creation sending = with"),
                new Mutation(
                        Scenario.RETIRING,
                        "nobody looks who uses an image",
                        "creation/Checking",
                        "return deletion.force()",
                        "return true"),
                new Mutation(
                        Scenario.RETIRING,
                        "an image that is used is deleted",
                        "creation/Checking",
                        "return instances.isEmpty()",
                        "return true"),
                new Mutation(
                        Scenario.RETIRING,
                        "nobody looks again before another attempt",
                        "creation/DeleteImage",
                        "return deletion == null || deletion.force()",
                        "return true"),
                new Mutation(
                        Scenario.RETIRING,
                        "an image is deleted without proof",
                        "creation/Checking",
                        "if (!deletion.isProven() && !deletion.notOurs()) {",
                        "if (false) {"),
                new Mutation(
                        Scenario.RETIRING,
                        "an image that another step needs is deleted",
                        "creation/Checking",
                        "if (seen.imageHolder() != null) {",
                        "if (false) {"),
                new Mutation(
                        Scenario.RETIRING,
                        "the first list that lacks an image shows that it is gone",
                        "creation/Checking",
                        "seen.uptime().minus(since).compareTo(Reconciler.GRACE) < 0",
                        "false"),
                new Mutation(
                        Scenario.COPYING,
                        "an image is ready before its copies are",
                        "creation/Copying",
                        "source.copies().stream().allMatch(CopyStatus::isSettled)",
                        "true"),
                new Mutation(
                        Scenario.COPYING,
                        "another process begins a copy anew",
                        "creation/CopyEntries",
                        "Entry copy = entries.get(planned.key());\n            if (copy == null &&",
                        "Entry copy = entries.get(planned.key());\n"
                                + "            if ((copy == null || copy.restored != null && !copy.started) &&"),
                new Mutation(
                        Scenario.COPYING + 76,
                        "a copy that only its name tells is asked for again",
                        "creation/Observations",
                        "capabilities.uniqueNames() && !isByNameOnly(creation)",
                        "capabilities.uniqueNames()"),
                new Mutation(
                        Scenario.COPYING,
                        "an abort forgets the copies",
                        "creation/CopyEntries",
                        "case ABORTED, TIMED_OUT -> outcome;",
                        "case ABORTED, TIMED_OUT -> Outcome.ABANDONED;"),
                new Mutation(
                        Scenario.COPYING,
                        "a record is done while its copies are not",
                        "creation/Creation",
                        "copies.stream().allMatch(CopyStatus::done)",
                        "true"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("allMutations")
    void eachMistakeIsNoticed(Mutation mutation) throws ReflectiveOperationException {
        long seed = mutation.caughtBy(WORLDS);
        assertTrue(seed >= 0, () -> "No one of " + WORLDS + " worlds notices that " + mutation);
        assertNull(World.run(Scenario.of(seed)), "without the mistake");
    }
}
