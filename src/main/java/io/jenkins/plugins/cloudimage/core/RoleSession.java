package io.jenkins.plugins.cloudimage.core;

import java.time.Instant;

/**
 * What is known of a temporary key of a role.
 *
 * @param grant what it was given for
 * @param number greater than that of every key that this process received before; clocks can be set back
 * @param account what names the role's account, always in the same way
 * @param owner the id of the role's account if it is known, otherwise the same as {@code account}
 * @param begins when it was received, by the controller's clock
 * @param expires when it expires, by the controller's clock
 */
public record RoleSession(
        TokenGrant grant, long number, String account, String owner, Instant begins, Instant expires) {}
