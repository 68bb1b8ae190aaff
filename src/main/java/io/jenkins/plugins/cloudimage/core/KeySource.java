package io.jenkins.plugins.cloudimage.core;

/** What a credential contains. */
public sealed interface KeySource {

    /** A key that signs the calls itself. */
    record Stored(AccessKey key) implements KeySource {}

    /** A role, whose temporary keys sign the calls. */
    record Assumed(RoleCaller caller, CloudRole role) implements KeySource {}
}
