package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The names of all images that this engine is making, looking for or deleting. Two creations of one name in flight could
 * adopt or delete each other's image.
 */
final class Names {
    private final Clock clock;
    private final Map<Name, String> holders = new ConcurrentHashMap<>();

    /** A name with the account in which it must be unique. */
    private record Name(CloudConnection account, String imageName) {}

    Names(Clock clock) {
        this.clock = clock;
    }

    /** Takes the name, and says whether the creation has it now. */
    boolean claim(CloudConnection account, Creation creation) {
        return claim(name(account, creation), creation.key()) == null;
    }

    /**
     * Takes the name for a creation that has not sent anything. One that is only looked for after its creation has ended
     * is taken over once the grace is over, for nobody shall wait a day for an image that probably does not exist.
     *
     * @return why it cannot be had, or null
     */
    @CheckForNull
    CloudError take(CloudConnection account, Creation creation, Function<String, Creation> underWay) {
        Name name = name(account, creation);
        String holder = claim(name, creation.key());
        if (holder == null) {
            return null;
        }
        Creation other = underWay.apply(holder);
        if (other != null && other.progress().outcome() == null) {
            return held(ErrorKind.NAME_TAKEN, "Another build is making an image", creation)
                    .advice("Choose another imageName, for example with the build number in it.");
        }
        if (other != null && other.open(Chore.Task.FIND_IMAGE).isPresent()) {
            Instant since = Objects.requireNonNull(other.progress().doubtSince());
            if (!clock.instant().isBefore(since.plus(Steps.GRACE)) && holders.replace(name, holder, creation.key())) {
                return null;
            }
            return held(ErrorKind.BUSY, "It is being found out whether an earlier build made an image", creation);
        }
        CloudError refusal = other == null
                ? null
                : other.open(Chore.Task.DELETE_IMAGE).map(Chore::error).orElse(null);
        if (refusal != null && !refusal.kind().passes()) {
            return held(ErrorKind.NAME_TAKEN, "An earlier build cannot delete its image", creation)
                    .advice("Delete that image in the cloud's console, or choose another imageName.");
        }
        return held(ErrorKind.BUSY, "An earlier build is deleting its image", creation);
    }

    void release(String key) {
        holders.values().removeIf(key::equals);
    }

    /** A creation has at most one name, so the one that it tried before is free again. */
    @CheckForNull
    private String claim(Name name, String key) {
        holders.entrySet()
                .removeIf(entry -> entry.getValue().equals(key)
                        && !entry.getKey().imageName().equals(name.imageName()));
        String holder = holders.putIfAbsent(name, key);
        return key.equals(holder) ? null : holder;
    }

    private static Name name(CloudConnection account, Creation creation) {
        return new Name(account, creation.request().imageName());
    }

    private static CloudError held(ErrorKind kind, String why, Creation creation) {
        return CloudError.of(kind, Acted.NO)
                .message(why + " named \"" + creation.request().imageName() + "\" in the same account and region")
                .advice("It is tried again until the time-out.");
    }
}
