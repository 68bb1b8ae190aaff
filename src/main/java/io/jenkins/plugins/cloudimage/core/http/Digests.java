package io.jenkins.plugins.cloudimage.core.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The JDK's digests in the forms that signatures use: texts as UTF-8, hexadecimal in lower case. */
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

    /** Computes MD5, which some APIs want as a checksum of the body. */
    public static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has MD5", e);
        }
    }

    /**
     * Writes bytes in hexadecimal.
     *
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
