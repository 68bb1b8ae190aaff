package io.jenkins.plugins.cloudimage.core;

import java.time.Instant;

/**
 * What is known of a temporary key of a role.
 *
 * @param grant what it was given for
 * @param account the id of the role's account
 * @param begins when it was received, by the controller's clock
 * @param expires when it expires, by the controller's clock
 */
public record RoleSession(RoleGrant grant, String account, Instant begins, Instant expires) {}
