package io.jenkins.plugins.cloudimage.core;

/**
 * Who signs with a key, as the cloud's security token service says.
 *
 * @param account the id of the account
 * @param name the whole name (ARN) of the account, the user or the role
 * @param root whether it is the account itself, which may do everything in it
 */
public record CallerIdentity(String account, String name, boolean root) {

    /** Keeps the cloud's texts in their line. */
    public CallerIdentity {
        account = OneLine.of(account);
        name = OneLine.of(name);
    }
}
