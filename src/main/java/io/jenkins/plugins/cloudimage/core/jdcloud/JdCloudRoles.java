package io.jenkins.plugins.cloudimage.core.jdcloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cloudimage.core.AccessKey;
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
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <a href="https://github.com/jdcloud-api/jdcloud-sdk-go/blob/master/services/sts/apis/AssumeRole.go">assumeRole</a> of JD
 * Cloud's security token service, version v1. JD Cloud knows no external ids, no tokens of OpenID Connect providers, and no call that tells who a
 * key is.
 *
 * @param permissions the calls that a temporary key may make unless the role has a policy of its own
 * @param nonces makes unique texts
 */
record JdCloudRoles(HttpTransport http, Clock clock, Permissions permissions, Supplier<String> nonces)
        implements RoleService {
    /**
     * What is signed as the region of a path without one. The cloud takes the region from the signature: JD Cloud's SDKs for
     * Go and Python and its command line sign this one, those for Java and .NET read it from the host, that for PHP signs {@code
     * cn-north-1}, and that for Node.js {@code jdcloud}.
     */
    private static final String REGION = "jdcloud-api";

    /** The colon of the action, as it is signed. */
    private static final String PATH = "/v1/sessionToken%3AassumeRole";

    private static final int MIN_SECONDS = 3600;
    private static final int MAX_POLICY_BYTES = 2048;
    /** CreateRole allows 4 to 64 characters; the first one is a letter. */
    private static final Pattern NAME = Pattern.compile("jrn:iam::(\\d{1,32}):role/[A-Za-z][\\w-]{3,63}");

    @Override
    public URI endpoint() {
        return URI.create("https://sts.jdcloud-api.com");
    }

    @Override
    public Optional<String> account(String roleName) {
        Matcher name = NAME.matcher(roleName);
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }

    @Override
    public String example() {
        return "jrn:iam::100000000001:role/image-builder";
    }

    @Override
    public void check(RoleCaller caller, CloudRole role) throws CloudException {
        RoleService.super.check(caller, role);
        if (role.externalId() != null) {
            throw refusal(Messages.JdCloudRoles_externalId(), Messages.JdCloudRoles_nameUser());
        }
        long seconds = role.duration().toSeconds();
        if (seconds < MIN_SECONDS) {
            throw refusal(Messages.JdCloudRoles_duration(seconds, MIN_SECONDS), Messages.JdCloudRoles_longer());
        }
        String policy = role.policy();
        if (policy != null && Digests.utf8(policy).length > MAX_POLICY_BYTES) {
            throw refusal(Messages.JdCloudRoles_policy(MAX_POLICY_BYTES), Messages.JdCloudRoles_shorter());
        }
    }

    private static CloudException refusal(String message, String advice) {
        return CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                .message(message)
                .advice(advice)
                .exception();
    }

    /**
     * {@inheritDoc}
     *
     * <p>The response says when the key expires, but not in which time zone. So the duration that was asked for is counted,
     * from before the call: the cloud begins to count later.
     */
    @Override
    public TemporaryKey assume(RoleGrant grant) throws CloudException {
        CloudRole role = grant.role();
        AccessKey source = (AccessKey) grant.source();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("assumeRoleInfo")
                .put("roleJrn", role.name())
                .put("roleSessionName", session(role))
                .put("policy", role.policy() == null ? defaultPolicy() : role.policy())
                .put("durationSeconds", role.duration().toSeconds());
        SignedCalls signed = new SignedCalls(http.trusting(grant.caCertificate()), clock, source);
        Instant asked = clock.instant();
        JsonNode answer = new JdCloudCalls(signed, grant.service(), REGION, "sts", source, nonces)
                .call(
                        "POST",
                        PATH,
                        Collections.emptySortedMap(),
                        Digests.utf8(body.toString()),
                        JdCloudErrors.Asked.ROLE);
        JsonNode key = answer.path("result").path("credentials");
        return TemporaryKey.of(
                Json.text(key, "accessKey"),
                Json.text(key, "secretKey"),
                Json.text(key, "sessionToken"),
                remaining(role.duration(), Duration.between(asked, clock.instant())));
    }

    /** A clock that was set meanwhile makes the key neither longer nor useless at once. */
    private static Duration remaining(Duration whole, Duration spent) {
        Duration passed = spent.isNegative() ? Duration.ZERO : spent;
        return passed.compareTo(whole) > 0 ? Duration.ZERO : whole.minus(passed);
    }

    /** The page tells no rule; JD Cloud's names of roles have these characters. */
    private static String session(CloudRole role) {
        return role.session().replaceAll("[^A-Za-z0-9_-]", "-");
    }

    /** In the grammar of <a href="https://docs.jdcloud.com/cn/iam/">IAM</a>, version 3; Principal is not allowed. */
    private String defaultPolicy() {
        ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Version", "3");
        ObjectNode statement = policy.putArray("Statement").addObject().put("Effect", "Allow");
        ArrayNode actions = statement.putArray("Action");
        permissions.all().forEach(actions::add);
        statement.putArray("Resource").add("*");
        return policy.toString();
    }
}
