package io.jenkins.plugins.cloudimage.core.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The JDK's digests as signatures need them: texts in UTF-8, results in lower-case hexadecimal. */
public final class Digests {
    private static final HexFormat HEX = HexFormat.of();

    private Digests() {}

    /** Computes SHA-256. */
    public static String sha256Hex(byte[] bytes) {
        try {
            return hex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Computes MD5, which some APIs require as a checksum of the body. */
    public static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has MD5", e);
        }
    }

    /**
     * @return two lower-case digits for each
     */
    public static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    /** Encodes a text. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
