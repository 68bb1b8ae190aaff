package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Provenance;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.creation.DryRunCheck.Subject;
import io.jenkins.plugins.cloudimage.core.creation.DryRunCheck.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Ends a creation that is only to be checked. It stays planned until it ends, because nothing that changes anything is
 * sent. All checks are made in one go, so a repetition begins anew.
 */
final class DryRun {
    private final Reconciler reconciler;

    DryRun(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    Decision decide(Creation creation, Memory memory, Observations seen) {
        Result result = seen.resultOf(Effect.DryRun.class);
        if (result == null) {
            ImageRequest request = creation.request();
            String description = creation.plan().mark().appendedTo(request.description());
            return Decision.call(
                    creation,
                    memory,
                    new Effect.DryRun(new DryRunCalls(
                            request.withDescription(description),
                            creation.options(),
                            !creation.plan().copies().copies().isEmpty(),
                            seen.capabilities(),
                            creation.plan().token())));
        }
        if (result.failed()) {
            return reconciler.failed(creation, memory, seen, result.error());
        }
        return checked(creation, seen, result.answer());
    }

    private Decision checked(Creation creation, Observations seen, List<DryRunCheck> checks) {
        List<CloudError> errors = checks.stream()
                .filter(check -> check.verdict() == Verdict.FAILED)
                .map(DryRunCheck::error)
                .toList();
        boolean aboutProvenance = checks.stream()
                .anyMatch(check -> check.subject() == Subject.CREATE_CALL
                        && check.verdict() == Verdict.FAILED
                        && Submitting.isAboutProvenance(creation, seen, check.error()));
        if (aboutProvenance) {
            // A creation would be sent once more without these tags.
            Creation without = creation.copy()
                    .request(Provenance.removedFrom(creation.request()))
                    .build();
            return Reconciler.next(without, seen);
        }
        return errors.isEmpty()
                ? reconciler.end(creation, seen, Outcome.DRY_RUN_PASSED, null, checks)
                : reconciler.end(creation, seen, Outcome.FAILED, error(errors), checks);
    }

    private static CloudError error(List<CloudError> errors) {
        CloudError first = errors.get(0);
        if (errors.size() == 1) {
            return first;
        }
        return CloudError.of(first.kind(), SideEffect.NONE)
                .message(Messages.DryRun_failed(
                        errors.size(), errors.stream().map(CloudError::message).collect(Collectors.joining("; "))))
                .advice(first.advice());
    }
}
