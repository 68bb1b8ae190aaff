package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.PowerState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Puts right what a creation leaves: starts the machine that was shut down for it, finds an image whose answer was lost,
 * deletes an incomplete one with the snapshots that were made for it. Every pass tries each open chore once, so that none
 * waits for another but snapshots for their image; all calls may be repeated. After a day it gives up and says so in the
 * record and the log.
 */
final class CleanUp {
    /** How long it is tried after the outcome was told. */
    static final Duration PATIENCE = Duration.ofDays(1);
    /** How long the cloud may take to know an image that it has just named, or to act on a shutdown. */
    static final Duration SETTLING = Duration.ofMinutes(10);

    private static final Logger LOGGER = Logger.getLogger(CleanUp.class.getName());
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final Duration SHUTDOWN = Duration.ofMinutes(1);

    private final Clock clock;
    private final Backoff backoff;

    CleanUp(Clock clock, Backoff backoff) {
        this.clock = clock;
        this.backoff = backoff;
    }

    /**
     * Tries all that is open.
     *
     * @param nameIsOurs whether no other creation uses the name by now; else an image of that name may be theirs
     */
    Steps.Step next(Creation creation, Cloud cloud, boolean nameIsOurs) {
        return new Pass(creation, cloud, nameIsOurs).run();
    }

    /** Nothing could be tried. */
    Steps.Step failed(Creation creation, CloudError error) {
        return new Pass(creation, null, true).fail(error);
    }

    /** One attempt at each open chore. */
    private final class Pass {
        private final Creation creation;
        private final Cloud cloud;
        private final boolean nameIsOurs;
        private final Instant now = clock.instant();
        private final List<Chore> chores = new ArrayList<>();
        private Progress progress;
        private Duration pause = LONGEST_PAUSE;
        private int failures;

        Pass(Creation creation, @CheckForNull Cloud cloud, boolean nameIsOurs) {
            this.creation = creation;
            this.cloud = cloud;
            this.nameIsOurs = nameIsOurs;
            this.progress = creation.progress();
        }

        Steps.Step run() {
            for (Chore chore : creation.progress().chores()) {
                if (chore.open()) {
                    attempt(chore);
                } else {
                    chores.add(chore);
                }
            }
            return result();
        }

        Steps.Step fail(CloudError error) {
            for (Chore chore : creation.progress().chores()) {
                chores.add(chore.open() ? chore.waits(error) : chore);
            }
            failed(error);
            return result();
        }

        private void attempt(Chore chore) {
            try {
                switch (chore.task()) {
                    case START_MACHINE -> start(chore);
                    case FIND_IMAGE -> find(chore);
                    case DELETE_IMAGE -> delete(chore);
                    case DELETE_SNAPSHOTS -> deleteSnapshots(chore);
                }
            } catch (CloudException e) {
                chores.add(chore.waits(e.error()));
                failed(e.error());
            }
        }

        private void failed(CloudError error) {
            failures = creation.progress().failures() + 1;
            again(backoff.after(failures, error));
        }

        private void again(Duration wish) {
            pause = wish.compareTo(pause) < 0 ? wish : pause;
        }

        private void start(Chore chore) throws CloudException {
            String machine = Objects.requireNonNull(creation.request().instanceId());
            PowerState power;
            try {
                power = cloud.powerState(machine);
            } catch (CloudException e) {
                if (e.error().kind() != ErrorKind.NOT_FOUND) {
                    throw e;
                }
                giveUp(chore, e.error());
                return;
            }
            Instant stopped = Objects.requireNonNull(
                    Objects.requireNonNull(creation.progress().machine()).stopped());
            boolean mayYetStop = now.isBefore(stopped.plus(SHUTDOWN));
            if (power == PowerState.STOPPED) {
                cloud.start(machine);
                chores.add(chore.done());
            } else if (power == PowerState.RUNNING && !mayYetStop) {
                chores.add(chore.done());
            } else {
                chores.add(chore.waits(null));
                again(SHORTEST_PAUSE);
            }
        }

        private void find(Chore chore) throws CloudException {
            if (!nameIsOurs) {
                giveUp(
                        chore,
                        CloudError.of(ErrorKind.UNKNOWN_ANSWER, Acted.MAYBE)
                                .message(Messages.CleanUp_ofEither(
                                        creation.request().imageName()))
                                .advice(Messages.CleanUp_lookForSecond()));
                return;
            }
            List<CloudImage> newcomers = Steps.newcomers(creation, cloud);
            if (newcomers.size() > 1) {
                giveUp(chore, Steps.several(newcomers));
            } else if (newcomers.size() == 1 && mayBeOfOthers(newcomers.get(0))) {
                giveUp(
                        chore,
                        CloudError.of(ErrorKind.UNKNOWN_ANSWER, Acted.MAYBE)
                                .message(Messages.CleanUp_late(
                                        creation.request().imageName(),
                                        newcomers.get(0).id()))
                                .advice(Messages.CleanUp_ifOurs()));
            } else if (newcomers.size() == 1) {
                progress = progress.found(newcomers.get(0));
                chores.add(chore.done());
                if (creation.options().onIncomplete() == Options.OnIncomplete.DELETE) {
                    chores.add(Chore.open(Chore.Task.DELETE_IMAGE));
                    again(Duration.ZERO);
                }
            } else {
                chores.add(chore.waits(null));
                Duration rarer = looked().dividedBy(4);
                again(rarer.compareTo(SHORTEST_PAUSE) > 0 ? rarer : SHORTEST_PAUSE);
            }
        }

