package io.jenkins.plugins.cloudimage.core.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CallerIdentity;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudRole;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.Permissions;
import io.jenkins.plugins.cloudimage.core.RoleCaller;
import io.jenkins.plugins.cloudimage.core.RoleGrant;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TemporaryKey;
import io.jenkins.plugins.cloudimage.core.WebIdentity;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <a href="https://cloud.tencent.com/document/api/1312/48197">AssumeRole</a>, <a
 * href="https://cloud.tencent.com/document/api/1312/73070">AssumeRoleWithWebIdentity</a> and <a
 * href="https://cloud.tencent.com/document/api/1312/66098">GetCallerIdentity</a> of Tencent Cloud's security token
 * service, version 2018-08-13. AssumeRoleWithWebIdentity takes no session policy.
 *
 * @param permissions the calls that a temporary key may make unless the role has a policy of its own
 */
record TencentRoles(HttpTransport http, Clock clock, Permissions permissions) implements RoleService {
    /** The API wants a region and serves all accounts in each of them. */
    private static final String REGION = "ap-guangzhou";

    private static final String VERSION = "2018-08-13";
    private static final int MAX_EXTERNAL_ID = 128;
    private static final Pattern PROVIDER = Pattern.compile("[\\w.-]{1,128}");
    private static final Pattern NAME =
            Pattern.compile("qcs::cam::uin/(\\d{1,32}):(?:role/\\d{1,32}|roleName/[\\w+=,.@-]{1,128})");

    @Override
    public URI endpoint() {
        return URI.create("https://sts.tencentcloudapi.com");
    }

    @Override
    public Optional<String> account(String roleName) {
        Matcher name = NAME.matcher(roleName);
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }

    @Override
    public String example() {
        return "qcs::cam::uin/100000000001:roleName/image-builder";
    }

    @Override
    public Optional<String> providerExample() {
        return Optional.of("jenkins");
    }

    @Override
    public boolean isProvider(String name) {
        return PROVIDER.matcher(name).matches();
    }

    @Override
    public void check(RoleCaller caller, CloudRole role) throws CloudException {
        RoleService.super.check(caller, role);
        if (caller instanceof WebIdentity && role.policy() != null) {
            throw CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                    .message(Messages.TencentRoles_noPolicy())
                    .advice(Messages.TencentRoles_restrictRole())
                    .exception();
        }
        String externalId = role.externalId();
        if (externalId != null && externalId.length() > MAX_EXTERNAL_ID) {
            throw CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                    .message(Messages.TencentRoles_externalId(MAX_EXTERNAL_ID))
                    .advice(Messages.TencentRoles_shorter())
                    .exception();
        }
    }

    @Override
    public TemporaryKey assume(RoleGrant grant) throws CloudException {
        CloudRole role = grant.role();
        HttpTransport transport = http.trusting(grant.caCertificate());
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("RoleArn", role.name())
                .put("RoleSessionName", role.session())
                .put("DurationSeconds", role.duration().toSeconds());
        if (grant.source() instanceof WebIdentity identity) {
            String token = identity.tokens().token();
            body.put("ProviderId", identity.provider()).put("WebIdentityToken", token);
            return assume(grant, SignedCalls.unsigned(transport, clock, token), "AssumeRoleWithWebIdentity", body);
        }
        String policy = role.policy();
        // The API wants the policy encoded like a parameter of an address.
        body.put("Policy", Percent.encode(policy == null ? defaultPolicy() : policy));
        if (role.externalId() != null) {
            body.put("ExternalId", role.externalId());
        }
        return assume(grant, new SignedCalls(transport, clock, (AccessKey) grant.source()), "AssumeRole", body);
    }

    private TemporaryKey assume(RoleGrant grant, SignedCalls signed, String action, ObjectNode body)
            throws CloudException {
        AccessKey signer = grant.source() instanceof AccessKey key ? key : null;
        TencentCalls calls = new TencentCalls(signed, grant.service(), REGION, "sts", VERSION, signer);
        JsonNode answer = calls.call(action, body);
        JsonNode key = answer.path("Credentials");
        Instant now = calls.time().orElseGet(clock::instant);
        long end = answer.path("ExpiredTime").asLong();
        return TemporaryKey.of(
                Json.text(key, "TmpSecretId"),
                Json.text(key, "TmpSecretKey"),
                Json.text(key, "Token"),
                end == 0 ? null : Duration.between(now, Instant.ofEpochSecond(end)));
    }

    @Override
    public boolean identifies() {
        return true;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The page lists no types of identities. It says that a user's id is the id of the account if the key is the
     * account's own.
     */
    @Override
    public Optional<CallerIdentity> identity(URI service, @CheckForNull String caCertificate, AccessKey key)
            throws CloudException {
        SignedCalls signed = new SignedCalls(http.trusting(caCertificate), clock, key);
        JsonNode answer = new TencentCalls(signed, service, REGION, "sts", VERSION, key)
                .call("GetCallerIdentity", JsonNodeFactory.instance.objectNode());
        String account = Json.text(answer, "AccountId");
        String name = Json.text(answer, "Arn");
        if (account == null || name == null) {
            throw Json.notUnderstood(answer.toString()).exception();
        }
        return Optional.of(new CallerIdentity(account, name, account.equals(Json.text(answer, "UserId"))));
    }

    private String defaultPolicy() {
        ObjectNode policy = JsonNodeFactory.instance.objectNode().put("version", "2.0");
        ObjectNode statement = policy.putArray("statement").addObject().put("effect", "allow");
        ArrayNode actions = statement.putArray("action");
        permissions.all().forEach(action -> actions.add("name/" + action));
        statement.putArray("resource").add("*");
        return policy.toString();
    }
}
