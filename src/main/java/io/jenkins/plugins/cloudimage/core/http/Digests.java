package io.jenkins.plugins.cloudimage.core.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The JDK's digests in the forms that signatures use: texts as UTF-8, hexadecimal in lower case. */
public final class Digests {
    private static final HexFormat HEX = HexFormat.of();

    private Digests() {}

    /**
     * Makes a key for {@link #hmac}.
     *
     * @param algorithm the JDK's name of the algorithm, for example {@code HmacSHA256}
     * @param key the key's bytes
     * @return the key
     */
    public static SecretKeySpec key(String algorithm, byte[] key) {
        return new SecretKeySpec(key, algorithm);
    }

    /**
     * Computes a keyed digest with the key's algorithm.
     *
     * @param key the key
     * @param text the text
     * @return the digest
     */
    public static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + key.getAlgorithm(), e);
        }
    }

    /**
     * Computes SHA-256.
     *
     * @param bytes the bytes
     * @return the digest in hexadecimal
     */
    public static String sha256Hex(byte[] bytes) {
        try {
            return hex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /**
     * Computes MD5, which some APIs want as a checksum of the body.
     *
     * @param bytes the bytes
     * @return the digest
     */
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
     * @param bytes the bytes
     * @return two lower-case digits for each
     */
    public static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    /**
     * Encodes a text.
     *
     * @param text the text
     * @return its bytes in UTF-8
     */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
