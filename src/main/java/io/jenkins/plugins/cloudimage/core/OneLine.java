package io.jenkins.plugins.cloudimage.core;

import java.util.regex.Pattern;

/**
 * Keeps a text in its line. A text from a cloud could otherwise begin a line of its own in a build's log, colour it or
 * turn its direction, and so forge what Jenkins says.
 */
public final class OneLine {
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\n\\r\\t\\u000b\\f\\u0085\\u2028\\u2029]+");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private OneLine() {}

    /** Puts spaces for line breaks, and visible escapes for other control and format characters. */
    public static String of(String text) {
        String line = LINE_BREAKS.matcher(text).replaceAll(" ");
        return INVISIBLE
                .matcher(line)
                .replaceAll(found -> "\\\\u%04x".formatted(found.group().codePointAt(0)));
    }
}
