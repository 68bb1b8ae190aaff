package io.jenkins.plugins.cloudimage.core.creation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The record of one image that is made, or of one that is deleted because a build asks for it: what is wanted, what was
 * observed, the outcome and the open tasks. Another process can continue from it alone. It contains no key, no client and
 * nothing of Jenkins.
 *
 * @param key a UUID that identifies the record
 * @param plan what never changes
 * @param request the parameters, with the final name of the image
 * @param account a keyed hash of the access key id that the last calls used, or null before the first call
 * @param submission what is known of the create call
 * @param instance what was found and done at the source instance, or null if it was not looked up
 * @param image the image, or null if no id is known
 * @param candidates ids of images that may belong to this creation; only a person decides about them
 * @param error what the current phase waits for, or null
 * @param tasks the cleanup tasks
 * @param copies the copies of the image, once it is ready
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Creation(
        String key,
        Plan plan,
        ImageRequest request,
        @Nullable String account,
        Phase phase,
        Submission submission,
        @Nullable SourceInstance instance,
        @Nullable ImageStatus image,
        List<String> candidates,
        @Nullable Ending ending,
        @Nullable CloudError error,
        List<CleanupTask> tasks,
        List<CopyStatus> copies) {

    /** Rejects a stored record in which something is missing. */
    public Creation {
        UUID.fromString(key);
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(phase, "phase");
        submission = submission == null ? Submission.NONE : submission;
        candidates = candidates == null ? List.of() : List.copyOf(candidates);
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
        copies = copies == null ? List.of() : List.copyOf(copies);
    }

    /** Plans a creation without copies. Nothing is saved or sent. */
    public static Creation plan(
            BuildReference build, ImageRequest request, Options options, Instant now, Duration timeout) {
        return plan(build, request, options, CopyPlan.NONE, now, timeout);
    }

    /** Plans a creation. Nothing is saved or sent. */
    public static Creation plan(
            BuildReference build,
            ImageRequest request,
            Options options,
            CopyPlan copies,
            Instant now,
            Duration timeout) {
        Plan plan = new Plan(
                build,
                options,
                UUID.randomUUID().toString(),
                Mark.random(),
                now,
                now.plus(timeout),
                null,
                copies,
                null);
        return fresh(UUID.randomUUID().toString(), plan, request, null, Phase.PLANNED, null);
    }

    /**
     * Plans the deletion of an image. Nothing is saved or sent.
     *
     * @param place says with its cloud, its region and its settings of the connection where the image is; the rest of it is
     *     ignored
     * @param account the keyed hash of the account that made the image, or null if it is unknown
     */
    public static Creation deletion(
            BuildReference build,
            ImageRequest place,
            Deletion deletion,
            @Nullable String account,
            Instant now,
            Duration timeout) {
        Plan plan = new Plan(
                build,
                Options.DEFAULTS,
                UUID.randomUUID().toString(),
                Mark.random(),
                now,
                now.plus(timeout),
                deletion,
                CopyPlan.NONE,
                null);
        ImageStatus.Ownership ownership =
                deletion.isProven() ? ImageStatus.Ownership.PROVEN : ImageStatus.Ownership.CONFIRMED;
        return fresh(
                UUID.randomUUID().toString(),
                plan,
                place.withImageName(deletion.imageId()),
                account,
                Phase.CHECKING,
                ImageStatus.of(deletion.imageId(), ownership));
    }

    /** A record before its first call. */
    static Creation fresh(
            String key,
            Plan plan,
            ImageRequest request,
            @Nullable String account,
            Phase phase,
            @Nullable ImageStatus image) {
        return new Creation(
                key,
                plan,
                request,
                account,
                phase,
                Submission.NONE,
                null,
                image,
                List.of(),
                null,
                null,
                List.of(),
                List.of());
    }

    /** The image that the record is to delete, or null if it is about a new image. */
    @Nullable
    public Deletion deletion() {
        return plan.deletion();
    }

    public BuildReference build() {
        return plan.build();
    }

    /** A copy for a build whose job was renamed or moved. */
    public Creation builtBy(String other) {
        BuildReference moved = new BuildReference(other, build().credentialsId(), build().endpoint());
        return new Creation(
                key,
                plan.builtBy(moved),
                request,
                account,
                phase,
                submission,
                instance,
                image,
                candidates,
                ending,
                error,
                tasks,
                copies);
    }

    /** Whether this is a copy of another creation's image. */
    public boolean isCopy() {
        return plan.source() != null;
    }

    /** Whether a copy that was wanted cannot be used. */
    public boolean lacksCopies() {
        return copies.stream().anyMatch(CopyStatus::hasFailed);
    }

    /** Whether nothing is left to do for any copy. */
    boolean areCopiesDone() {
        return copies.stream().allMatch(CopyStatus::done);
    }

    public Options options() {
        return plan.options();
    }

    /** Whether it is only checked what a creation would do; no image is made. */
    public boolean dryRun() {
        return options().dryRun() || request.dryRun();
    }

    /** The outcome, or null if there is none yet. */
    @Nullable
    public Outcome outcome() {
        return ending == null ? null : ending.outcome();
    }

    /** The cloud's id of the image, or null if it is unknown. */
    @Nullable
    public String imageId() {
        return image == null ? null : image.id();
    }

    /** Before the end, what the current phase waits for; afterwards, why there is no usable image; or null. */
    @Nullable
    public CloudError problem() {
        return ending == null ? error : ending.error();
    }

    /** Whether the outcome is known. */
    public boolean ended() {
        return ending != null;
    }

    /**
     * Whether it is still to be told which earlier images are retired, or which earlier copies. A failure to find that out
     * is told too.
     */
    public boolean awaitsJudgement() {
        boolean copied = phase == Phase.COPIED && options().retention() != null;
        boolean open = task(CleanupTask.Kind.RETIRE_OLDER)
                .filter(task -> task.isOpen() && task.error() == null)
                .isPresent();
        return copied || open || outcome() == Outcome.READY && copies.stream().anyMatch(CopyStatus::awaitsJudgement);
    }

    /** Whether nothing is left to do. */
    public boolean done() {
        return phase == Phase.DONE;
    }

    /** Whether a person has to decide about something. */
    public boolean needsPerson() {
        return tasks.stream().anyMatch(task -> task.state() == CleanupTask.State.NEEDS_PERSON);
    }

    /** Whether a cleanup task needs a person: to decide, or to add a key that is gone, revoked or of another account. */
    public boolean isStuck() {
        return needsPerson() || tasks.stream().anyMatch(CleanupTask::needsKey);
    }

    /** Whether the image existed before and is reused. */
    public boolean reused() {
        return image != null && image.ownership() == ImageStatus.Ownership.REUSED;
    }

    Optional<CleanupTask> task(CleanupTask.Kind kind) {
        return tasks.stream().filter(task -> task.kind() == kind).findFirst();
    }

    boolean isOpen(CleanupTask.Kind kind) {
        return task(kind).filter(CleanupTask::isOpen).isPresent();
    }

    /** Whether a create call may have made an image whose id is not known. */
    boolean mayHaveLostImage() {
        return image == null && submission.left() && !dryRun();
    }

    /** The parts that must be on disk before the next call; the rest is progress. */
    Creation essence() {
        return copy().account(null)
                .error(null)
                .image(image == null ? null : image.essence())
                .tasks(tasks.stream().map(CleanupTask::essence).toList())
                .copies(copies.stream().map(CopyStatus::essence).toList())
                .build();
    }

    Creation to(Phase next) {
        return copy().phase(next).error(null).build();
    }

    Copy copy() {
        return new Copy(this);
    }

    /** Builds a copy with other parts. */
    static final class Copy {
        private final Creation from;
        private ImageRequest request;
        private String account;
        private Phase phase;
        private Submission submission;
        private SourceInstance instance;
        private ImageStatus image;
        private List<String> candidates;
        private Ending ending;
        private CloudError error;
        private List<CleanupTask> tasks;
        private List<CopyStatus> copies;

        private Copy(Creation from) {
            this.from = from;
            this.request = from.request;
            this.account = from.account;
            this.phase = from.phase;
            this.submission = from.submission;
            this.instance = from.instance;
            this.image = from.image;
            this.candidates = from.candidates;
            this.ending = from.ending;
            this.error = from.error;
            this.tasks = from.tasks;
            this.copies = from.copies;
        }

        Copy request(ImageRequest other) {
            request = other;
            return this;
        }

        Copy account(@Nullable String other) {
            account = other;
            return this;
        }

        Copy phase(Phase other) {
            phase = other;
            return this;
        }

        Copy submission(Submission other) {
            submission = other;
            return this;
        }

        Copy instance(SourceInstance other) {
            instance = other;
            return this;
        }

        Copy image(@Nullable ImageStatus other) {
            image = other;
            return this;
        }

        Copy candidates(List<String> other) {
            candidates = other;
            return this;
        }

        Copy ending(Ending other) {
            ending = other;
            return this;
        }

        Copy error(@Nullable CloudError other) {
            error = other;
            return this;
        }

        Copy tasks(List<CleanupTask> other) {
            tasks = other;
            return this;
        }

        Copy copies(List<CopyStatus> other) {
            copies = other;
            return this;
        }

        Creation build() {
            return new Creation(
                    from.key,
                    from.plan,
                    request,
                    account,
                    phase,
                    submission,
                    instance,
                    image,
                    candidates,
                    ending,
                    error,
                    tasks,
                    copies);
        }
    }
}
