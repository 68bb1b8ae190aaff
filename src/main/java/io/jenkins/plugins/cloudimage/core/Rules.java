package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Collects the rules that a request breaks. All clouds use it, so that their messages read alike. */
public final class Rules {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int REGION_LENGTH = 63;

    private final List<Problem> problems = new ArrayList<>();

    /** The broken rules, in the order in which they were checked. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /**
     * Rejects a request that breaks a rule, before anything is sent.
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
            throw CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                    .message(errors.stream().map(Problem::message).collect(Collectors.joining("; ")))
                    .advice(Messages.Rules_correct())
                    .exception();
        }
    }

    /**
     * Requires a region code. Regions are not checked against a list, because clouds open new ones. The shape is
     * checked, because a region may become part of a host name.
     */
    public Rules region(@CheckForNull String value) {
        if (required("region", value, Messages.Rules_region())
                && (!REGION.matcher(value).matches() || value.length() > REGION_LENGTH)) {
            error("region", Messages.Rules_noRegion(value));
        }
        return this;
    }

    /**
     * Requires a name for the image.
     *
     * @return whether there is one
     */
    public boolean imageName(@CheckForNull String value) {
        return required("imageName", value, Messages.Rules_imageName());
    }

    /**
     * Requires a value.
     *
     * @param meaning what to put there, in words that follow "give"
     * @return whether there is one
     */
    public boolean required(String field, @CheckForNull String value, String meaning) {
        boolean given = isGiven(value);
        if (!given) {
            error(field, Messages.Rules_missing(field, meaning));
        }
        return given;
    }

    /**
     * Limits the length of a text and rejects control characters. A missing text breaks no rule.
     *
     * @param min the minimum length in Unicode code points
     * @param max the maximum length in Unicode code points
     */
    public Rules length(String field, @CheckForNull String value, int min, int max) {
        if (!isGiven(value)) {
            return this;
        }
        int length = value.codePointCount(0, value.length());
        if (length < min || length > max) {
            error(field, Messages.Rules_length(field, length, min, max));
        }
        return noControl(field, value);
    }

    /**
     * Limits the length of a name and rejects control characters. The message offers a name that the cloud accepts.
     *
     * @param min the minimum length in Unicode code points
     * @param max the maximum length in Unicode code points
     * @param valid a name like the given one that breaks no rule
     */
    public Rules name(String field, String value, int min, int max, String valid) {
        int length = value.codePointCount(0, value.length());
        if (length < min || length > max) {
            error(field, Messages.Rules_nameLength(field, length, min, max, valid));
        }
        return noControl(field, value);
    }

    private Rules noControl(String field, String value) {
        if (CONTROL.matcher(value).find()) {
            error(field, Messages.Rules_control(field));
        }
        return this;
    }

    /** Requires exactly one of two fields. */
    public Rules exactlyOne(String first, boolean hasFirst, String second, boolean hasSecond) {
        if (hasFirst && hasSecond) {
            error(second, Messages.Rules_both(second, first));
        } else if (!hasFirst && !hasSecond) {
            error(first, Messages.Rules_neither(first, second));
        }
        return this;
    }

    /** Rejects a field without another one on which it depends. */
    public Rules onlyWith(String field, boolean hasField, String other, boolean hasOther) {
        if (hasField && !hasOther) {
            error(field, Messages.Rules_onlyWith(field, other));
        }
        return this;
    }

    /** Requires a value in every element of a list, without duplicates. */
    public Rules distinct(String field, Collection<String> values) {
        if (values.stream().anyMatch(value -> !isGiven(value))) {
            error(field, Messages.Rules_emptyElement(field));
        }
        if (values.stream().distinct().count() < values.size()) {
            error(field, Messages.Rules_twice(field, String.join(", ", values)));
        }
        return this;
    }

    /** Rejects tags of which two have the same key. */
    public Rules distinctKeys(List<ImageTag> tags) {
        Set<String> keys = new HashSet<>();
        tags.stream()
                .map(ImageTag::key)
                .filter(key -> !keys.add(key))
                .distinct()
                .forEach(key -> error("tags", Messages.Rules_sameKey(key)));
        return this;
    }

    /**
     * Warns of an id that does not begin as the cloud's ids do.
     *
     * @param values the ids; missing ones are ignored
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
     * Warns of a value that the API page does not list. It is no error, because clouds add values.
     *
     * @param value the value; a missing one is ignored
     */
    public Rules known(String field, @CheckForNull String value, String... values) {
        if (isGiven(value) && !List.of(values).contains(value)) {
            warning(field, Messages.Rules_unknown(field, value, String.join(", ", values)));
        }
        return this;
    }

    /** Limits a number. */
    public Rules range(String field, int value, int min, int max, String unit) {
        if (value < min || value > max) {
            error(field, Messages.Rules_range(field, value, min, max, unit));
        }
        return this;
    }

    /**
     * Adds an error.
     *
     * @param message one sentence with value, rule and way out that begins with the field
     */
    public Rules error(String field, String message) {
        problems.add(Problem.error(field, message));
        return this;
    }

    /**
     * Adds a warning.
     *
     * @param message one sentence with value, rule and way out that begins with the field
     */
    public Rules warning(String field, String message) {
        problems.add(Problem.warning(field, message));
        return this;
    }

    /** Whether a value is neither null nor blank. */
    public static boolean isGiven(@CheckForNull String value) {
        return value != null && !value.isBlank();
    }

    /**
     * Copies a list in which a script may have left elements out.
     *
     * @param empty replaces an element that is null
     * @return an immutable list without nulls
     */
    public static <T> List<T> list(@CheckForNull List<T> values, T empty) {
        return values == null
                ? List.of()
                : values.stream().map(value -> value == null ? empty : value).toList();
    }

    /** Turns a blank value, such as an empty form field, into null. */
    @CheckForNull
    public static String given(@CheckForNull String value) {
        return isGiven(value) ? value : null;
    }
}
