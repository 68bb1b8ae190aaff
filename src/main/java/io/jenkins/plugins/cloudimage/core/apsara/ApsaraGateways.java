package io.jenkins.plugins.cloudimage.core.apsara;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaCalls;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaGateway;
import io.jenkins.plugins.cloudimage.core.alibaba.RoaSigner;
import io.jenkins.plugins.cloudimage.core.alibaba.RpcSigner;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.HttpCall;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import okhttp3.HttpUrl;

/** The gateways of an installation of Apsara Stack. */
final class ApsaraGateways {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final byte[] NO_BODY = {};

    private final ApsaraSettings settings;
    private final ApsaraTenancy tenancy;
    private final AccessKey key;
    private final RpcSigner rpc;
    private final RoaSigner roa;
    private final HttpUrl root;
    private final String region;

    private ApsaraGateways(ApsaraSettings settings, CloudConnection connection) {
        this.settings = settings;
        this.tenancy = new ApsaraTenancy(settings, connection.region());
        this.key = connection.key();
        this.rpc = new RpcSigner(key);
        this.roa = new RoaSigner(key);
        this.root = HttpUrl.get(connection.endpoint().resolve("/").toString());
        this.region = connection.region();
    }

    /** The gateway of a connection. Settings without a gateway are refused when a call is made. */
    static AlibabaCalls.Route route(CloudConnection connection) {
        try {
            AlibabaGateway gateway = of(connection);
            return () -> gateway;
        } catch (CloudException e) {
            return () -> {
                throw new CloudException(e.error(), e);
            };
        }
    }

    /** The gateway in the connection's settings. */
    static AlibabaGateway of(CloudConnection connection) throws CloudException {
        ApsaraSettings settings = ApsaraSettings.of(connection.settings());
        ApsaraGateways gateways = new ApsaraGateways(settings, connection);
        return switch (settings.gateway()) {
            case POP -> gateways::pop;
            case ASAPI -> gateways::asapi;
            case ROUTE -> gateways::route;
        };
    }

    /** Common parameters in the query, parameters of the action in the body. */
    private HttpCall pop(String action, SortedMap<String, String> parameters, String nonce, Instant now) {
        SortedMap<String, String> form = Percent.encode(parameters);
        String query = rpc.query(action, settings.effectiveVersion(), tenancy.parameters(), form, nonce, now);
        return new HttpCall("POST", root, "/?" + query, tenancy.headers(), FORM, Digests.utf8(Percent.join(form)));
    }

    /** All parameters in the query, as public clients of this gateway send them. */
    private HttpCall asapi(String action, SortedMap<String, String> parameters, String nonce, Instant now) {
        SortedMap<String, String> all = new TreeMap<>(tenancy.parameters());
        all.putAll(parameters);
        String query = rpc.query(action, settings.effectiveVersion(), all, Collections.emptySortedMap(), nonce, now);
        return new HttpCall("POST", root, "/asapi/v3?" + query, tenancy.headers(), "", NO_BODY);
    }

    /**
     * Action in the path, parameters in the body. The page does not document the signature. Of the two signatures that
     * public clients of Apsara Stack use, only the one for ROA APIs covers the path.
     */
    private HttpCall route(String action, SortedMap<String, String> parameters, String nonce, Instant now) {
        SortedMap<String, String> form = new TreeMap<>(parameters);
        // The page requires both spellings.
        form.put("regionId", region);
        if (settings.version() != null) {
            form.put("version", settings.version());
        }
        byte[] body = Digests.utf8(Percent.pairs(form));
        String path = "/apsara/route/Ecs/" + action;
        SortedMap<String, String> headers = new TreeMap<>(tenancy.headers());
        headers.put("content-type", FORM);
        headers.put("content-md5", RoaSigner.contentMd5(body));
        headers.put("date", RoaSigner.date(now));
        headers.put("x-acs-action", action);
        headers.put("x-acs-signature-method", "HMAC-SHA1");
        headers.put("x-acs-signature-nonce", nonce);
        headers.put("x-acs-signature-version", "1.0");
        headers.put("x-acs-version", settings.effectiveVersion());
        if (key.sessionToken() != null) {
            headers.put("x-acs-accesskey-id", key.id());
            headers.put("x-acs-security-token", key.sessionToken());
        }
        headers.put("authorization", roa.authorization("POST", path, headers));
        headers.remove("content-type");
        return new HttpCall("POST", root, path, headers, FORM, body);
    }
}