        /** What is to be deleted must be ours; an image without date that shows up late could be anybody's. */
        private boolean mayBeOfOthers(CloudImage image) {
            return creation.options().onIncomplete() == Options.OnIncomplete.DELETE
                    && image.created() == null
                    && looked().compareTo(SETTLING) > 0;
        }

        private Duration looked() {
            return Duration.between(Objects.requireNonNull(creation.progress().doubtSince()), now);
        }

        private void delete(Chore chore) throws CloudException {
            String image = Objects.requireNonNull(creation.progress().imageId());
            try {
                Set<String> left = new LinkedHashSet<>(progress.snapshots());
                if (left.addAll(cloud.snapshotsLeftBy(image))) {
                    // Nothing tells whose they were once the image is gone, so they are saved before.
                    progress = progress.leaving(List.copyOf(left));
                    chores.add(chore);
                    if (creation.open(Chore.Task.DELETE_SNAPSHOTS).isEmpty()) {
                        chores.add(Chore.open(Chore.Task.DELETE_SNAPSHOTS));
                    }
                    again(Duration.ZERO);
                    return;
                }
                cloud.delete(image);
                chores.add(chore.done());
            } catch (CloudException e) {
                if (e.error().kind() != ErrorKind.NOT_FOUND || mayYetShowUp()) {
                    throw e;
                }
                chores.add(chore.done());
            }
        }

        private void deleteSnapshots(Chore chore) throws CloudException {
            Optional<Chore> image = open().filter(other -> other.task() == Chore.Task.DELETE_IMAGE)
                    .findFirst();
            if (image.isPresent()) {
                chores.add(chore.waits(image.get().error()));
                return;
            }
            List<String> left = new ArrayList<>(progress.snapshots());
            CloudException failure = null;
            for (String snapshot : progress.snapshots()) {
                try {
                    cloud.deleteSnapshot(snapshot);
                    left.remove(snapshot);
                } catch (CloudException e) {
                    if (e.error().kind() == ErrorKind.NOT_FOUND) {
                        left.remove(snapshot);
                    } else {
                        failure = e;
                    }
                }
            }
            progress = progress.leaving(left);
            if (failure != null) {
                throw failure;
            }
            chores.add(chore.done());
        }

        /** A cloud that has just named an image may not know it yet. */
        private boolean mayYetShowUp() {
            Instant submitted = creation.progress().submitted();
            return creation.progress().cloudState() == null
                    && submitted != null
                    && now.isBefore(submitted.plus(SETTLING));
        }

        private Steps.Step result() {
            Instant told = creation.progress().ended();
            if (told == null && !isWorthWaiting()) {
                told = now;
            }
            if (told != null && !now.isBefore(told.plus(PATIENCE))) {
                chores.replaceAll(chore -> chore.open() ? tooLong(chore) : chore);
            }
            return new Steps.Step(creation.with(progress.tidied(failures, chores, told)), pause);
        }

        /** Whoever wants a ready image waits for its machine only as long as that can help. */
        private boolean isWorthWaiting() {
            return now.isBefore(creation.deadline())
                    && open().anyMatch(chore -> true)
                    && open().map(Chore::error)
                            .noneMatch(error -> error != null && !error.kind().passes());
        }

        private Stream<Chore> open() {
            return chores.stream().filter(Chore::open);
        }

        private Chore tooLong(Chore chore) {
            CloudError cause = chore.error();
            if (cause == null) {
                cause = CloudError.of(ErrorKind.UNKNOWN_ANSWER, Acted.MAYBE)
                        .message(unfinished(chore.task()))
                        .advice(Messages.CleanUp_look());
            }
            return log(chore.givenUp(cause.message(Messages.CleanUp_givenUp(cause.message()))));
        }

        private String unfinished(Chore.Task task) {
            return switch (task) {
                case START_MACHINE ->
                    Messages.CleanUp_machine(creation.request().instanceId());
                case FIND_IMAGE -> Messages.CleanUp_noImage(creation.request().imageName());
                case DELETE_IMAGE -> Messages.CleanUp_imageLeft(progress.imageId());
                case DELETE_SNAPSHOTS -> Messages.CleanUp_snapshotsLeft(progress.snapshots());
            };
        }

        private void giveUp(Chore chore, CloudError cause) {
            chores.add(log(chore.givenUp(cause)));
        }

        private Chore log(Chore chore) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} of the image {1} (id {2}, snapshots {3}, machine {4}, build {5}) was given up: {6}",
                    new Object[] {
                        chore.task(),
                        creation.request().imageName(),
                        progress.imageId(),
                        progress.snapshots(),
                        creation.request().instanceId(),
                        creation.origin().build(),
                        Objects.requireNonNull(chore.error()).text()
                    });
            return chore;
        }
    }
}
