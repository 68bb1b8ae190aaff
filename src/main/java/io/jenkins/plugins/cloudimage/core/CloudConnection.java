package io.jenkins.plugins.cloudimage.core;

import java.net.URI;

/**
 * Where and as whom calls are made. Two connections that are equal share their polls and their rate limits, whatever
 * credential in Jenkins the key came from.
 *
 * @param cloud the id of the cloud, as in {@link CloudProvider#id()}
 * @param endpoint scheme, host and, where it is not the scheme's own, port
 * @param region the cloud's region code
 * @param key the key that signs
 */
public record CloudConnection(String cloud, URI endpoint, String region, AccessKey key) {}
