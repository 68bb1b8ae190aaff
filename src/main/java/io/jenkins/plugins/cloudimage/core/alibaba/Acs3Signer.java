package io.jenkins.plugins.cloudimage.core.alibaba;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import java.util.Map;
import java.util.SortedMap;
import javax.crypto.spec.SecretKeySpec;

/**
 * ACS3-HMAC-SHA256, Alibaba Cloud's <a
 * href="https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature">signature version
 * 3</a>. A pure function of key and request.
 */
public final class Acs3Signer {
    private static final String ALGORITHM = "ACS3-HMAC-SHA256";

    private final AccessKey key;
    private final SecretKeySpec secret;

    /**
     * Signs with a key.
     *
     * @param key the key
     */
    public Acs3Signer(AccessKey key) {
        this.key = key;
        this.secret = Digests.key("HmacSHA256", Digests.utf8(key.secret()));
    }

    /**
     * Computes the value of the {@code Authorization} header.
     *
     * @param method GET or POST
     * @param path the path; {@code /} for RPC APIs
     * @param query the parameters of the query
     * @param headers the headers to sign, by names in lower case: {@code host}, all {@code x-acs-*} that are sent and,
     *     if there is one, {@code content-type}
     * @param body the exact body
     * @return the value
     */
    public String authorization(
            String method,
            String path,
            SortedMap<String, String> query,
            SortedMap<String, String> headers,
            byte[] body) {
        String names = String.join(";", headers.keySet());
        String toSign = ALGORITHM + "\n"
                + Digests.sha256Hex(Digests.utf8(canonical(method, path, query, headers, names, body)));
        return ALGORITHM + " Credential=" + key.id() + ",SignedHeaders=" + names + ",Signature="
                + Digests.hex(Digests.hmac(secret, toSign));
    }

    private static String canonical(
            String method,
            String path,
            SortedMap<String, String> query,
            SortedMap<String, String> headers,
            String names,
            byte[] body) {
        StringBuilder text = new StringBuilder(method)
                .append('\n')
                .append(path)
                .append('\n')
                .append(PercentEncoding.pairs(query))
                .append('\n');
        for (Map.Entry<String, String> header : headers.entrySet()) {
            text.append(header.getKey())
                    .append(':')
                    .append(header.getValue().strip())
                    .append('\n');
        }
        return text.append('\n')
                .append(names)
                .append('\n')
                .append(Digests.sha256Hex(body))
                .toString();
    }
}
