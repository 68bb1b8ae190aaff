package io.jenkins.plugins.cloudimage.core.canary;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for secrets, and parts of them, in everything that leaves the process. */
public final class Canary {
    /** The length of a part, which must not occur by chance. */
    private static final int PIECE = 8;

    private static final Pattern SIGNATURE =
            Pattern.compile("(?i)(?:(?:^|[&,?\\s])signature=|\\bacs [^:\\s]+:)([^&,\\s]+)");

    private final Set<String> secrets = new LinkedHashSet<>();
    /** The public half, which is allowed, also where a secret has a part in common with it. */
    private final String keyId;

    /** Looks for what a key keeps secret. */
    public Canary(AccessKey key) {
        keyId = key.id().toLowerCase(Locale.ROOT);
        watch(key.secret());
        if (key.sessionToken() != null) {
            watch(key.sessionToken());
        }
    }

    /** Looks for one more secret, in every encoding in which it may be sent. */
    public synchronized void watch(String secret) {
        assertTrue(secret.length() >= PIECE, "A short secret is found everywhere");
        String low = secret.toLowerCase(Locale.ROOT);
        secrets.add(low);
        Stream.of(low.substring(0, PIECE), low.substring(low.length() - PIECE))
                .filter(piece -> !keyId.contains(piece))
                .forEach(secrets::add);
        secrets.add(Base64.getEncoder()
                .withoutPadding()
                .encodeToString(secret.getBytes(StandardCharsets.UTF_8))
                .toLowerCase(Locale.ROOT));
    }

    /** Looks for the signatures in a request as well. */
    public void watchSignatures(String request) {
        Matcher matcher = SIGNATURE.matcher(request);
        while (matcher.find()) {
            // Only letters and digits are never encoded.
            for (String part : matcher.group(1).split("%(?:25)*[0-9A-Fa-f]{2}|[^A-Za-z0-9]")) {
                if (part.length() >= 2 * PIECE) {
                    watch(part);
                }
            }
        }
    }

    /** Fails if a text holds a secret. */
    public synchronized void assertNotIn(String where, String text) {
        String low = text.toLowerCase(Locale.ROOT);
        for (String secret : secrets) {
            int at = low.indexOf(secret);
            if (at >= 0) {
                fail(where + " holds " + secret + ": …"
                        + text.substring(Math.max(0, at - 120), Math.min(text.length(), at + 120)));
            }
        }
    }

    /** Fails if a failure holds a secret, with its causes and all that was suppressed. */
    public void assertNotIn(String where, Throwable failure) {
        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all, true));
        assertNotIn(where, all.toString());
    }
}
