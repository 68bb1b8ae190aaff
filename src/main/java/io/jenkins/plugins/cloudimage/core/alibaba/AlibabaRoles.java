package io.jenkins.plugins.cloudimage.core.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CallerIdentity;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudRole;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.Permissions;
import io.jenkins.plugins.cloudimage.core.RoleGrant;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.TemporaryKey;
import io.jenkins.plugins.cloudimage.core.WebIdentity;
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
 * <a href="https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole">AssumeRole</a>, <a
 * href="https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerolewithoidc">AssumeRoleWithOIDC</a>
 * and <a
 * href="https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity">GetCallerIdentity</a>
 * of Alibaba Cloud's security token service, version 2015-04-01. The public address serves all regions.
 *
 * @param permissions the calls that a temporary key may make unless the role has a policy of its own
 * @param nonces makes unique texts
 */
public record AlibabaRoles(HttpTransport http, Clock clock, Permissions permissions, Supplier<String> nonces)
        implements RoleService {
    private static final String VERSION = "2015-04-01";
    private static final String WHO_AM_I = "GetCallerIdentity";
    private static final Pattern NAME = Pattern.compile("acs:ram::(\\d{1,32}):role/[\\w.@-]{1,64}");
    private static final Pattern PROVIDER = Pattern.compile("acs:ram::\\d{1,32}:oidc-provider/[\\w.-]{1,128}");
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
    public Optional<String> providerExample() {
        return Optional.of("acs:ram::100000000000001:oidc-provider/jenkins");
    }

    @Override
    public boolean isProvider(String name) {
        return PROVIDER.matcher(name).matches();
    }

    @Override
    public TemporaryKey assume(RoleGrant grant) throws CloudException {
        CloudRole role = grant.role();
        HttpTransport transport = http.trusting(grant.caCertificate());
        AlibabaParameters parameters = new AlibabaParameters()
                .put("RoleArn", role.name())
                .put("RoleSessionName", role.session())
                .put("DurationSeconds", role.duration().toSeconds())
                .put("Policy", role.policy() == null ? policy() : role.policy());
        if (grant.source() instanceof WebIdentity identity) {
            String token = identity.tokens().token();
            return assume(
                    SignedCalls.unsigned(transport, clock, token),
                    new AnonymousGateway(grant.service(), VERSION),
                    "AssumeRoleWithOIDC",
                    parameters.put("OIDCProviderArn", identity.provider()).put("OIDCToken", token));
        }
        AccessKey source = (AccessKey) grant.source();
        return assume(
                new SignedCalls(transport, clock, source),
                new Acs3Gateway(grant.service(), VERSION, source),
                "AssumeRole",
                parameters.put("ExternalId", role.externalId()));
    }

    private TemporaryKey assume(SignedCalls signed, AlibabaGateway gateway, String action, AlibabaParameters parameters)
            throws CloudException {
        AlibabaCalls calls = new AlibabaCalls(signed, () -> gateway, TABLE, nonces);
        JsonNode key = calls.call(action, parameters).path("Credentials");
        Instant now = calls.time().orElseGet(clock::instant);
        Instant end = Json.instant(key, "Expiration");
        return TemporaryKey.of(
                Json.text(key, "AccessKeyId"),
                Json.text(key, "AccessKeySecret"),
                Json.text(key, "SecurityToken"),
                end == null ? null : Duration.between(now, end));
    }

    @Override
    public boolean identifies() {
        return true;
    }

    /** Every key may make this call, whatever its policies say. */
    @Override
    public Optional<CallerIdentity> identity(URI service, @CheckForNull String caCertificate, AccessKey key)
            throws CloudException {
        AlibabaGateway gateway = new Acs3Gateway(service, VERSION, key);
        SignedCalls signed = new SignedCalls(http.trusting(caCertificate), clock, key);
        JsonNode answer =
                new AlibabaCalls(signed, () -> gateway, TABLE, nonces).call(WHO_AM_I, new AlibabaParameters());
        String account = Json.text(answer, "AccountId");
        String name = Json.text(answer, "Arn");
        if (account == null || name == null) {
            throw Json.notUnderstood(answer.toString()).exception();
        }
        boolean root = Json.word(answer, "IdentityType").equals("Account");
        return Optional.of(new CallerIdentity(account, name, root));
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
