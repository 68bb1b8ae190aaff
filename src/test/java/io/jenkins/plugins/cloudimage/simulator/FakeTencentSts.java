package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tencent Cloud's security token service, version 2018-08-13, for one account with one user and one role: AssumeRole with
 * its limits and its refusals, of which {@code InvalidParameter.OverLimit} is a limit of the rate, GetCallerIdentity, and
 * AssumeRoleWithWebIdentity, which nobody signs.
 */
public final class FakeTencentSts implements FakeCloud {
    /** The role that the account's key may assume. */
    public static final FakeRole ROLE =
            new FakeRole("qcs::cam::uin/100000000001:roleName/image-builder", "jenkins-1", Duration.ofHours(12));

    /** The account's OpenID Connect provider. */
    public static final String PROVIDER = "jenkins";

    private static final String HOST = "sts.tencentcloudapi.com";
    private static final String ID = "100000000001";
    private static final String USER_ID = "100000000002";
    private static final String ROLE_ID = "4611686018427418001";
    private static final String WITH_TOKEN = "AssumeRoleWithWebIdentity";
    private static final String WHO_AM_I = "GetCallerIdentity";
    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/]+)/");
    private static final Set<String> TOKEN_PARAMETERS =
            Set.of("RoleArn", "RoleSessionName", "DurationSeconds", "ProviderId", "WebIdentityToken");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> PARAMETERS = Set.of(
            "RoleArn",
            "RoleSessionName",
            "DurationSeconds",
            "Policy",
            "ExternalId",
            "Tags",
            "SourceIdentity",
            "SerialNumber",
            "TokenCode");

    private final Clock clock;
    private final IssuedKeys keys;
    private final Tc3Check check;
    private boolean root;

    FakeTencentSts(Clock clock, IssuedKeys keys, String secretId, String secretKey) {
        this.clock = clock;
        this.keys = keys;
        this.check = new Tc3Check(secretId, secretKey, HOST);
    }

    @Override
    public String action(Received request) {
        return new TencentParameters(request).common("Action");
    }

    @Override
    public synchronized Answer answer(Received request) {
        TencentParameters parameters = new TencentParameters(request);
        boolean withToken = action(request).equals(WITH_TOKEN)
                && request.header("Authorization").equals("SKIP")
                && parameters.common("Token").isEmpty();
        boolean whoAmI = action(request).equals(WHO_AM_I);
        IssuedKeys.Key temporary = whoAmI ? temporary(request) : null;
        String refusal = withToken ? null : refusal(request, parameters, temporary);
        if (refusal != null) {
            return error(refusal, "The provided credentials could not be validated.");
        }
        if (!parameters.common("Version").equals("2018-08-13")) {
            return error("NoSuchVersion", "The version does not exist.");
        }
        if (!withToken && !whoAmI && !action(request).equals("AssumeRole")) {
            return error("InvalidAction", "The action does not exist.");
        }
        if (!parameters.common("Region").matches("[a-z]+-[a-z-]+")) {
            return error("UnsupportedRegion", "The region is not supported.");
        }
        ObjectNode own = parameters.own();
        for (String name : (Iterable<String>) own::fieldNames) {
            if (whoAmI || !(withToken ? TOKEN_PARAMETERS : PARAMETERS).contains(name)) {
                return error("UnknownParameter", "The parameter `" + name + "` is not recognized.");
            }
        }
        if (whoAmI) {
            return identity(temporary);
        }
        return withToken ? withToken(own) : assume(own);
    }

    private IssuedKeys.Key temporary(Received request) {
        Matcher credential = CREDENTIAL.matcher(request.header("Authorization"));
        return credential.find() ? keys.find(credential.group(1)) : null;
    }

    private String refusal(Received request, TencentParameters parameters, IssuedKeys.Key temporary) {
        if (temporary == null) {
            return check.refusal(request, parameters, "", clock.instant());
        }
        return keys.isExpired(temporary)
                ? "AuthFailure.TokenFailure"
                : new Tc3Check(temporary.id(), temporary.secret(), HOST)
                        .refusal(request, parameters, temporary.token(), clock.instant());
    }

    /** Whose key it is; a null key is the stored one. */
    private Answer identity(IssuedKeys.Key key) {
        ObjectNode response = NODES.objectNode().put("AccountId", ID);
        if (key != null) {
            return respond(response.put("Type", "CAMRole")
                    .put("UserId", ROLE_ID + ":" + key.session())
                    .put("PrincipalId", USER_ID)
                    .put("Arn", "qcs::sts:" + ID + ":assumed-role/" + ROLE_ID));
        }
        // The page names no type for an account, so nobody may rely on this one.
        String user = root ? ID : USER_ID;
        return respond(response.put("Type", "CAMUser")
                .put("UserId", user)
                .put("PrincipalId", user)
                .put("Arn", "qcs::cam:" + ID + ":uin/" + user));
    }

    /** Makes the stored key the account's own. */
    public synchronized void ownedByAccount() {
        root = true;
    }

    private Answer withToken(ObjectNode own) {
        FakeIdentityProvider.Flaw flaw = own.path("ProviderId").asText().equals(PROVIDER)
                ? FakeIdentityProvider.flaw(own.path("WebIdentityToken").asText(), clock.instant())
                : FakeIdentityProvider.Flaw.SUBJECT;
        if (flaw == FakeIdentityProvider.Flaw.SUBJECT) {
            return error("UnauthorizedOperation", "The identity is not trusted by the role.");
        }
        return flaw == null
                ? assume(own.put("ExternalId", ROLE.externalId()))
                : error("InvalidParameter.WebIdentityTokenError", "The token is wrong.");
    }

    private Answer assume(JsonNode call) {
        if (!call.path("RoleSessionName").asText().matches("[\\w+=,.@_-]{2,128}")) {
            return error("InvalidParameter.ParamError", "The session name is wrong.");
        }
        if (!call.path("RoleArn").asText().equals(ROLE.name())) {
            return error("ResourceNotFound.RoleNotFound", "role not exist");
        }
        long seconds = call.path("DurationSeconds").asLong(7200);
        if (seconds > ROLE.longest().toSeconds()) {
            return error("InvalidParameter.OverTimeError", "The duration exceeds the limit.");
        }
        Set<String> actions = null;
        if (call.has("Policy")) {
            actions =
                    IssuedKeys.actions(URLDecoder.decode(call.path("Policy").asText(), StandardCharsets.UTF_8), "2.0");
            if (actions == null || call.path("Policy").asText().startsWith("{")) {
                return error("InvalidParameter.StrategyFormatError", "The policy is wrong.");
            }
        }
        if (!call.path("ExternalId").asText().equals(ROLE.externalId())) {
            return error("UnauthorizedOperation", "The caller is not trusted by the role.");
        }
        IssuedKeys.Key key =
                keys.issue("AKID", call.path("RoleSessionName").asText(), Duration.ofSeconds(seconds), actions);
        ObjectNode response = NODES.objectNode();
        response.putObject("Credentials")
                .put("Token", key.token())
                .put("TmpSecretId", key.id())
                .put("TmpSecretKey", key.secret());
        response.put("ExpiredTime", key.end().getEpochSecond())
                .put("Expiration", key.end().toString());
        return respond(response);
    }

    @Override
    public Answer throttled() {
        return error("InvalidParameter.OverLimit", "The frequency of requests exceeds the limit.");
    }

    private static Answer error(String code, String message) {
        ObjectNode response = NODES.objectNode();
        response.putObject("Error").put("Code", code).put("Message", message);
        return respond(response);
    }

    private static Answer respond(ObjectNode response) {
        response.put("RequestId", UUID.randomUUID().toString());
        ObjectNode envelope = NODES.objectNode();
        envelope.set("Response", response);
        return Answer.json(200, envelope);
    }
}
