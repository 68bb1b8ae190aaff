package io.jenkins.plugins.cloudimage.core.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudRole;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.Permissions;
import io.jenkins.plugins.cloudimage.core.RoleGrant;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.TemporaryKey;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <a href="https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole">AssumeRole</a> of
 * Alibaba Cloud's security token service, version 2015-04-01. The public address serves all regions.
 *
 * @param permissions the calls that a temporary key may make unless the role has a policy of its own
 * @param nonces makes unique texts
 */
public record AlibabaRoles(HttpTransport http, Clock clock, Permissions permissions, Supplier<String> nonces)
        implements RoleService {
    private static final String VERSION = "2015-04-01";
    private static final Pattern NAME = Pattern.compile("acs:ram::(\\d{1,32}):role/[\\w.@-]{1,64}");
    private static final ErrorTable TABLE = AlibabaErrors.table();

    @Override
    public URI endpoint() {
        return URI.create("https://sts.aliyuncs.com");
    }

    @Override
    public Optional<String> account(String roleName) {
        Matcher name = NAME.matcher(roleName);
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }

    @Override
    public String example() {
        return "acs:ram::100000000000001:role/image-builder";
    }

    @Override
    public TemporaryKey assume(RoleGrant grant) throws CloudException {
        CloudRole role = grant.role();
        AlibabaGateway gateway = new Acs3Gateway(grant.service(), VERSION, grant.source());
        AlibabaCalls calls = new AlibabaCalls(
                new SignedCalls(http.trusting(grant.caCertificate()), clock, grant.source()),
                () -> gateway,
                TABLE,
                nonces);
        JsonNode answer = calls.call(
                "AssumeRole",
                new AlibabaParameters()
                        .put("RoleArn", role.name())
                        .put("RoleSessionName", role.session())
                        .put("DurationSeconds", role.duration().toSeconds())
                        .put("ExternalId", role.externalId())
                        .put("Policy", role.policy() == null ? policy() : role.policy()));
        JsonNode key = answer.path("Credentials");
        Instant now = calls.time().orElseGet(clock::instant);
        Instant end = Json.instant(key, "Expiration");
        return TemporaryKey.of(
                Json.text(key, "AccessKeyId"),
                Json.text(key, "AccessKeySecret"),
                Json.text(key, "SecurityToken"),
                end == null ? null : Duration.between(now, end));
    }

    private String policy() {
        ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Version", "1");
        ObjectNode statement = policy.putArray("Statement").addObject().put("Effect", "Allow");
        ArrayNode actions = statement.putArray("Action");
        permissions.all().forEach(actions::add);
        statement.put("Resource", "*");
        return policy.toString();
    }
}
