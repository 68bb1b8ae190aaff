package io.jenkins.plugins.cloudimage.core;

/**
 * What a cloud can do, known before any call. The creation decides by these, never by trying.
 *
 * @param idempotencyToken whether a create that is sent again under the same token makes no second image
 * @param uniqueNames whether the cloud refuses a create under a name that is taken; if so, a create in doubt may be
 *     sent again once the image was looked for in vain
 * @param ownershipMark whether an image keeps the description of its create, so that a {@link Mark} in it proves whose it is
 * @param stoppedSource whether the cloud makes images only of machines that are shut down
 * @param describeBatch the most image ids that one describe call takes
 * @param createsPerSecond the create calls that the cloud allows an account in a second
 * @param readsPerSecond the describe calls that the cloud allows an account in a second
 */
public record Capabilities(
        boolean idempotencyToken,
        boolean uniqueNames,
        boolean ownershipMark,
        boolean stoppedSource,
        int describeBatch,
        double createsPerSecond,
        double readsPerSecond) {}
