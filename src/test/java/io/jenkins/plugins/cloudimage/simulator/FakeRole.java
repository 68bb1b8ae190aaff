package io.jenkins.plugins.cloudimage.simulator;

import java.time.Duration;

/**
 * A role of a fake account that the account's key may assume.
 *
 * @param name its whole name
 * @param externalId what its trust policy requires, or the empty text
 * @param longest the longest session that it allows
 */
public record FakeRole(String name, String externalId, Duration longest) {}
