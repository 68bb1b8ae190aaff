package io.jenkins.plugins.cloudimage.core.http;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed digest. The key is kept as long as this object. It is safe for use by several threads: each text uses a clone
 * of a digest that was initialized once, because finding and initializing one costs as much as the computation.
 */
public final class Hmac {
    private final Mac keyed;

    /**
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
     * @return the digest of its bytes in UTF-8
     */
    public byte[] of(String text) {
        byte[] bytes = Digests.utf8(text);
        try {
            return ((Mac) keyed.clone()).doFinal(bytes);
        } catch (CloneNotSupportedException e) {
            // Some security providers keep keys where they cannot be cloned.
            synchronized (keyed) {
                return keyed.doFinal(bytes);
            }
        }
    }
}
