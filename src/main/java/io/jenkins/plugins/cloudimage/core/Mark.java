package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The text that proves which creation made an image: {@code ci-} and 16 random characters of base32 (80 bits), after a
 * hyphen at the end of the image's description. It is saved before the create call is sent.
 */
public record Mark(String text) {
    /** The number of characters that a mark and the hyphen before it take from the longest description. */
    public static final int ROOM = 20;

    private static final String PREFIX = "ci-";
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int RANDOM_CHARACTERS = 16;
    private static final Pattern FORM = Pattern.compile("ci-[a-z2-7]{16}");
    private static final RandomGenerator RANDOM = new SecureRandom();

    /** Rejects a text that is not a mark. */
    public Mark {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("Not a mark: " + text);
        }
    }

    /** A new mark from a secure random generator. */
    public static Mark random() {
        return random(RANDOM);
    }

    public static Mark random(RandomGenerator random) {
        StringBuilder text = new StringBuilder(PREFIX);
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new Mark(text.toString());
    }

    /** Adds the mark to a description. */
    public String appendedTo(@CheckForNull String description) {
        return Rules.isGiven(description) ? description + "-" + text : text;
    }

    /** Whether an image carries this mark. */
    public boolean isIn(@CheckForNull String description) {
        return description != null && (description.equals(text) || description.endsWith("-" + text));
    }
}
