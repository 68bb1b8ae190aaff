package io.jenkins.plugins.cloudimage.core;

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
 */
public record Capabilities(
        boolean idempotencyToken,
        boolean uniqueNames,
        boolean ownershipMark,
        boolean stoppedSource,
        int describeBatch,
        double createsPerSecond,
        double readsPerSecond,
        SharingLimits sharing) {}
