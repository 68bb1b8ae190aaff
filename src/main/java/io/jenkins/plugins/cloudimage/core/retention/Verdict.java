package io.jenkins.plugins.cloudimage.core.retention;

/**
 * What becomes of an image, and why.
 *
 * @param seen what was seen of the image
 */
public record Verdict(MadeImage image, Reason reason, Observed seen) {

    /** Why an image stays or goes. */
    public enum Reason {
        /** It is retired. */
        RETIRE,
        /** It may be retired as far as the index and the list of images tell; the rest has to be looked for. */
        LOOK,
        /** It is of the build that asks, or of a later one. */
        NOT_OLDER,
        /** It is not proven that the job made it. */
        UNPROVEN,
        /** The cloud does not list it as ready. */
        NOT_READY,
        /** It is among the newest. */
        NEWEST,
        /** It is younger than the rule says. */
        YOUNG,
        /** Its build is kept forever. */
        KEPT_BUILD,
        /** It is shared with other accounts. */
        SHARED,
        /** An instance uses it. */
        USED,
        /** A launch template or a scaling configuration names it. */
        NAMED,
        /** The launch templates and scaling configurations cannot be listed. */
        UNLISTED
    }

    /** Whether the image is retired. */
    public boolean retires() {
        return reason == Reason.RETIRE;
    }
}
