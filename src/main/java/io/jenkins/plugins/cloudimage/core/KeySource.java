package io.jenkins.plugins.cloudimage.core;

/** What a credential contains. */
public sealed interface KeySource {

    /** A key that signs the calls itself. */
    record Stored(AccessKey key) implements KeySource {}

    /** A role that somebody assumes; its temporary keys sign the calls. */
    record Assumed(RoleCaller caller, CloudRole role) implements KeySource {}

    /** The role of the controller's own instance; its temporary keys sign the calls. */
    record OfInstance(InstanceRole role) implements KeySource {}
}
