package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;

/**
 * The names of all images that this engine is making, looking for or deleting. Two creations of one name in flight could
 * adopt or delete each other's image.
 */
final class Names {
    private final Clock clock;
    private final Dormant dormant;
    private final Claims<Name> claims = new Claims<>();

    /** A name with the account in which it must be unique. */
    private record Name(CloudConnection account, String imageName) {}

    Names(Clock clock, Dormant dormant) {
        this.clock = clock;
        this.dormant = dormant;
    }

    /** Takes the name, and says whether the creation has it now. */
    boolean claim(CloudConnection account, Creation creation) {
        return claims.claim(name(account, creation), creation.key()) == null;
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
        if (dormant.has(
                creation,
                account,
                other -> other.hasName() && other.request().imageName().equals(name.imageName()))) {
            return held(ErrorKind.BUSY, Messages.Names_dormant(name.imageName()));
        }
        String holder = claims.claim(name, creation.key());
        if (holder == null) {
            return null;
        }
        Creation other = underWay.apply(holder);
        if (other != null && other.progress().outcome() == null) {
            return held(ErrorKind.NAME_TAKEN, Messages.Names_underWay(name.imageName()))
                    .advice(Messages.Names_withNumber());
        }
        if (other != null && other.open(Chore.Task.FIND_IMAGE).isPresent()) {
            Instant since = Objects.requireNonNull(other.progress().doubtSince());
            if (!clock.instant().isBefore(since.plus(Steps.GRACE)) && claims.takeOver(name, holder, creation.key())) {
                return null;
            }
            return held(ErrorKind.BUSY, Messages.Names_lookedFor(name.imageName()));
        }
        CloudError refusal = other == null
                ? null
                : other.open(Chore.Task.DELETE_IMAGE).map(Chore::error).orElse(null);
        if (refusal != null && !refusal.kind().passes()) {
            return held(ErrorKind.NAME_TAKEN, Messages.Names_notDeleted(name.imageName()))
                    .advice(Messages.Names_deleteIt());
        }
        return held(ErrorKind.BUSY, Messages.Names_deleting(name.imageName()));
    }

    void release(String key) {
        claims.release(key);
    }

    private static Name name(CloudConnection account, Creation creation) {
        return new Name(account, creation.request().imageName());
    }

    private static CloudError held(ErrorKind kind, String why) {
        return CloudError.of(kind, Acted.NO).message(why).advice(Messages.Names_again());
    }
}
