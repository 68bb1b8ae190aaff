package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The metadata service of an Alibaba Cloud instance, as far as it concerns the instance's role: normal and hardened mode.
 * Its statuses other than 200 and 404 are not documented.
 */
public final class FakeAlibabaMetadata implements FakeCloud {
    /** The role that the instance has. */
    public static final String ROLE = "image-builder";
    /** The account that the instance belongs to. */
    public static final String ACCOUNT = "100000000000001";

    private static final String TOKEN = "/latest/api/token";
    private static final String METADATA = "/latest/meta-data/";
    private static final String LIST = "ram/security-credentials/";
    private static final int LONGEST_TOKEN = 21_600;

    private final Clock clock;
    private final FakeInstanceRole role;
    private final Map<String, Instant> tokens = new HashMap<>();
    private boolean hardenedOnly;
    private boolean normalOnly;

    FakeAlibabaMetadata(Clock clock, IssuedKeys keys) {
        this.clock = clock;
        this.role = new FakeInstanceRole(clock, keys, "STS.", ROLE);
    }

    /** The role, which can be taken away. */
    public FakeInstanceRole role() {
        return role;
    }

    /** Refuses requests without a token, as an instance does whose owner demands the hardened mode. */
    public synchronized void demandTokens() {
        hardenedOnly = true;
    }

    /** Knows no tokens, as something that stands between the instance and the service. */
    public synchronized void knowNoTokens() {
        normalOnly = true;
    }

    @Override
    public String action(Received request) {
        return request.method() + " " + request.uri().getPath();
    }

    @Override
    public synchronized Answer answer(Received request) {
        String path = request.uri().getPath();
        if (path.equals(TOKEN)) {
            return request.method().equals("PUT") && !normalOnly ? token(request) : FakeInstanceRole.page(404);
        }
        if (!request.method().equals("GET") || !path.startsWith(METADATA)) {
            return FakeInstanceRole.page(404);
        }
        String token = request.header("X-aliyun-ecs-metadata-token");
        if (token.isEmpty() ? hardenedOnly : !clock.instant().isBefore(tokens.getOrDefault(token, Instant.MIN))) {
            return FakeInstanceRole.page(403);
        }
        return metadata(path.substring(METADATA.length()));
    }

    private Answer token(Received request) {
        if (!request.header("X-Forwarded-For").isEmpty()) {
            return FakeInstanceRole.page(403);
        }
        String seconds = request.header("X-aliyun-ecs-metadata-token-ttl-seconds");
        if (!seconds.matches("\\d{1,5}")
                || Integer.parseInt(seconds) < 1
                || Integer.parseInt(seconds) > LONGEST_TOKEN) {
            return FakeInstanceRole.page(400);
        }
        String token = "metadata-token-" + UUID.randomUUID() + "==";
        tokens.put(token, clock.instant().plus(Duration.ofSeconds(Long.parseLong(seconds))));
        return FakeInstanceRole.text(token);
    }

    private Answer metadata(String item) {
        if (item.equals("owner-account-id")) {
            return FakeInstanceRole.text(ACCOUNT);
        }
        if (!item.startsWith(LIST)) {
            return FakeInstanceRole.page(404);
        }
        return role.answer(
                item.substring(LIST.length()),
                key -> JsonNodeFactory.instance
                        .objectNode()
                        .put("AccessKeyId", key.id())
                        .put("AccessKeySecret", key.secret())
                        .put("Expiration", key.end().toString())
                        .put("SecurityToken", key.token())
                        .put("LastUpdated", role.updated().toString()));
    }

    @Override
    public Answer throttled() {
        return FakeInstanceRole.page(429);
    }
}
