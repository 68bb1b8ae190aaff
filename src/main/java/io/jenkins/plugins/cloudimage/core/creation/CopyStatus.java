package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;
import java.util.Objects;

/**
 * A copy as the record of its source knows it.
 *
 * @param key identifies the copy's own record
 * @param phase the phase of that record
 * @param inDoubt whether it is unknown if the cloud makes it
 * @param image the copy, or null if no id is known
 * @param ending how it ended, or null
 * @param error what it waits for, or null
 * @param done whether nothing is left to do for it, so that its record may be removed together with its source's
 * @param awaitsJudgement whether it is still to be told which earlier copies in its region are retired
 */
public record CopyStatus(
        String key,
        String region,
        String name,
        Phase phase,
        boolean inDoubt,
        @Nullable ImageStatus image,
        @Nullable Ending ending,
        @Nullable CloudError error,
        boolean done,
        boolean awaitsJudgement) {

    /** Rejects a stored record in which something is missing. */
    public CopyStatus {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(phase, "phase");
    }

    static CopyStatus of(Creation copy, boolean done) {
        return new CopyStatus(
                copy.key(),
                copy.request().region(),
                copy.request().imageName(),
                copy.phase(),
                copy.submission().inDoubt(),
                copy.image(),
                copy.ending(),
                copy.error(),
                done,
                copy.awaitsJudgement());
    }

    /** Whether it can be used. */
    public boolean isReady() {
        return ending == null ? phase == Phase.COPIED : ending.outcome() == Outcome.READY;
    }

    /** Whether it ended without a usable copy. */
    public boolean hasFailed() {
        return ending != null && ending.outcome() != Outcome.READY;
    }

    /** Before the end, what it waits for; afterwards, why there is no usable copy; or null. */
    @Nullable
    public CloudError problem() {
        return ending == null ? error : ending.error();
    }

    /** Whether it is known if it can be used. */
    boolean isSettled() {
        return ending != null || phase == Phase.COPIED;
    }

    /** Its record was removed by an administrator, or was never made. */
    CopyStatus withoutRecord() {
        return new CopyStatus(key, region, name, phase, inDoubt, image, ending, error, true, false);
    }

    CopyStatus essence() {
        return new CopyStatus(key, region, name, Phase.PLANNED, false, null, ending, null, done, false);
    }
}
