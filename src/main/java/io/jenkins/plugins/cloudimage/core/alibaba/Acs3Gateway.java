package io.jenkins.plugins.cloudimage.core.alibaba;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.HttpCall;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.TreeMap;
import okhttp3.HttpUrl;

/**
 * The public cloud's RPC APIs: parameters in the query of a POST without a body, action and version in headers, signed
 * by {@link Acs3Signer}. The address contains neither key id nor session token.
 */
public final class Acs3Gateway implements AlibabaGateway {
    private static final byte[] NO_BODY = {};
    private static final String NO_BODY_HASH = Digests.sha256Hex(NO_BODY);

    private final HttpUrl url;
    private final String host;
    private final String version;
    private final AccessKey key;
    private final Acs3Signer signer;

    public Acs3Gateway(URI endpoint, String version, AccessKey key) {
        this.url = HttpUrl.get(endpoint.resolve("/").toString());
        this.host = HttpCall.hostHeader(url);
        this.version = version;
        this.key = key;
        this.signer = new Acs3Signer(key);
    }

    @Override
    public HttpCall sign(String action, SortedMap<String, String> parameters, String nonce, Instant now) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("host", host);
        headers.put("x-acs-action", action);
        headers.put("x-acs-version", version);
        headers.put("x-acs-date", now.truncatedTo(ChronoUnit.SECONDS).toString());
        headers.put("x-acs-signature-nonce", nonce);
        headers.put("x-acs-content-sha256", NO_BODY_HASH);
        if (key.sessionToken() != null) {
            headers.put("x-acs-security-token", key.sessionToken());
        }
        String query = Percent.pairs(parameters);
        String authorization = signer.authorization("POST", "/", query, headers, NO_BODY_HASH);
        headers.remove("host");
        headers.put("accept", "application/json");
        headers.put("authorization", authorization);
        return new HttpCall("POST", url, "/?" + query, headers, "", NO_BODY);
    }
}
