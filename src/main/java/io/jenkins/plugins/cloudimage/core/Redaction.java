package io.jenkins.plugins.cloudimage.core;

import java.util.regex.Pattern;

/**
 * Removes secrets from texts that come from a cloud or a library, before they reach a message, a log or a file. Some
 * servers explain a wrong signature by echoing what was signed.
 */
public final class Redaction {
    private static final int MAX_LENGTH = 2000;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]+");

    /** Everything after the name of a signature scheme, up to the end of the line, is the credential. */
    private static final Pattern AUTHORIZATION =
            Pattern.compile("(?i)([a-z0-9]+-HMAC-SHA\\d+)\\s+(?:Credential|Signature)?[^\\s\"'].*");

    /** The older form: a scheme and a key id with its signature. */
    private static final Pattern PAIR =
            Pattern.compile("(?i)(authorization[\"'\\\\]*\\s*[=:][\"'\\\\\\s]*)[a-z0-9]+ [^\\s:\"']+:[^\\s\"',;<>]+");

    /**
     * A parameter whose name marks its value as secret, with any prefix, such as {@code X-Security-Token}; also in JSON
     * within JSON, and percent-encoded as in a string to sign.
     */
    private static final Pattern PARAMETER = Pattern.compile("(?i)((?:token|signature|credential|authorization|"
            + "secret_?(?:id|key)|access_?key_?(?:id|secret)|password)"
            + "[\"'\\\\]*\\s*(?:[=:]|%(?:25)*3D)[\"'\\\\\\s]*)[^\\s&\",;<>]+");

    private static final int LINE_LENGTH = 200;

    /** Such a text contains no credential, because a credential has a name, a separator and a value. */
    private static final Pattern WORD = Pattern.compile("[\\w.-]{0," + LINE_LENGTH + "}");

    private Redaction() {}

    /**
     * Cleans a text that is part of a line, such as a code, a state or an id.
     *
     * @return the result of {@link #clean} without line breaks and at most 200 characters long
     */
    public static String line(String text) {
        if (WORD.matcher(text).matches()) {
            return text;
        }
        String line = clean(text).replaceAll("\\s+", " ").strip();
        return line.length() > LINE_LENGTH ? line.substring(0, LINE_LENGTH) + "…" : line;
    }

    /**
     * Removes secrets and control characters.
     *
     * @return the text with credentials replaced by asterisks, control characters by spaces, and at most 2,000
     *     characters long
     */
    public static String clean(String text) {
        String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        String plain = CONTROL.matcher(cut).replaceAll(" ");
        String headers =
                PAIR.matcher(AUTHORIZATION.matcher(plain).replaceAll("$1 ****")).replaceAll("$1****");
        return PARAMETER.matcher(headers).replaceAll("$1****");
    }
}
