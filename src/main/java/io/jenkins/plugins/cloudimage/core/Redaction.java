package io.jenkins.plugins.cloudimage.core;

import java.util.regex.Pattern;

/**
 * Takes secrets out of texts that come from a cloud or from a library, before they reach a message, a log or a file. A
 * server that explains a wrong signature likes to echo what was signed.
 */
public final class Redaction {
    private static final int MAX_LENGTH = 2000;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]+");

    /** What follows the name of a signature's scheme, up to the end of the line, is the credential. */
    private static final Pattern AUTHORIZATION =
            Pattern.compile("(?i)([a-z0-9]+-HMAC-SHA\\d+)\\s+(?:Credential|Signature)?[^\\s\"'].*");

    /** The older form: a scheme, and a key id with its signature. */
    private static final Pattern PAIR =
            Pattern.compile("(?i)(authorization[\"'\\\\]*\\s*[=:][\"'\\\\\\s]*)[a-z0-9]+ [^\\s:\"']+:[^\\s\"',;<>]+");

    /**
     * A name that says of its value that it is secret, whatever a cloud puts before it, as in {@code
     * X-Security-Token}. Also in JSON within JSON, and percent-encoded as in a string to sign.
     */
    private static final Pattern PARAMETER = Pattern.compile("(?i)((?:token|signature|credential|authorization|"
            + "secret_?(?:id|key)|access_?key_?(?:id|secret)|password)"
            + "[\"'\\\\]*\\s*(?:[=:]|%(?:25)*3D)[\"'\\\\\\s]*)[^\\s&\",;<>]+");

    private static final int LINE_LENGTH = 200;

    /** Holds no credential, for a credential has a name, a separator and a value. */
    private static final Pattern WORD = Pattern.compile("[\\w.-]{0," + LINE_LENGTH + "}");

    private Redaction() {}

    /**
     * Cleans a text that stands within a line: a code, a state, an id.
     *
     * @return the text as {@link #clean} has it, without line breaks and at most 200 characters long
     */
    public static String line(String text) {
        if (WORD.matcher(text).matches()) {
            return text;
        }
        String line = clean(text).replaceAll("\\s+", " ").strip();
        return line.length() > LINE_LENGTH ? line.substring(0, LINE_LENGTH) + "…" : line;
    }

    /**
     * Cleans a text.
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
