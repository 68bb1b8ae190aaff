package io.jenkins.plugins.cloudimage.core.http;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed digest. The key lives as long as this object and not longer. It is safe for use by several threads: each text
 * gets a copy of a digest that was keyed once, because to find and key one costs as much as to compute it.
 */
public final class Hmac {
    private final Mac keyed;

    /**
     * Keys a digest.
     *
     * @param algorithm the JDK's name of the algorithm, for example {@code HmacSHA256}
     */
    public Hmac(String algorithm, byte[] key) {
        try {
            keyed = Mac.getInstance(algorithm);
            keyed.init(new SecretKeySpec(key, algorithm));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }

    /**
     * Computes the keyed digest of a text.
     *
     * @return the digest of its bytes in UTF-8
     */
    public byte[] of(String text) {
        byte[] bytes = Digests.utf8(text);
        try {
            return ((Mac) keyed.clone()).doFinal(bytes);
        } catch (CloneNotSupportedException e) {
            // A provider other than the JDK's own may keep its keys where they cannot be copied from.
            synchronized (keyed) {
                return keyed.doFinal(bytes);
            }
        }
    }
}
