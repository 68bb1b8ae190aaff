package io.jenkins.plugins.cloudimage.core.alibaba;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.InstanceRole;
import io.jenkins.plugins.cloudimage.core.InstanceRoleService;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.http.HttpAnswer;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.MetadataCalls;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The <a href="https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata">metadata service</a> of Alibaba
 * Cloud's instances. In hardened mode it wants a token, which a forged request can hardly get. Alibaba's own libraries fall
 * back to the normal mode without a word; this one does not.
 */
public record AlibabaInstanceRoles(HttpTransport http, Clock clock) implements InstanceRoleService {
    private static final HttpUrl BASE = HttpUrl.get("http://100.100.100.200/");
    private static final String TOKEN_PATH = "/latest/api/token";
    private static final String ROLES = "/latest/meta-data/ram/security-credentials/";
    private static final String ACCOUNT = "/latest/meta-data/owner-account-id";
    private static final MetadataCalls.Fields FIELDS = new MetadataCalls.Fields(
            "AccessKeyId", "AccessKeySecret", "SecurityToken", fields -> Json.instant(fields, "Expiration"));
    private static final String LIFETIME_HEADER = "X-aliyun-ecs-metadata-token-ttl-seconds";
    private static final String TOKEN_HEADER = "X-aliyun-ecs-metadata-token";
    /** The service allows 1 to 21600 seconds. A token serves the next three requests. */
    private static final String LIFETIME = "60";

    private static final int FORBIDDEN = 403;
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,4096}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,32}");

    @Override
    public InstanceRole.Platform platform() {
        return InstanceRole.Platform.ALIBABA;
    }

    @Override
    public Issued issue(InstanceRole role) throws CloudException {
        MetadataCalls calls = new MetadataCalls(http, BASE, platform());
        Map<String, String> headers = role.normalMode() ? Map.of() : Map.of(TOKEN_HEADER, token(calls));
        if (role.normalMode() && calls.send("GET", ACCOUNT, headers).status() == FORBIDDEN) {
            throw CloudError.of(ErrorKind.AUTHENTICATION, SideEffect.NONE)
                    .message(Messages.AlibabaInstanceRoles_hardenedOnly())
                    .advice(Messages.AlibabaInstanceRoles_forbidNormalMode())
                    .exception();
        }
        String account = calls.line(ACCOUNT, headers, NUMBER);
        String name = role.name() == null ? calls.roleName(ROLES, headers) : role.name();
        return new Issued(calls.key(ROLES, name, headers, FIELDS, clock.instant()), account);
    }

    private static String token(MetadataCalls calls) throws CloudException {
        HttpAnswer answer = calls.send("PUT", TOKEN_PATH, Map.of(LIFETIME_HEADER, LIFETIME));
        String token = MetadataCalls.text(answer);
        if (answer.status() != 200 || !TOKEN.matcher(token).matches()) {
            throw CloudError.of(ErrorKind.AUTHENTICATION, SideEffect.NONE)
                    .message(Messages.AlibabaInstanceRoles_noToken(answer.status()))
                    .advice(Messages.AlibabaInstanceRoles_hardenedMode())
                    .exception();
        }
        return token;
    }
}
