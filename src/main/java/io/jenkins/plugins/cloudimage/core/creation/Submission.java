package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The state of the create call.
 *
 * @param suffix the number that was appended to the image's name, or 0 for none
 * @param namesakes ids of the images with the name before the create call
 * @param left whether a create call was about to be sent, so that it may have arrived
 * @param inDoubt whether it is unknown if the cloud carried the call out
 * @param wasInDoubt whether that was ever unknown; then a taken name may be that of this creation's own image
 * @param cloudTime when the first create call was about to be sent, by the cloud's clock, or null if that is unknown
 * @param controllerTime the same moment by the controller's clock, or null
 * @param requestId the cloud's id of the create call, or null
 */
public record Submission(
        int suffix,
        List<String> namesakes,
        boolean left,
        boolean inDoubt,
        boolean wasInDoubt,
        @Nullable Instant cloudTime,
        @Nullable Instant controllerTime,
        @Nullable String requestId) {

    static final Submission NONE = new Submission(0, List.of(), false, false, false, null, null, null);

    /** A null list becomes an empty one. */
    public Submission {
        namesakes = namesakes == null ? List.of() : List.copyOf(namesakes);
    }

    Submission renamed(int number) {
        return new Submission(number, List.of(), false, false, wasInDoubt, cloudTime, controllerTime, requestId);
    }

    Submission planned(List<String> present) {
        return new Submission(suffix, present, false, false, wasInDoubt, cloudTime, controllerTime, requestId);
    }

    Submission leaving(@Nullable Instant atCloud, Instant atController) {
        return cloudTime == null
                ? new Submission(suffix, namesakes, true, false, wasInDoubt, atCloud, atController, requestId)
                : new Submission(suffix, namesakes, true, false, wasInDoubt, cloudTime, controllerTime, requestId);
    }

    Submission refused() {
        return new Submission(
                suffix, namesakes, wasInDoubt, wasInDoubt, wasInDoubt, cloudTime, controllerTime, requestId);
    }

    Submission doubtful() {
        return new Submission(suffix, namesakes, true, true, true, cloudTime, controllerTime, requestId);
    }

    Submission accepted(@Nullable String id) {
        return new Submission(
                suffix, namesakes, true, false, wasInDoubt, cloudTime, controllerTime, id == null ? requestId : id);
    }

    /** How far the cloud's clock is ahead of the controller's, or zero if that is unknown. */
    Duration clockAhead() {
        return cloudTime == null || controllerTime == null
                ? Duration.ZERO
                : Duration.between(controllerTime, cloudTime);
    }
}
