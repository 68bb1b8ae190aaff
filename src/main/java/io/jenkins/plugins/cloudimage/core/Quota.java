package io.jenkins.plugins.cloudimage.core;

/** How many images of its own an account has and may have in a region. */
public record Quota(int used, int limit) {}
