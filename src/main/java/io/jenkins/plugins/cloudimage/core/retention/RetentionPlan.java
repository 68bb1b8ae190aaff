package io.jenkins.plugins.cloudimage.core.retention;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.retention.Verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Decides which images of a group are retired. It is a pure function of the index and of what was seen. It is asked first
 * with the list of images, which tells about which of them more has to be looked for, and then again.
 *
 * @param made the new image, which always stays
 * @param now the time by the controller's clock
 * @param cloudTime the time by the cloud's clock, or null if it is unknown
 */
public record RetentionPlan(
        Retention rule,
        MadeImage made,
        Instant now,
        @Nullable Instant cloudTime) {

    /**
     * Judges the images of the new image's group.
     *
     * @param index images of any job, account, region and group
     * @param seen what was seen of them, by id
     * @return a verdict on each image of the group that may exist, the newest first
     */
    public List<Verdict> judge(Collection<MadeImage> index, Map<String, Observed> seen) {
        List<MadeImage> group = index.stream()
                .filter(image -> image.group().equals(made.group()) && image.retired() == null)
                .sorted(MadeImage.NEWEST_FIRST)
                .toList();
        List<Verdict> verdicts = new ArrayList<>();
        int counted = 0;
        for (MadeImage image : group) {
            Observed observed = seen.getOrDefault(image.id(), Observed.NOTHING);
            boolean counts = image.proven() && observed.ready();
            verdicts.add(new Verdict(image, reason(image, observed, counted), observed));
            counted += counts ? 1 : 0;
        }
        return verdicts;
    }

    /**
     * @param newer how many newer images count
     */
    private Reason reason(MadeImage image, Observed seen, int newer) {
        if (image.number() >= made.number()) {
            return Reason.NOT_OLDER;
        }
        if (!image.proven()) {
            return Reason.UNPROVEN;
        }
        if (!seen.ready()) {
            return Reason.NOT_READY;
        }
        if (newer < rule.newest()) {
            return Reason.NEWEST;
        }
        if (isYoung(image.ready(), now) || isYoung(seen.created(), cloudTime)) {
            return Reason.YOUNG;
        }
        return protection(seen);
    }

    /** A clock that was set forward makes no image old as long as the cloud's own clock says otherwise. */
    private boolean isYoung(@Nullable Instant from, @Nullable Instant to) {
        return rule.keepDays() != null
                && from != null
                && to != null
                && Duration.between(from, to).compareTo(rule.age()) < 0;
    }

    private static Reason protection(Observed seen) {
        if (Boolean.TRUE.equals(seen.keptBuild())) {
            return Reason.KEPT_BUILD;
        }
        if (Boolean.TRUE.equals(seen.shared())) {
            return Reason.SHARED;
        }
        if (Boolean.TRUE.equals(seen.used())) {
            return Reason.USED;
        }
        if (seen.template() != null) {
            return Reason.NAMED;
        }
        if (seen.unlisted() != null) {
            return Reason.UNLISTED;
        }
        return seen.isFree() ? Reason.RETIRE : Reason.LOOK;
    }
}
