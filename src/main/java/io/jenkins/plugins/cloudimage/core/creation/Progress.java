package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import java.time.Instant;
import java.util.List;

/**
 * How far a creation has come.
 *
 * @param phase the phase
 * @param submitted when the first create was about to leave, or null
 * @param doubtSince since when it is unknown whether the cloud carried out a create, or null if that is known
 * @param wasInDoubt whether any attempt was ever in doubt; if so, a taken name may be our own
 * @param failures how often the present call has failed
 * @param requestId the cloud's id of the create request, or null
 * @param suffix the number at the end of the image's name, or 0 if it is the wished one
 * @param machine what was found and done at the machine, or null if it was not looked at
 * @param imageId the image, or null as long as it is unknown
 * @param reused whether the image was there before; nothing is ever done to it
 * @param cloudState the cloud's word for the image's state when it was last seen, or null if it was never seen
 * @param percent how much of the image is done as the cloud said then, 0 to 100, or null where it says nothing
 * @param outcome how it ended, or null
 * @param error why it failed or what it waits out, or null
 * @param ended when the outcome was told, or null; a ready image is told once its machine was asked to start again
 * @param chores what is and was to be put right after the outcome, in no order
 * @param snapshots what the deletion of the image leaves and is to be deleted after it; noted before the image goes
 */
public record Progress(
        Phase phase,
        @CheckForNull Instant submitted,
        @CheckForNull Instant doubtSince,
        boolean wasInDoubt,
        int failures,
        @CheckForNull String requestId,
        int suffix,
        @CheckForNull Machine machine,
        @CheckForNull String imageId,
        boolean reused,
        @CheckForNull String cloudState,
        @CheckForNull Integer percent,
        @CheckForNull Outcome outcome,
        @CheckForNull CloudError error,
        @CheckForNull Instant ended,
        List<Chore> chores,
        List<String> snapshots) {

    static final Progress PLANNED = new Progress(
            Phase.PLANNED, null, null, false, 0, null, 0, null, null, false, null, null, null, null, null, null, null);

    /** Makes the lists immutable; null stands for an empty one. */
    public Progress {
        chores = chores == null ? List.of() : List.copyOf(chores);
        snapshots = snapshots == null ? List.of() : List.copyOf(snapshots);
    }

    Progress submitting(Instant now) {
        Change change = new Change();
        change.phase = Phase.SUBMITTING;
        change.submitted = submitted == null ? now : submitted;
        change.doubtSince = null;
        // Back-off goes on from one create in doubt to the next.
        change.failures = wasInDoubt ? failures : 0;
        return change.progress();
    }

    Progress inDoubt(@CheckForNull CloudError cause, Instant now) {
        Change change = new Change();
        change.failures = failures + 1;
        change.doubtSince = now;
        change.wasInDoubt = true;
        change.error = cause;
        return change.progress();
    }

    Progress locating(@CheckForNull String createRequestId) {
        Change change = new Change();
        change.phase = Phase.LOCATING;
        change.requestId = createRequestId;
        return change.progress();
    }

    Progress building(String id, @CheckForNull String createRequestId) {
        Change change = new Change();
        change.phase = Phase.BUILDING;
        change.doubtSince = null;
        change.requestId = createRequestId == null ? requestId : createRequestId;
        change.imageId = id;
        return change.progress();
    }

    Progress seen(CloudImage image) {
        Change change = new Change();
        change.see(image);
        return change.progress();
    }

    Progress retrying(CloudError cause) {
        Change change = new Change();
        change.failures = failures + 1;
        change.error = cause;
        return change.progress();
    }

    Progress suffixed(int number) {
        Change change = new Change();
        change.suffix = number;
        return change.progress();
    }

    Progress preparing(@CheckForNull Machine state) {
        Change change = new Change();
        change.phase = Phase.PREPARING;
        change.machine = state;
        return change.progress();
    }

    Progress reusing(CloudImage image) {
        Change change = new Change();
        change.phase = Phase.BUILDING;
        change.imageId = image.id();
        change.reused = true;
        change.see(image);
        return change.progress();
    }

    /**
     * Nothing more is waited for. An image without id is in doubt from now on, also one of an earlier create that was sent
     * again since.
     */
    Progress stopped(Instant now) {
        Change change = new Change();
        change.failures = failures;
        change.error = error;
        if (imageId == null && doubtSince == null && (phase == Phase.LOCATING || wasInDoubt)) {
            change.doubtSince = now;
            change.wasInDoubt = true;
        }
        return change.progress();
    }

    Progress ended(Outcome end, @CheckForNull CloudError cause, @CheckForNull Instant told, List<Chore> left) {
        Change change = new Change();
        change.outcome = end;
        change.error = cause;
        change.ended = told;
        change.chores = left;
        change.phase = phaseOf(left);
        return change.progress();
    }

    Progress told(Instant now) {
        return tidied(failures, chores, now);
    }

    Progress tidied(int failed, List<Chore> left, @CheckForNull Instant told) {
        Change change = new Change();
        change.failures = failed;
        change.error = error;
        change.ended = told;
        change.chores = left;
        change.phase = phaseOf(left);
        return change.progress();
    }

    /** The image that was in doubt is there; this says nothing about the outcome. */
    Progress found(CloudImage image) {
        Change change = new Change();
        change.doubtSince = null;
        change.imageId = image.id();
        change.see(image);
        change.error = error;
        return change.progress();
    }

    /** What is left of the image, or of these snapshots once it is gone. */
    Progress leaving(List<String> left) {
        Change change = new Change();
        change.failures = failures;
        change.error = error;
        change.snapshots = left;
        return change.progress();
    }

    private static Phase phaseOf(List<Chore> left) {
        return left.stream().anyMatch(Chore::open) ? Phase.RESTORING : Phase.DONE;
    }

    /** This progress with some of its parts changed; a change clears error and failures unless it sets them. */
    private final class Change {
        private Phase phase = Progress.this.phase;
        private Instant submitted = Progress.this.submitted;
        private Instant doubtSince = Progress.this.doubtSince;
        private boolean wasInDoubt = Progress.this.wasInDoubt;
        private int failures;
        private String requestId = Progress.this.requestId;
        private int suffix = Progress.this.suffix;
        private Machine machine = Progress.this.machine;
        private String imageId = Progress.this.imageId;
        private boolean reused = Progress.this.reused;
        private String cloudState = Progress.this.cloudState;
        private Integer percent = Progress.this.percent;
        private Outcome outcome = Progress.this.outcome;
        private CloudError error;
        private Instant ended = Progress.this.ended;
        private List<Chore> chores = Progress.this.chores;
        private List<String> snapshots = Progress.this.snapshots;

        private void see(CloudImage image) {
            cloudState = image.cloudState();
            percent = image.percent();
        }

        Progress progress() {
            return new Progress(
                    phase,
                    submitted,
                    doubtSince,
                    wasInDoubt,
                    failures,
                    requestId,
                    suffix,
                    machine,
                    imageId,
                    reused,
                    cloudState,
                    percent,
                    outcome,
                    error,
                    ended,
                    chores,
                    snapshots);
        }
    }
}
