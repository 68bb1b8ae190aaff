package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CopySupport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The input of a decision besides the record.
 *
 * @param uptime the present time, monotonic
 * @param wall the present time by the controller's clock
 * @param cloudTime the cloud's clock at its last response, or null
 * @param account the keyed hash of the account that the connection uses now, or null if no key was looked up yet
 * @param result the result of the last effect, or null
 * @param unsent the effect that was decided and has not been sent yet, or null
 * @param busy whether an effect waits to be sent or for its result
 * @param sighting what the poller last saw of the image, or null
 * @param stopped why nobody waits for the image any more, or null
 * @param late whether the deadline has passed
 * @param unreported whether the record has an end that is neither saved nor reported, so that it can still change
 * @param keyError why the key cannot be looked up, or null
 * @param nameHolder another creation that needs the name, or null
 * @param instanceHolder another creation that needs the instance, or null
 * @param imageHolder another record that needs the image which is to be deleted or retired, or null
 * @param copies the copies of the image, or empty before there are any
 */
record Observations(
        Duration uptime,
        Instant wall,
        @Nullable Instant cloudTime,
        Capabilities capabilities,
        @Nullable String account,
        @Nullable Result result,
        @Nullable Effect unsent,
        boolean busy,
        @Nullable Sighting sighting,
        @Nullable Outcome stopped,
        boolean late,
        boolean unreported,
        @Nullable CloudError keyError,
        @Nullable Reservations.Holder nameHolder,
        @Nullable Reservations.Holder instanceHolder,
        @Nullable Reservations.Holder imageHolder,
        List<CopyStatus> copies) {

    /**
     * What the poller saw of an image.
     *
     * @param image the image, or null if the listing lacks it or the poll failed
     * @param error why the poll failed, or null
     * @param at when the image was polled, monotonic
     */
    record Sighting(@Nullable CloudImage image, @Nullable CloudError error, Duration at) {}

    /** As little as is needed to end a creation. */
    static Observations ofEnd(
            Duration uptime,
            Instant wall,
            @Nullable Result result,
            @Nullable Effect unsent,
            @Nullable Outcome stopped) {
        return new Observations(
                uptime, wall, null, null, null, result, unsent, false, null, stopped, false, false, null, null, null,
                null, List.of());
    }

    Observations withoutResult() {
        return new Observations(
                uptime,
                wall,
                cloudTime,
                capabilities,
                account,
                null,
                null,
                false,
                sighting,
                stopped,
                late,
                unreported,
                keyError,
                nameHolder,
                instanceHolder,
                imageHolder,
                copies);
    }

    /** Whether the image of a creation carries the mark, so that it proves the ownership. */
    boolean isMarked(Creation creation) {
        CopySupport support = capabilities.copies();
        return creation.isCopy() ? support != null && support.ownershipMark() : capabilities.ownershipMark();
    }

    /** Whether the cloud refuses a call for this image if its name is taken, so that a repeated one makes no second image. */
    boolean hasUniqueName(Creation creation) {
        return capabilities.uniqueNames() && !isByNameOnly(creation);
    }

    /** Whether this is a copy that has its source's name, because the call takes none. */
    boolean isByNameOnly(Creation creation) {
        CopySupport support = capabilities.copies();
        return creation.isCopy() && support != null && support.byNameOnly();
    }

    /** The result if the last effect is of this type, else null. */
    @Nullable
    Result resultOf(Class<? extends Effect> type) {
        return result != null && type.isInstance(result.effect()) ? result : null;
    }

    /** Whether the connection uses the account of the creation; another account knows nothing about its image. */
    boolean isAccountOf(Creation creation) {
        return creation.account() == null || creation.account().equals(account);
    }
}
