package io.jenkins.plugins.cloudimage.core;

import java.util.Set;

/**
 * What is known of the tags that an image gets with its creation.
 *
 * @param maximum the maximum number of tags in one create call
 * @param valueLength the maximum length of a value, in characters
 * @param refusals codes of a create that was refused because of its tags
 */
public record TagSupport(int maximum, int valueLength, Set<String> refusals) {

    public TagSupport {
        refusals = Set.copyOf(refusals);
    }
}
