package io.jenkins.plugins.cloudimage.core;

/** How many private images an account may keep in a region. */
public record Quota(int used, int limit) {}
