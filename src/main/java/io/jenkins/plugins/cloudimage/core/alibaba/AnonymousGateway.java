package io.jenkins.plugins.cloudimage.core.alibaba;

import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.HttpCall;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import okhttp3.HttpUrl;

/**
 * The public cloud's calls that need no signature, because a token among their parameters proves who calls. The
 * parameters are in a form instead of the address, which proxies log.
 */
record AnonymousGateway(URI endpoint, String version) implements AlibabaGateway {

    @Override
    public HttpCall sign(String action, SortedMap<String, String> parameters, String nonce, Instant now) {
        SortedMap<String, String> query = new TreeMap<>();
        query.put("Action", action);
        query.put("Format", "JSON");
        query.put("Version", version);
        query.put("Timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
        query.put("SignatureNonce", nonce);
        return new HttpCall(
                "POST",
                HttpUrl.get(endpoint.resolve("/").toString()),
                "/?" + Percent.pairs(query),
                Map.of("accept", "application/json"),
                "application/x-www-form-urlencoded",
                Digests.utf8(Percent.pairs(parameters)));
    }
}
