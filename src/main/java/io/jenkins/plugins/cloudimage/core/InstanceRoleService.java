package io.jenkins.plugins.cloudimage.core;

/** The metadata service of a cloud's instances, which gives temporary keys of an instance's role to the instance. */
public interface InstanceRoleService {

    /** Whose instances it serves. */
    InstanceRole.Platform platform();

    /** Whether the account of a key that it gives is the account's id, by which other roles name it. */
    default boolean tellsAccountId() {
        return true;
    }

    /**
     * Reads a key. Blocks for a few seconds at most, and never asks in another way than the role says.
     *
     * @throws CloudException of kind {@link ErrorKind#UNAVAILABLE} if there is no such service here or it has a failure, {@link
     *     ErrorKind#AUTHENTICATION} if the instance has no such role or the service refuses to tell
     */
    Issued issue(InstanceRole role) throws CloudException;

    /**
     * A temporary key and the account that it belongs to.
     *
     * @param account what is the same for all roles of the account
     */
    record Issued(TemporaryKey key, String account) {}
}
