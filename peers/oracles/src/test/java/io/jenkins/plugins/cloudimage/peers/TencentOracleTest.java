package io.jenkins.plugins.cloudimage.peers;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.tencent.TencentSigner;
import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeImages;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Tencent Cloud CVM v3. The SDK signs fewer headers than the plugin does; the algorithm leaves the choice free. */
class TencentOracleTest extends Oracle {
    private static final Sdk SDK = SdkLoader.load("tencent", "TencentSdk");
    private static final String HOST = "cvm.tencentcloudapi.com";

    private final FakeTencentCloud fake = new FakeTencentCloud(Clock.systemUTC());

    @Override
    String scheme() {
        return "Tencent Cloud, TC3-HMAC-SHA256";
    }

    @Override
    Sdk sdk() {
        return SDK;
    }

    @Override
    String success() {
        return "{\"Response\":{\"RequestId\":\"1\"}}";
    }

    @Override
    String theirs(Received request) {
        return request.header("Authorization");
    }

    @Override
    String ours(Received request, AccessKey key) {
        Map<String, String> headers = Map.of("content-type", request.header("Content-Type"), "host", HOST);
        Instant time = Instant.ofEpochSecond(Long.parseLong(request.header("X-TC-Timestamp")));
        return new TencentSigner(key, "cvm").authorization(new TreeMap<>(headers), request.body(), time);
    }

    @Override
    FakeCloud fake() {
        return fake;
    }

    @Override
    FakeImages images() {
        return fake.images();
    }

    @Override
    AccessKey key() {
        return new AccessKey(FakeTencentCloud.SECRET_ID, FakeTencentCloud.SECRET_KEY, null);
    }

    @Override
    String instanceId() {
        return "ins-6pb6lrmy";
    }

    @Override
    String beingMade() {
        return "CREATING";
    }

    @Override
    String made() {
        return "NORMAL";
    }

    @Override
    Changes changes(Received request) {
        return new Changes(request)
                .body()
                .header("Content-Type")
                .header("X-TC-Timestamp")
                .header("Authorization");
    }

    @Override
    String refusal() {
        return "AuthFailure";
    }
}
