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
 * One image in the making: what is wanted, what was observed, the outcome and the open tasks. That is all that another
 * process needs to go on. It holds no key, no client and nothing of Jenkins.
 *
 * @param key names the record, a UUID
 * @param plan what never changes
 * @param request what is wanted, under the name that the image gets
 * @param account a keyed hash of the access key id that the calls used last, or null before the first one
 * @param phase how far it is
 * @param submission what is known of the create call
 * @param instance what was found and done at the source instance, or null if it was not looked at
 * @param image the image, or null as long as no id is known
 * @param candidates ids of images that may be this creation's without proof; only a person decides about them
 * @param ending how it ended, or null
 * @param error what the present step waits for, or null
 * @param tasks what is and was to be done after the end
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
        List<CleanupTask> tasks) {

    /** Refuses a record from a file in which something is missing. */
    public Creation {
        UUID.fromString(key);
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(phase, "phase");
        submission = submission == null ? Submission.NONE : submission;
        candidates = candidates == null ? List.of() : List.copyOf(candidates);
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
    }

    /**
     * Plans a creation. Nothing is saved or sent.
     *
     * @param build who wants the image
     * @param request what is wanted
     * @param options what is wanted beside the image
     * @param now the present moment
     * @param timeout how long to wait for the image
     * @return a creation in the phase {@link Phase#PLANNED}
     */
    public static Creation plan(
            BuildReference build, ImageRequest request, Options options, Instant now, Duration timeout) {
        Plan plan = new Plan(build, options, UUID.randomUUID().toString(), Mark.random(), now, now.plus(timeout));
        return new Creation(
                UUID.randomUUID().toString(),
                plan,
                request,
                null,
                Phase.PLANNED,
                Submission.NONE,
                null,
                null,
                List.of(),
                null,
                null,
                List.of());
    }

    /** Who wants the image. */
    public BuildReference build() {
        return plan.build();
    }

    /**
     * The same after the job of its build was renamed or moved.
     *
     * @param other the build, as its controller identifies it now
     * @return the creation with everything else as it was
     */
    public Creation builtBy(String other) {
        BuildReference moved = new BuildReference(other, build().credentialsId(), build().endpoint());
        Plan next = new Plan(moved, plan.options(), plan.token(), plan.mark(), plan.started(), plan.deadline());
        return new Creation(
                key, next, request, account, phase, submission, instance, image, candidates, ending, error, tasks);
    }

    /** What is wanted beside the image. */
    public Options options() {
        return plan.options();
    }

    /** The outcome, or null as long as there is none. */
    @Nullable
    public Outcome outcome() {
        return ending == null ? null : ending.outcome();
    }

    /** The cloud's id of the image, or null as long as it is unknown. */
    @Nullable
    public String imageId() {
        return image == null ? null : image.id();
    }

    /** Why there is no usable image; before the end, what the present step waits for; or null. */
    @Nullable
    public CloudError problem() {
        return ending == null ? error : ending.error();
    }

    /** Whether the outcome is known. */
    public boolean ended() {
        return ending != null;
    }

    /** Whether nothing is left to do. */
    public boolean done() {
        return phase == Phase.DONE;
    }

    /** Whether a person has to decide about something. */
    public boolean needsPerson() {
        return tasks.stream().anyMatch(task -> task.state() == CleanupTask.State.NEEDS_PERSON);
    }

    /** Whether something that is left to do waits for a key that is gone, revoked or of another account. */
    public boolean needsKey() {
        return tasks.stream().anyMatch(CleanupTask::needsKey);
    }

    /** Whether there is an image that was not there before. */
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
        return image == null && submission.left() && !request.dryRun();
    }

    /** What has to be on disk; the rest only notes progress. */
    Creation essence() {
        return copy().account(null)
                .error(null)
                .image(image == null ? null : image.essence())
                .tasks(tasks.stream().map(CleanupTask::essence).toList())
                .build();
    }

    Creation to(Phase next) {
        return copy().phase(next).error(null).build();
    }

    /**
     * A copy in which some parts can be replaced.
     *
     * @return a builder that begins with all parts of this
     */
    Copy copy() {
        return new Copy(this);
    }

    /** Makes a copy with other parts. */
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
                    tasks);
        }
    }
}
