package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Alibaba Cloud's security token service, version 2015-04-01, for one account with one user and one role: AssumeRole
 * with its limits and its refusals and GetCallerIdentity, signed in either way, and AssumeRoleWithOIDC, which nobody
 * signs.
 */
public final class FakeAlibabaSts implements FakeCloud {
    /** The role that the account's key may assume. */
    public static final FakeRole ROLE =
            new FakeRole("acs:ram::100000000000001:role/image-builder", "jenkins-1", Duration.ofHours(1));

    /** The account's OpenID Connect provider. */
    public static final String PROVIDER = "acs:ram::100000000000001:oidc-provider/jenkins";

    private static final String ID = "100000000000001";
    private static final String USER_ID = "200000000000001";
    private static final String ROLE_ID = "300000000000001";
    private static final String HOST = "sts.aliyuncs.com";
    private static final int SHORTEST = 900;
    private static final int POLICY = 2048;
    /** Alibaba's SDKs add the region to the parameters of every call. */
    private static final Set<String> PARAMETERS = Set.of(
            "RoleArn", "RoleSessionName", "DurationSeconds", "Policy", "ExternalId", "SourceIdentity", "RegionId");

    private static final Set<String> OIDC_PARAMETERS = Set.of(
            "RoleArn", "RoleSessionName", "DurationSeconds", "Policy", "OIDCProviderArn", "OIDCToken", "RegionId");

    private final Clock clock;
    private final AlibabaAccount account;

    FakeAlibabaSts(Clock clock, AlibabaAccount account) {
        this.clock = clock;
        this.account = account;
    }

    @Override
    public String action(Received request) {
        return AlibabaQuery.action(request);
    }

    @Override
    public synchronized Answer answer(Received request) {
        if (action(request).equals("AssumeRoleWithOIDC")) {
            return withToken(request);
        }
        AlibabaRefusal refusal = AlibabaChecks.publicGateway(request, account, HOST, clock.instant());
        if (refusal != null) {
            return refusal.answer();
        }
        boolean whoAmI = action(request).equals("GetCallerIdentity");
        if (!AlibabaQuery.version(request).equals("2015-04-01")
                || !whoAmI && !action(request).equals("AssumeRole")) {
            return new AlibabaRefusal(404, "InvalidAction.NotFound", "Specified api is not found.").answer();
        }
        if (whoAmI) {
            return identity(account.issued().find(AlibabaChecks.keyId(request)));
        }
        Map<String, String> call = AlibabaQuery.parameters(request);
        call.keySet().removeAll(AlibabaQuery.COMMON);
        if (!PARAMETERS.containsAll(call.keySet())) {
            return new AlibabaRefusal(400, "InvalidParameter", "An unknown parameter.").answer();
        }
        if (account.isRoot() || !call.getOrDefault("ExternalId", "").equals(ROLE.externalId())) {
            return new AlibabaRefusal(
                            403,
                            "NoPermission",
                            "You are not authorized to do this action. You should be authorized by RAM.")
                    .answer();
        }
        return assume(call);
    }

    private Answer withToken(Received request) {
        Map<String, String> call = AlibabaQuery.parameters(request);
        call.keySet().removeAll(AlibabaQuery.COMMON);
        if (!AlibabaQuery.version(request).equals("2015-04-01") || !OIDC_PARAMETERS.containsAll(call.keySet())) {
            return new AlibabaRefusal(400, "InvalidParameter", "An unknown parameter.").answer();
        }
        String token = call.getOrDefault("OIDCToken", "");
        FakeIdentityProvider.Flaw flaw =
                call.getOrDefault("OIDCProviderArn", "").equals(PROVIDER)
                        ? FakeIdentityProvider.flaw(token, clock.instant())
                        : FakeIdentityProvider.Flaw.SUBJECT;
        return flaw == null
                ? assume(call)
                : switch (flaw) {
                    case MALFORMED -> unproven("OIDCToken.Invalid", "This JsonWebToken is invalid.");
                    case EXPIRED -> unproven("OIDCToken.Expired", "This JsonWebToken is expired.");
                    case AUDIENCE -> unproven("OIDCToken.AudienceNotMatch", "The audience does not match.");
                    case SIGNATURE -> unproven("OIDCToken.InvalidSignature", "The signature is invalid.");
                    case SUBJECT -> unproven("NoPermission", "This operation is forbidden by permission system.");
                };
    }

