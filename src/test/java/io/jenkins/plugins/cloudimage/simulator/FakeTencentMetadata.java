package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;

/** The metadata service of a Tencent Cloud instance, as far as it concerns the instance's role. */
public final class FakeTencentMetadata implements FakeCloud {
    /** The role that the instance has. */
    public static final String ROLE = "image-builder";
    /** The APPID of the account that the instance belongs to. */
    public static final String APPID = "1250000001";

    private static final String METADATA = "/latest/meta-data/";
    private static final String LIST = "cam/security-credentials/";

    private final FakeInstanceRole role;

    FakeTencentMetadata(Clock clock, IssuedKeys keys) {
        this.role = new FakeInstanceRole(clock, keys, "AKID", ROLE);
    }

    /** The role, which can be taken away. */
    public FakeInstanceRole role() {
        return role;
    }

    @Override
    public String action(Received request) {
        return request.method() + " " + request.uri().getPath();
    }

    @Override
    public synchronized Answer answer(Received request) {
        String path = request.uri().getPath();
        if (!request.method().equals("GET") || !path.startsWith(METADATA)) {
            return FakeInstanceRole.page(404);
        }
        String item = path.substring(METADATA.length());
        if (item.equals("app-id")) {
            return FakeInstanceRole.text(APPID);
        }
        if (!item.startsWith(LIST)) {
            return FakeInstanceRole.page(404);
        }
        return role.answer(
                item.substring(LIST.length()),
                key -> JsonNodeFactory.instance
                        .objectNode()
                        .put("TmpSecretId", key.id())
                        .put("TmpSecretKey", key.secret())
                        .put("ExpiredTime", key.end().getEpochSecond())
                        .put("Expiration", key.end().toString())
                        .put("Token", key.token()));
    }

    @Override
    public Answer throttled() {
        return FakeInstanceRole.page(429);
    }
}
