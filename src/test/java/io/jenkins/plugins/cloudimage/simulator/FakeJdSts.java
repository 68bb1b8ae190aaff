package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.UUID;

/**
 * JD Cloud's security token service, version v1, for one account with one user and one role: assumeRole with its limits
 * and its refusals. It has no external ids, and tells the end of a key without a time zone.
 */
public final class FakeJdSts implements FakeCloud {
    /** The role that the account's key may assume. */
    public static final FakeRole ROLE =
            new FakeRole("jrn:iam::100000000001:role/image-builder", "", Duration.ofHours(12));

    private static final String HOST = "sts.jdcloud-api.com";
    private static final String PATH = "/v1/sessionToken:assumeRole";
    private static final int SHORTEST = 3600;
    private static final int POLICY = 2048;
    private static final Set<String> PARAMETERS = Set.of("roleJrn", "roleSessionName", "policy", "durationSeconds");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clock clock;
    private final IssuedKeys keys;
    private boolean trusts = true;

    FakeJdSts(Clock clock, IssuedKeys keys) {
        this.clock = clock;
        this.keys = keys;
    }

    /** Takes the user out of the role's trust policy. */
    public synchronized void distrust() {
        trusts = false;
    }

    @Override
    public String action(Received request) {
        return request.method().equals("POST") && request.uri().getPath().equals(PATH) ? "assumeRole" : "unknown";
    }

    @Override
    public Answer throttled() {
        return FakeJdCloud.error(429, "RATE_LIMIT", "API call rate limit exceeded.");
    }

    @Override
    public synchronized Answer answer(Received request) {
        String refusal = JdCloud2Check.refusal(
                request, FakeJdCloud.ACCESS_KEY, FakeJdCloud.SECRET_KEY, "", HOST, clock.instant());
        if (refusal != null) {
            return FakeJdCloud.error(401, "ACCESS_ERROR", refusal);
        }
        if (!action(request).equals("assumeRole")) {
            return FakeJdCloud.error(404, "NOT_FOUND", "no route and no API found with those values");
        }
        try {
            return assume(JSON.readTree(request.body()).path("assumeRoleInfo"));
        } catch (IOException e) {
            return FakeJdCloud.error(400, "INVALID_ARGUMENT", "The body is not JSON.");
        }
    }

    private Answer assume(JsonNode call) {
        for (String name : (Iterable<String>) call::fieldNames) {
            if (!PARAMETERS.contains(name)) {
                return invalid(name);
            }
        }
        String role = call.path("roleJrn").asText();
        String session = call.path("roleSessionName").asText();
        if (role.isEmpty() || !session.matches("[A-Za-z0-9_-]{1,64}")) {
            return invalid(role.isEmpty() ? "roleJrn" : "roleSessionName");
        }
        if (!role.equals(ROLE.name())) {
            return FakeJdCloud.error(404, "NOT_FOUND", "Role '" + role + "' not found");
        }
        if (!trusts) {
            return FakeJdCloud.error(403, "HTTP_FORBIDDEN", "The role does not trust the user");
        }
        long seconds = call.path("durationSeconds").asLong(SHORTEST);
        if (seconds < SHORTEST || seconds > ROLE.longest().toSeconds()) {
            return invalid("durationSeconds");
        }
        Set<String> actions = null;
        if (call.hasNonNull("policy")) {
            String policy = call.path("policy").asText();
            actions = IssuedKeys.actions(policy, "3");
            if (actions == null
                    || policy.contains("Principal")
                    || policy.getBytes(StandardCharsets.UTF_8).length > POLICY) {
                return invalid("policy");
            }
        }
        return issue(keys.issue("JDC_", session, Duration.ofSeconds(seconds), actions));
    }

    private static Answer invalid(String parameter) {
        return FakeJdCloud.error(400, "INVALID_ARGUMENT", "Invalid " + parameter);
    }

    private static Answer issue(IssuedKeys.Key key) {
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("requestId", UUID.randomUUID().toString());
        answer.putObject("result")
                .putObject("credentials")
                .put("accessKey", key.id())
                .put("secretKey", key.secret())
                .put("sessionToken", key.token())
                .put(
                        "expiration",
                        LocalDateTime.ofInstant(key.end(), ZoneId.of("Asia/Shanghai"))
                                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")));
        return Answer.json(200, answer);
    }
}
