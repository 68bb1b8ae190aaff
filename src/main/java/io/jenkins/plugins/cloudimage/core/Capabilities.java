package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Set;

/**
 * What a cloud can do, known before any call is made.
 *
 * @param idempotencyToken whether a create that is sent again with the same token makes no second image
 * @param uniqueNames whether the cloud refuses a create whose name is taken; if so, a create in doubt may be sent again
 *     once a search for the image has found nothing
 * @param ownershipMark whether an image keeps the description of its create call, so that a {@link Mark} in it proves
 *     who made it
 * @param stoppedSource whether the cloud makes images of stopped instances only
 * @param describeBatch the maximum number of image ids in one describe call
 * @param createsPerSecond the create calls per second that the cloud allows an account
 * @param readsPerSecond the describe calls per second that the cloud allows an account
 * @param sharing how the cloud shares images
 * @param tags the tags that an image gets with its creation, or null if the create call takes none
 * @param criteria by what images can be found, besides the beginning of the name and the id
 * @param quotaInOneCall whether the quota costs one call only, so that it is read before every creation
 * @param copies how images are copied to other regions, or null if the cloud does not do that
 */
public record Capabilities(
        boolean idempotencyToken,
        boolean uniqueNames,
        boolean ownershipMark,
        boolean stoppedSource,
        int describeBatch,
        double createsPerSecond,
        double readsPerSecond,
        SharingLimits sharing,
        @CheckForNull TagSupport tags,
        Set<ImageQuery.Criterion> criteria,
        boolean quotaInOneCall,
        @CheckForNull CopySupport copies) {

    public Capabilities {
        criteria = Set.copyOf(criteria);
    }

    /**
     * A cloud whose create call takes no tags, whose images can be found by the beginning of the name and the id only,
     * whose quota cannot be read by one call, and that copies no images.
     */
    public Capabilities(
            boolean idempotencyToken,
            boolean uniqueNames,
            boolean ownershipMark,
            boolean stoppedSource,
            int describeBatch,
            double createsPerSecond,
            double readsPerSecond,
            SharingLimits sharing) {
        this(
                idempotencyToken,
                uniqueNames,
                ownershipMark,
                stoppedSource,
                describeBatch,
                createsPerSecond,
                readsPerSecond,
                sharing,
                null,
                Set.of(),
                false,
                null);
    }
}
