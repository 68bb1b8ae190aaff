package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.retention.Retention;

/** The parameters of {@code createCloudImage} that say which older images of the job are retired. */
public interface RetentionParameters {
    /** Older images are deleted unless the job says otherwise. */
    String RETIRE_BY_DELETION = "delete";

    /** It is only told which images would be deleted. */
    String RETIRE_NOTHING = "dryRun";

    /**
     * How many of the newest images stay, the new one included.
     *
     * @return at least 1, or null if the number does not count
     */
    @CheckForNull
    Integer getKeep();

    /**
     * How long an image stays.
     *
     * @return days, at least 1, or null if the age does not count
     */
    @CheckForNull
    Integer getKeepDays();

    /**
     * What happens to an older image.
     *
     * @return {@code delete} or {@code dryRun}
     */
    String getRetain();

    /** Whether the user knows that launch templates and scaling groups are not asked whether they use an image. */
    boolean isAcceptUnseenUse();

    /**
     * The rule, if older images are to be retired.
     *
     * @param rules gets an error for each parameter that breaks a rule
     * @param unlisted why launch templates and scaling configurations cannot be listed, or null if they can
     * @return the rule, or null if there is none or a parameter breaks a rule
     */
    @CheckForNull
    default Retention retention(Rules rules, @CheckForNull String unlisted) {
        boolean given = retires();
        boolean dryRun = RETIRE_NOTHING.equalsIgnoreCase(getRetain());
        boolean compares = unlisted == null && !isAcceptUnseenUse();
        boolean valid = positive(rules, "keep", getKeep()) & positive(rules, "keepDays", getKeepDays());
        if (!dryRun && !RETIRE_BY_DELETION.equalsIgnoreCase(getRetain())) {
            String choices = Messages.ImageParameters_or(RETIRE_BY_DELETION, RETIRE_NOTHING);
            rules.error("retain", Messages.ImageParameters_choice("retain", getRetain(), choices));
            valid = false;
        }
        if (!given && dryRun) {
            rules.error("retain", Messages.RetentionParameters_noRule("retain"));
        }
        if (!given && isAcceptUnseenUse()) {
            rules.error("acceptUnseenUse", Messages.RetentionParameters_noRule("acceptUnseenUse"));
        }
        if (given && !dryRun && !compares && !isAcceptUnseenUse()) {
            rules.error("acceptUnseenUse", Messages.RetentionParameters_unseenUse(unlisted));
            valid = false;
        }
        return given && valid ? new Retention(getKeep(), getKeepDays(), dryRun, compares) : null;
    }

    /** Whether older images are retired by a rule, whatever else is given. */
    private boolean retires() {
        return getKeep() != null || getKeepDays() != null;
    }

    /** Whether launch templates and scaling configurations are compared, if they can be listed. */
    default boolean comparesTemplates() {
        return retires() && !isAcceptUnseenUse();
    }

    private static boolean positive(Rules rules, String field, @CheckForNull Integer value) {
        boolean valid = value == null || value > 0;
        if (!valid) {
            rules.error(field, Messages.RetentionParameters_noneLeft(field, value));
        }
        return valid;
    }
}
