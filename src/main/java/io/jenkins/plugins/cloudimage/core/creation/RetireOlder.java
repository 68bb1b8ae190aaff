package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.creation.CleaningUp.Step;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.Kind;
import io.jenkins.plugins.cloudimage.core.retention.MadeImage;
import io.jenkins.plugins.cloudimage.core.retention.Verdict;
import java.util.List;

/**
 * Has the earlier images of a job deleted that its rule retires. Each of them becomes a deletion of its own, which looks
 * again whether the image may go.
 */
final class RetireOlder implements CleaningUp.Task {
    private static final Kind KIND = Kind.RETIRE_OLDER;

    private final Predecessors predecessors;

    RetireOlder(Predecessors predecessors) {
        this.predecessors = predecessors;
    }

    @Override
    public Step next(Creation creation, Memory memory, Observations seen) {
        Result result = seen.result();
        if (result == null) {
            return Step.call(creation, memory, new Effect.Judge(creation, predecessors));
        }
        if (result.failed()) {
            return Step.failed(creation, memory, KIND, result.error());
        }
        if (!(result.effect() instanceof Effect.Judge)) {
            return Step.done(creation, memory, KIND);
        }
        Predecessors.Judgement judgement = result.answer();
        if (judgement.fenced()) {
            return Step.needsPerson(creation, memory, KIND, fenced());
        }
        List<MadeImage> images = judgement.verdicts().stream()
                .filter(Verdict::retires)
                .map(Verdict::image)
                .toList();
        if (images.isEmpty() || creation.options().retention().dryRun()) {
            return Step.done(creation, memory, KIND);
        }
        // The images are those of the account that was asked.
        return seen.isAccountOf(creation)
                ? Step.call(creation, memory, new Effect.Retire(creation, images, predecessors))
                : Step.otherAccount(creation, memory, KIND, creation.imageId());
    }

    private static CloudError fenced() {
        return CloudError.of(ErrorKind.UNKNOWN_ANSWER, SideEffect.NONE)
                .message(Messages.RetireOlder_fenced())
                .advice(Messages.RetireOlder_release());
    }
}
