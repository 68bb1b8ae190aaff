package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
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

    /**
     * Whether a create was refused because of its tags.
     *
     * @param code the cloud's code, or null if there was none, for example because the cloud was not reached
     */
    public boolean isRefusal(@CheckForNull String code) {
        return code != null && refusals.contains(code);
    }
}
