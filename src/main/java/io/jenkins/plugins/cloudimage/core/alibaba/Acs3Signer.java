package io.jenkins.plugins.cloudimage.core.alibaba;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.Hmac;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import java.util.SortedMap;

/**
 * ACS3-HMAC-SHA256, Alibaba Cloud's <a
 * href="https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature">signature version
 * 3</a>. A pure function of key and request.
 */
public final class Acs3Signer {
    private static final String ALGORITHM = "ACS3-HMAC-SHA256";
    /** The initial size of the buffer: most requests to sign are shorter, in characters. */
    private static final int USUAL_LENGTH = 512;

    private final AccessKey key;
    private final Hmac hmac;

    public Acs3Signer(AccessKey key) {
        this.key = key;
        this.hmac = new Hmac("HmacSHA256", Digests.utf8(key.secret()));
    }

    /**
     * Computes the value of the {@code Authorization} header.
     *
     * @param path the path; {@code /} for RPC APIs
     * @param query the whole query as {@link Percent#pairs} writes it
     * @param headers the headers to sign, by names in lower case: {@code host}, all {@code x-acs-*} that are sent and,
     *     if there is one, {@code content-type}
     * @param bodyHash the SHA-256 of the exact body in hexadecimal, as {@code x-acs-content-sha256} has it
     */
    public String authorization(
            String method, String path, String query, SortedMap<String, String> headers, String bodyHash) {
        String names = String.join(";", headers.keySet());
        StringBuilder canonical = new StringBuilder(USUAL_LENGTH)
                .append(method)
                .append('\n')
                .append(path)
                .append('\n')
                .append(query)
                .append('\n');
        headers.forEach((name, value) ->
                canonical.append(name).append(':').append(value.strip()).append('\n'));
        canonical.append('\n').append(names).append('\n').append(bodyHash);
        String toSign = ALGORITHM + "\n" + Digests.sha256Hex(Digests.utf8(canonical.toString()));
        return ALGORITHM + " Credential=" + key.id() + ",SignedHeaders=" + names + ",Signature="
                + Digests.hex(hmac.of(toSign));
    }
}
