package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.creation.CleaningUp.Step;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Looks for the image of a create call whose outcome is unknown. An image with the mark is the one; without marks a
 * person decides about the candidates.
 */
final class FindImage implements CleaningUp.Task {
    private static final Kind KIND = Kind.FIND_IMAGE;
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    @Override
    public Step next(Creation creation, Memory memory, Observations seen) {
        Result result = seen.result();
        if (result == null) {
            return Step.call(
                    creation, memory, new Effect.FindByName(creation.request().imageName()));
        }
        if (result.failed()) {
            return Step.failed(creation, memory, KIND, result.error());
        }
        Candidates candidates = Candidates.of(creation, result.answer(), seen.isMarked(creation));
        if (candidates.only() != null && candidates.ownership() == ImageStatus.Ownership.PROVEN) {
            Creation found = CleaningUp.found(creation.copy()
                    .image(ImageStatus.of(candidates.only(), ImageStatus.Ownership.PROVEN))
                    .build());
            return new Step(found, memory, null, Duration.ZERO);
        }
        if (!candidates.images().isEmpty()) {
            Set<String> all = new LinkedHashSet<>(creation.candidates());
            all.addAll(candidates.ids());
            return Step.needsPerson(
                    creation.copy().candidates(new ArrayList<>(all)).build(),
                    memory,
                    KIND,
                    Submitting.several(candidates.ids()));
        }
        if (!seen.isAccountOf(creation)) {
            return Step.otherAccount(creation, memory, KIND, creation.request().imageName());
        }
        Duration quarter = seen.uptime().minus(memory.since()).dividedBy(4);
        return Step.again(creation, memory, KIND, within(quarter));
    }

    private static Duration within(Duration pause) {
        if (pause.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
