package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Collects the rules that a request breaks. Every cloud's request states its rules with these words, so the messages
 * read alike.
 */
public final class Rules {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int REGION_LENGTH = 63;

    private final List<Problem> problems = new ArrayList<>();

    /** The broken rules so far. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /**
     * Refuses what breaks a rule, before anything is sent.
     *
     * @throws CloudException of kind {@link ErrorKind#INVALID_REQUEST} that names every broken rule
     */
    public void check() throws CloudException {
        check(problems);
    }

    static void check(List<Problem> problems) throws CloudException {
        List<Problem> errors = problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw CloudError.of(ErrorKind.INVALID_REQUEST, Acted.NO)
                    .message(errors.stream().map(Problem::message).collect(Collectors.joining("; ")))
                    .advice(Messages.Rules_correct())
                    .exception();
        }
    }

    /**
     * States that the field is a region code. Regions are never checked against a list, because clouds open new ones;
     * only the shape is, because a region may become part of a host name.
     */
    public Rules region(@CheckForNull String value) {
        if (required("region", value, Messages.Rules_region())
                && (!REGION.matcher(value).matches() || value.length() > REGION_LENGTH)) {
            error("region", Messages.Rules_noRegion(value));
        }
        return this;
    }

    /**
     * States that the image must have a name.
     *
     * @return whether it has one
     */
    public boolean imageName(@CheckForNull String value) {
        return required("imageName", value, Messages.Rules_imageName());
    }

    /**
     * States that the field must have a value.
     *
     * @param meaning what to put there, in words that follow "give"
     * @return whether it has one
     */
    public boolean required(String field, @CheckForNull String value, String meaning) {
        boolean given = isGiven(value);
        if (!given) {
            error(field, Messages.Rules_missing(field, meaning));
        }
        return given;
    }

    /**
     * States how long a text may be and that it has no control characters. An absent text breaks no rule here.
     *
     * @param min the fewest characters (Unicode code points)
     * @param max the most characters (Unicode code points)
     */
    public Rules length(String field, @CheckForNull String value, int min, int max) {
        if (!isGiven(value)) {
            return this;
        }
        int length = value.codePointCount(0, value.length());
        if (length < min || length > max) {
            error(field, Messages.Rules_length(field, length, min, max));
        }
        if (CONTROL.matcher(value).find()) {
            error(field, Messages.Rules_control(field));
        }
        return this;
    }

    /** States that exactly one of two fields is given. */
    public Rules exactlyOne(String first, boolean hasFirst, String second, boolean hasSecond) {
        if (hasFirst && hasSecond) {
            error(second, Messages.Rules_both(second, first));
        } else if (!hasFirst && !hasSecond) {
            error(first, Messages.Rules_neither(first, second));
        }
        return this;
    }

    /** States that a field makes sense only beside another one. */
    public Rules onlyWith(String field, boolean hasField, String other, boolean hasOther) {
        if (hasField && !hasOther) {
            error(field, Messages.Rules_onlyWith(field, other));
        }
        return this;
    }

    /** States that every element of a list has a value and none comes twice. */
    public Rules distinct(String field, Collection<String> values) {
        if (values.stream().anyMatch(value -> !isGiven(value))) {
            error(field, Messages.Rules_emptyElement(field));
        }
        if (values.stream().distinct().count() < values.size()) {
            error(field, Messages.Rules_twice(field, String.join(", ", values)));
        }
        return this;
    }

    /**
     * Warns when an id does not look like the cloud's own.
     *
     * @param values its values; absent ones are passed over
     */
    public Rules looksLike(String field, Collection<String> values, String prefix) {
        for (String value : values) {
            if (isGiven(value) && !value.startsWith(prefix)) {
                warning(field, Messages.Rules_unlike(field, value, prefix));
            }
        }
        return this;
    }

    /**
     * Warns when a value is none of those that the cloud's page lists. Clouds add values, so it is no error.
     *
     * @param value its value; an absent one is passed over
     */
    public Rules known(String field, @CheckForNull String value, String... values) {
        if (isGiven(value) && !List.of(values).contains(value)) {
            warning(field, Messages.Rules_unknown(field, value, String.join(", ", values)));
        }
        return this;
    }

    /** States how large a number may be. */
    public Rules range(String field, int value, int min, int max, String unit) {
        if (value < min || value > max) {
            error(field, Messages.Rules_range(field, value, min, max, unit));
        }
        return this;
    }

    /**
     * Adds a rule that is broken.
     *
     * @param message one sentence with value, rule and way out that begins with the field
     */
    public Rules error(String field, String message) {
        problems.add(Problem.error(field, message));
        return this;
    }

    /**
     * Adds a doubt.
     *
     * @param message one sentence with value, rule and way out that begins with the field
     */
    public Rules warning(String field, String message) {
        problems.add(Problem.warning(field, message));
        return this;
    }

    /** Whether a value was given at all. */
    public static boolean isGiven(@CheckForNull String value) {
        return value != null && !value.isBlank();
    }

    /**
     * Copies the elements of a field, of which a script may have left some out.
     *
     * @param empty stands for an element that is null
     * @return an immutable list without nulls
     */
    public static <T> List<T> list(@CheckForNull List<T> values, T empty) {
        return values == null
                ? List.of()
                : values.stream().map(value -> value == null ? empty : value).toList();
    }

    /** Takes a blank value, as an empty field of a form has it, for an absent one. */
    @CheckForNull
    public static String given(@CheckForNull String value) {
        return isGiven(value) ? value : null;
    }
}
