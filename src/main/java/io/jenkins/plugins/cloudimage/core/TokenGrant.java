package io.jenkins.plugins.cloudimage.core;

/**
 * All that decides which temporary keys are given: equal grants share their keys, and a temporary key that is renewed has
 * the same grant.
 */
public sealed interface TokenGrant permits RoleGrant, InstanceRole {

    /** What messages call the role. */
    String roleName();

    /** Who may do the same with the keys of this grant. Equal holders share describe calls. */
    default Object holder() {
        return this;
    }
}
