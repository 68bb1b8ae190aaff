package io.jenkins.plugins.cloudimage.core;

/** Who assumes a role, and how the caller proves it: by the signature of a key or by the token of an identity. */
public sealed interface RoleCaller permits AccessKey, WebIdentity {}
