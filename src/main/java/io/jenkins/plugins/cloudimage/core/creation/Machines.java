package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.util.Objects;

/**
 * The machines whose power state this engine relies on. Of two creations at one machine at once, the first would start
 * it while the second makes its image, or the second would shut it down again while the first wants it to run.
 */
final class Machines {
    private final Dormant dormant;
    private final Claims<Place> claims = new Claims<>();

    private record Place(CloudConnection account, String instanceId) {}

    Machines(Dormant dormant) {
        this.dormant = dormant;
    }

    /** Takes the machine of a creation that had it before this process began. */
    void claim(CloudConnection account, Creation creation) {
        claims.claim(place(account, creation), creation.key());
    }

    /**
     * Takes the machine before anything is done to it.
     *
     * @return why it cannot be had, or null
     */
    @CheckForNull
    CloudError take(CloudConnection account, Creation creation) {
        Place place = place(account, creation);
        boolean isNew = creation.progress().machine() == null;
        if (isNew
                        && dormant.has(
                                creation,
                                account,
                                other -> other.hasMachine()
                                        && place.instanceId()
                                                .equals(other.request().instanceId()))
                || claims.claim(place, creation.key()) != null) {
            return CloudError.of(ErrorKind.BUSY, Acted.NO)
                    .message(Messages.Machines_taken(place.instanceId()))
                    .advice(Messages.Names_again());
        }
        return null;
    }

    void release(String key) {
        claims.release(key);
    }

    private static Place place(CloudConnection account, Creation creation) {
        return new Place(account, Objects.requireNonNull(creation.request().instanceId()));
    }
}
