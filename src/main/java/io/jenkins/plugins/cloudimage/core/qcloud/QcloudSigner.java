package io.jenkins.plugins.cloudimage.core.qcloud;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.Hmac;
import java.util.Base64;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * HmacSHA1 and HmacSHA256, the <a href="https://cloud.tencent.com/document/api/213/6984">signatures of QCloud's API
 * v2</a>. A pure function of key and request: time and nonce are parameters like any other.
 */
public final class QcloudSigner {
    /** The path of every call. */
    public static final String PATH = "/v2/index.php";
    /** The parameter that chooses the algorithm. */
    public static final String METHOD = "SignatureMethod";
    /** The recommended value of {@link #METHOD}; any other value, or none, means HmacSHA1. */
    public static final String HMAC_SHA256 = "HmacSHA256";

    private static final String HMAC_SHA1 = "HmacSHA1";

    private final Hmac sha1;
    private final Hmac sha256;

    /**
     * @param key the key; the caller adds its token to the parameters
     */
    public QcloudSigner(AccessKey key) {
        byte[] secret = Digests.utf8(key.secret());
        this.sha1 = new Hmac(HMAC_SHA1, secret);
        this.sha256 = new Hmac(HMAC_SHA256, secret);
    }

    /**
     * Computes the value of the parameter {@code Signature}, not yet encoded.
     *
     * @param host the {@code Host} header, with the port unless it is the scheme's default
     * @param parameters all other parameters of the request, not encoded; names must not contain underscores
     * @return the signature in Base64
     */
    public String signature(String method, String host, SortedMap<String, String> parameters) {
        // Values are signed unencoded and sent encoded.
        String text = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&", method + host + PATH + "?", ""));
        Hmac hmac = HMAC_SHA256.equals(parameters.get(METHOD)) ? sha256 : sha1;
        return Base64.getEncoder().encodeToString(hmac.of(text));
    }
}
