package io.jenkins.plugins.cloudimage.core.creation;

import static io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists.REUSE;
import static io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists.SUFFIX;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Checks the request and that the name is free. No call that changes anything was sent yet. */
final class Planning {
    private final Reconciler reconciler;

    Planning(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    Decision decide(Creation creation, Memory memory, Observations seen) {
        ImageRequest request = creation.request();
        if (seen.nameHolder() != null) {
            return reserved(creation, memory, seen, seen.nameHolder());
        }
        Result quota = seen.resultOf(Effect.ReadQuota.class);
        if (quota != null) {
            CloudError usedUp = Preparing.usedUp(request, quota);
            return usedUp == null
                    ? free(creation, memory, seen)
                    : reconciler.end(creation, seen, Outcome.FAILED, usedUp);
        }
        Result found = seen.resultOf(Effect.FindByName.class);
        if (found == null || !found.effect().equals(new Effect.FindByName(request.imageName()))) {
            return Decision.call(creation, memory, new Effect.FindByName(request.imageName()));
        }
        if (found.failed()) {
            return reconciler.failed(creation, memory, seen, found.error());
        }
        List<CloudImage> namesakes = found.answer();
        if (!namesakes.isEmpty()) {
            return creation.options().ifNameExists() == REUSE
                    ? reuse(creation, memory, seen, namesakes)
                    : taken(creation, memory, seen, nameTaken(request, namesakes));
        }
        return seen.capabilities().quotaInOneCall()
                ? Decision.call(creation, memory, new Effect.ReadQuota())
                : free(creation, memory, seen);
    }

    private Decision free(Creation creation, Memory memory, Observations seen) {
        boolean instanceMatters = Rules.isGiven(creation.request().instanceId())
                && (creation.options().stopInstance() || seen.capabilities().stoppedSource());
        if (instanceMatters && seen.instanceHolder() != null) {
            return reconciler.retry(
                    creation,
                    memory,
                    seen,
                    busy(Messages.Planning_instanceReserved(
                            creation.request().instanceId(),
                            seen.instanceHolder().build())));
        }
        Creation next = creation.copy()
                .submission(creation.submission().planned(List.of()))
                .build();
        return Reconciler.next(next.to(instanceMatters ? Phase.PREPARING : Phase.SUBMITTING), seen);
    }

    /**
     * Waits for a name that may become free or taken: one that another creation cleans up, or whose build has not
     * resumed yet.
     */
    private Decision reserved(Creation creation, Memory memory, Observations seen, Reservations.Holder holder) {
        String message = Messages.Planning_nameReserved(creation.request().imageName(), holder.build());
        return holder.isRunning()
                ? taken(
                        creation,
                        memory,
                        seen,
                        CloudError.of(ErrorKind.NAME_TAKEN, SideEffect.NONE)
                                .message(message)
                                .advice(Messages.Planning_otherName()))
                : reconciler.retry(creation, memory, seen, busy(message));
    }

    private static CloudError busy(String message) {
        return CloudError.of(ErrorKind.BUSY, SideEffect.NONE).message(message).advice(Messages.Planning_waits());
    }

    static CloudError nameTaken(ImageRequest request, List<CloudImage> namesakes) {
        return CloudError.of(ErrorKind.NAME_TAKEN, SideEffect.NONE)
                .message(Messages.Planning_nameTaken(request.imageName(), request.region(), ids(namesakes)))
                .advice(Messages.Planning_otherName());
    }

    /** Decides about a taken name, whether a listing or the create call found it. */
    Decision taken(Creation creation, Memory memory, Observations seen, CloudError why) {
        Creation planned = creation.to(Phase.PLANNED);
        Options.IfNameExists wish = creation.options().ifNameExists();
        if (wish == REUSE) {
            return reconciler.retry(planned, memory, seen, busy(why.message()));
        }
        int number = creation.submission().suffix();
        boolean suffixed = wish == SUFFIX && number < Suffix.LARGEST && !seen.isByNameOnly(creation);
        ImageRequest other = suffixed ? Suffix.next(creation.request(), number) : null;
        if (other == null) {
            return reconciler.end(creation, seen, Outcome.FAILED, why);
        }
        return Reconciler.next(
                planned.copy()
                        .request(other)
                        .submission(creation.submission().renamed(Suffix.after(number)))
                        .build(),
                seen);
    }

    /** Chooses the newest usable image with the name, or else the newest that may become usable. */
    private Decision reuse(Creation creation, Memory memory, Observations seen, List<CloudImage> namesakes) {
        for (ImageState state : List.of(ImageState.READY, ImageState.PENDING)) {
            List<CloudImage> images =
                    namesakes.stream().filter(image -> image.state() == state).toList();
            if (images.size() > 1 && images.stream().anyMatch(image -> image.created() == null)) {
                return reconciler.end(creation, seen, Outcome.FAILED, undated(creation, images));
            }
            if (!images.isEmpty()) {
                CloudImage newest = images.stream()
                        .max(Comparator.comparing(image -> image.created() == null ? Instant.MIN : image.created()))
                        .get();
                Creation reusing = creation.copy()
                        .phase(Phase.BUILDING)
                        .error(null)
                        .image(ImageStatus.of(newest, ImageStatus.Ownership.REUSED))
                        .build();
                return state == ImageState.READY ? reconciler.ready(reusing, seen) : Reconciler.next(reusing, seen);
            }
        }
        return reconciler.end(
                creation,
                seen,
                Outcome.FAILED,
                CloudError.of(ErrorKind.NAME_TAKEN, SideEffect.NONE)
                        .message(Messages.Planning_namesakeFailed(
                                creation.request().imageName(),
                                creation.request().region(),
                                ids(namesakes)))
                        .advice(Messages.Planning_otherName()));
    }

    private static CloudError undated(Creation creation, List<CloudImage> images) {
        return CloudError.of(ErrorKind.UNKNOWN_ANSWER, SideEffect.NONE)
                .message(Messages.Planning_undated(creation.request().imageName(), ids(images)))
                .advice(Messages.Planning_otherName());
    }

    static String ids(List<CloudImage> images) {
        return images.stream().map(CloudImage::id).distinct().collect(Collectors.joining(", "));
    }
}
