package io.jenkins.plugins.cloudimage.core;

/**
 * How many private images an account may keep in a region.
 *
 * @param used how many it has
 * @param limit how many it may have
 */
public record Quota(int used, int limit) {}
