package io.jenkins.plugins.cloudimage.core;

import java.util.regex.Pattern;

/**
 * Takes secrets out of texts that come from a cloud or from a library, before they reach a message, a log or a file. A
 * server that explains a wrong signature likes to echo what was signed.
 */
public final class Redaction {
    private static final int MAX_LENGTH = 2000;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]+");

    /** The scheme names stay readable; what follows them up to the end of the header is the credential. */
    private static final Pattern AUTHORIZATION =
            Pattern.compile("(?i)((?:TC3|JDCLOUD2|ACS3)-HMAC-SHA256|\\bacs)\\s+(?:Credential|Signature)?[^\\s\"'].*");

    /** Also in JSON within JSON, and percent-encoded as in a string to sign. */
    private static final Pattern PARAMETER = Pattern.compile("(?i)(?<![a-z])(x-tc-token|x-jdcloud-security-token|"
            + "x-acs-security-token|securitytoken|security_token|session_?token|token|signature|credential|"
            + "authorization|secretid|secretkey|access_?key_?id|access_?key_?secret|password)"
            + "([\"'\\\\]*\\s*(?:[=:]|%(?:25)*3D)[\"'\\\\\\s]*)[^\\s&\",;<>]+");

    private static final int LINE_LENGTH = 200;

    /** Holds no credential, for a credential has a name, a separator and a value. */
    private static final Pattern WORD = Pattern.compile("[\\w.-]{0," + LINE_LENGTH + "}");

    private Redaction() {}

    /**
     * Cleans a text that stands within a line: a code, a state, an id.
     *
     * @param text any text
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
     * @param text any text
     * @return the text with credentials replaced by asterisks, control characters by spaces, and at most 2,000
     *     characters long
     */
    public static String clean(String text) {
        String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        String plain = CONTROL.matcher(cut).replaceAll(" ");
        return PARAMETER
                .matcher(AUTHORIZATION.matcher(plain).replaceAll("$1 ****"))
                .replaceAll("$1$2****");
    }
}
