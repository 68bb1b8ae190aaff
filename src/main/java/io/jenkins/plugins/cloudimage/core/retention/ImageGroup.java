package io.jenkins.plugins.cloudimage.core.retention;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.Rules;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The images among which retention counts: those that one job makes in one account and region, of one family or with the
 * same name apart from what differs from build to build. Copies are counted apart from images that the job creates in their
 * region, and together if the images that were copied are.
 *
 * @param job the full name of the job
 * @param account a keyed hash that recognizes the account
 * @param cloud the cloud's id
 * @param endpoint the name of the administrator's endpoint, or null for the cloud's own
 * @param series what {@link #series} returns
 */
public record ImageGroup(
        String job, String account, String cloud, @Nullable String endpoint, String region, String series) {
    private static final String FAMILY = "family:";
    private static final String NAME = "name:";
    private static final String COPY = "copy from ";
    /** What stands for the part of a name that differs from build to build. */
    private static final String ANY = "*";
    /** A date as {@code 20261129} or {@code 2026-11-29}, perhaps with a time right after it. */
    private static final Pattern DATE = Pattern.compile("(?<![0-9])20[0-9]{2}([-_.]?)(?:0[1-9]|1[0-2])\\1"
            + "(?:0[1-9]|[12][0-9]|3[01])(?:T?[0-9]{4}(?:[0-9]{2})?)?(?![0-9])");

    /** Rejects a group in which something is missing. */
    public ImageGroup {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(cloud, "cloud");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(series, "series");
    }

    /**
     * The part of a group that an image's parameters decide. A family if it has one, or else its name, in which {@code *}
     * stands for dates and for the last occurrence of the build's number. Anything else is taken to be part of the name,
     * because what is grouped wrongly is deleted too early.
     *
     * @param family the image's family, or null
     * @param number the number of the build
     */
    public static String series(@CheckForNull String family, String name, int number) {
        if (Rules.isGiven(family)) {
            return FAMILY + family;
        }
        Matcher digits = Pattern.compile("(?<![0-9])0*" + number + "(?![0-9])").matcher(name);
        String without = name;
        while (digits.find()) {
            without = name.substring(0, digits.start()) + ANY + name.substring(digits.end());
        }
        return NAME + DATE.matcher(without).replaceAll(ANY);
    }

    /**
     * The part of a copy's group that the copied image decides.
     *
     * @param series that of the copied image
     * @param from the region of the copied image
     */
    public static String copied(String series, String from) {
        return COPY + from + " " + series;
    }

    /** The family or the name with placeholders, for people. */
    public String text() {
        return series.substring(series.indexOf(':') + 1);
    }

    boolean isIn(String itsCloud, @Nullable String itsEndpoint, String itsRegion) {
        return cloud.equals(itsCloud) && Objects.equals(endpoint, itsEndpoint) && region.equals(itsRegion);
    }

    ImageGroup of(String otherJob) {
        return new ImageGroup(otherJob, account, cloud, endpoint, region, series);
    }
}
