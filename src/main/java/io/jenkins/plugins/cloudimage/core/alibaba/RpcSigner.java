package io.jenkins.plugins.cloudimage.core.alibaba;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.Hmac;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The <a href="https://www.alibabacloud.com/help/doc-detail/28139.htm">signature of RPC APIs, version 1</a>, with
 * HMAC-SHA1. It covers the method and all parameters, in query and form alike, but neither path nor headers. A pure
 * function of key, parameters, nonce and time.
 */
public final class RpcSigner {
    private final AccessKey key;
    private final Hmac hmac;

    public RpcSigner(AccessKey key) {
        this.key = key;
        this.hmac = new Hmac("HmacSHA1", Digests.utf8(key.secret() + "&"));
    }

    /**
     * Computes a signature.
     *
     * @param parameters all parameters of query and form, without {@code Signature}, as {@link Percent#pairs} writes them
     */
    public String signature(String method, String parameters) {
        return Base64.getEncoder().encodeToString(hmac.of(toSign(method, parameters)));
    }

    static String toSign(String method, String parameters) {
        // The algorithm signs "/" whatever the path is.
        return method + "&%2F&" + Percent.encode(parameters);
    }

    /**
     * Formats a query with the common parameters and the signature.
     *
     * @param query the parameters that go into the query
     * @param form the parameters that go into the body of the POST, as {@link Percent#encode(SortedMap)} encodes them
     * @param nonce a text that no other request within 15 minutes uses
     */
    public String query(
            String action,
            String version,
            Map<String, String> query,
            SortedMap<String, String> form,
            String nonce,
            Instant now) {
        SortedMap<String, String> complete = new TreeMap<>(query);
        complete.put("Action", action);
        complete.put("Version", version);
        complete.put("Format", "JSON");
        complete.put("AccessKeyId", key.id());
        complete.put("SignatureMethod", "HMAC-SHA1");
        complete.put("SignatureVersion", "1.0");
        complete.put("SignatureNonce", nonce);
        complete.put("Timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
        // The cloud refuses an empty token.
        if (key.sessionToken() != null) {
            complete.put("SecurityToken", key.sessionToken());
        }
        SortedMap<String, String> sent = Percent.encode(complete);
        SortedMap<String, String> signed = new TreeMap<>(sent);
        signed.putAll(form);
        return Percent.join(sent) + "&Signature=" + Percent.encode(signature("POST", Percent.join(signed)));
    }
}
