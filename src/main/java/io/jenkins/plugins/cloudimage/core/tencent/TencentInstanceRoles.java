package io.jenkins.plugins.cloudimage.core.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.InstanceRole;
import io.jenkins.plugins.cloudimage.core.InstanceRoleService;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.http.MetadataCalls;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The <a href="https://cloud.tencent.com/document/product/213/4934">metadata service</a> of Tencent Cloud's instances. It has
 * no hardened mode. It names the account by its APPID, which differs from the account's id.
 */
record TencentInstanceRoles(HttpTransport http, Clock clock) implements InstanceRoleService {
    private static final HttpUrl BASE = HttpUrl.get("http://metadata.tencentyun.com/");
    private static final String ROLES = "/latest/meta-data/cam/security-credentials/";
    private static final String ACCOUNT = "/latest/meta-data/app-id";
    private static final MetadataCalls.Fields FIELDS =
            new MetadataCalls.Fields("TmpSecretId", "TmpSecretKey", "Token", TencentInstanceRoles::end);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,32}");

    @Override
    public InstanceRole.Platform platform() {
        return InstanceRole.Platform.TENCENT;
    }

    @Override
    public boolean tellsAccountId() {
        return false;
    }

    @Override
    public Issued issue(InstanceRole role) throws CloudException {
        MetadataCalls calls = new MetadataCalls(http, BASE, platform());
        String account = "appid " + calls.line(ACCOUNT, Map.of(), NUMBER);
        String name = role.name() == null ? calls.roleName(ROLES, Map.of()) : role.name();
        return new Issued(calls.key(ROLES, name, Map.of(), FIELDS, clock.instant()), account);
    }

    @CheckForNull
    private static Instant end(JsonNode fields) {
        long seconds = fields.path("ExpiredTime").asLong();
        return seconds == 0 ? null : Instant.ofEpochSecond(seconds);
    }
}
