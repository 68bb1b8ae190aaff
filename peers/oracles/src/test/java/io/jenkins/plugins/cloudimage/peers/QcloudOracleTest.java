package io.jenkins.plugins.cloudimage.peers;

import static org.quicktheories.generators.Generate.booleans;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.qcloud.QcloudSigner;
import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeImages;
import io.jenkins.plugins.cloudimage.simulator.FakeQcloud;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.time.Clock;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quicktheories.core.Gen;

/** Tencent's API v2, by HmacSHA1 and HmacSHA256. The SDK sends a GET where the plugin sends a POST. */
class QcloudOracleTest extends Oracle {
    private static final Sdk SDK = SdkLoader.load("qcloud", "QcloudSdk");
    private static final String HOST = "image.api.qcloud.com";

    private final FakeQcloud fake = new FakeQcloud(Clock.systemUTC());

    @Override
    String scheme() {
        return "QCloud API v2, HmacSHA1 and HmacSHA256";
    }

    @Override
    Sdk sdk() {
        return SDK;
    }

    @Override
    String success() {
        return "{\"code\":0}";
    }

    @Override
    Gen<Map<String, String>> parameters() {
        return SignedTexts.parameters().zip(booleans(), (texts, sha256) -> {
            Map<String, String> parameters = new TreeMap<>(texts);
            if (sha256) {
                parameters.put(QcloudSigner.METHOD, QcloudSigner.HMAC_SHA256);
            }
            return parameters;
        });
    }

    @Override
    String theirs(Received request) {
        return Encoded.parameters(request.uri().getRawQuery()).get("Signature");
    }

    @Override
    String ours(Received request, AccessKey key) {
        SortedMap<String, String> parameters = Encoded.parameters(request.uri().getRawQuery());
        parameters.remove("Signature");
        return new QcloudSigner(key).signature(request.method(), HOST, parameters);
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
        return new AccessKey(FakeQcloud.SECRET_ID, FakeQcloud.SECRET_KEY, null);
    }

    @Override
    String instanceId() {
        return FakeQcloud.STOPPED;
    }

    @Override
    boolean answersIds() {
        return false;
    }

    @Override
    String beingMade() {
        return "1";
    }

    @Override
    String made() {
        return "2";
    }

    @Override
    Changes changes(Received request) {
        return new Changes(request).uri();
    }

    @Override
    String refusal() {
        return "\"code\":4[15]0";
    }
}