    private static Answer unproven(String code, String message) {
        return new AlibabaRefusal(401, "AuthenticationFail." + code, message).answer();
    }

    private Answer assume(Map<String, String> call) {
        String session = call.getOrDefault("RoleSessionName", "");
        if (!session.matches("[A-Za-z0-9.@_-]{2,64}")) {
            return new AlibabaRefusal(
                            400, "InvalidParameter.RoleSessionName", "The parameter RoleSessionName is wrongly formed.")
                    .answer();
        }
        String role = call.getOrDefault("RoleArn", "");
        if (!role.equals(ROLE.name())) {
            return new AlibabaRefusal(404, "EntityNotExist.Role", "The role not exists: " + role + ".").answer();
        }
        String seconds = call.getOrDefault("DurationSeconds", "3600");
        if (!seconds.matches("\\d{1,6}")
                || Integer.parseInt(seconds) < SHORTEST
                || Integer.parseInt(seconds) > ROLE.longest().toSeconds()) {
            return new AlibabaRefusal(
                            400,
                            "InvalidParameter.DurationSeconds",
                            "The Min/Max value of DurationSeconds is 15min/1hr.")
                    .answer();
        }
        Set<String> actions = null;
        if (call.containsKey("Policy")) {
            actions = IssuedKeys.actions(call.get("Policy"), "1");
            if (actions == null || call.get("Policy").length() > POLICY) {
                return new AlibabaRefusal(
                                400, "InvalidParameter.PolicyGrammar", "The parameter Policy has not passed check.")
                        .answer();
            }
        }
        return issue(session, Duration.ofSeconds(Long.parseLong(seconds)), actions, call.get("OIDCToken"));
    }

    private Answer issue(String session, Duration validity, Set<String> actions, String oidcToken) {
        IssuedKeys.Key key = account.issued().issue("STS.", session, validity, actions);
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("RequestId", UUID.randomUUID().toString());
        answer.putObject("AssumedRoleUser").put("Arn", assumed(session)).put("AssumedRoleId", ROLE_ID + ":" + session);
        if (oidcToken != null) {
            JsonNode claims = FakeIdentityProvider.claims(oidcToken);
            answer.putObject("OIDCTokenInfo")
                    .put("Issuer", claims.path("iss").asText())
                    .put("Subject", claims.path("sub").asText())
                    .put("ClientIds", claims.path("aud").asText())
                    .put("VerificationInfo", "Success");
        }
        answer.putObject("Credentials")
                .put("SecurityToken", key.token())
                .put("AccessKeyId", key.id())
                .put("AccessKeySecret", key.secret())
                .put("Expiration", key.end().toString());
        return Answer.json(200, answer);
    }

    private static String assumed(String session) {
        return ROLE.name().replace(":role/", ":assumed-role/") + "/" + session;
    }

    /** Whose key it is; a null key is the stored one. */
    private Answer identity(IssuedKeys.Key key) {
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("RequestId", UUID.randomUUID().toString())
                .put("AccountId", ID);
        if (key != null) {
            answer.put("IdentityType", "AssumedRoleUser")
                    .put("PrincipalId", ROLE_ID + ":" + key.session())
                    .put("RoleId", ROLE_ID)
                    .put("Arn", assumed(key.session()));
        } else if (account.isRoot()) {
            answer.put("IdentityType", "Account")
                    .put("PrincipalId", ID)
                    .put("UserId", ID)
                    .put("Arn", "acs:ram::" + ID + ":root");
        } else {
            answer.put("IdentityType", "RAMUser")
                    .put("PrincipalId", USER_ID)
                    .put("UserId", USER_ID)
                    .put("Arn", "acs:ram::" + ID + ":user/jenkins");
        }
        return Answer.json(200, answer);
    }

    /** Makes the stored key the account's own, which may assume no role. */
    public synchronized void ownedByAccount() {
        account.setRoot();
    }

    @Override
    public Answer throttled() {
        return new AlibabaRefusal(400, "Throttling.User", "Request was denied due to user flow control.").answer();
    }
}
