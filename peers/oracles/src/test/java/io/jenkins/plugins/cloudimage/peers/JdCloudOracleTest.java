package io.jenkins.plugins.cloudimage.peers;

import static org.quicktheories.generators.SourceDSL.lists;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudSigner;
import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeImages;
import io.jenkins.plugins.cloudimage.simulator.FakeJdCloud;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quicktheories.core.Gen;

/** JD Cloud. Half of the requests are a POST to {@code :createImage} with a body, the others a GET with a query. */
class JdCloudOracleTest extends Oracle {
    private static final Sdk SDK = SdkLoader.load("jdcloud", "JdCloudSdk");
    private static final String HOST = "vm.jdcloud-api.com";

    private final FakeJdCloud fake = new FakeJdCloud(Clock.systemUTC());

    @Override
    String scheme() {
        return "JD Cloud, JDCLOUD2-HMAC-SHA256";
    }

    @Override
    Sdk sdk() {
        return SDK;
    }

    @Override
    Gen<Map<String, String>> parameters() {
        Gen<String> any = SignedTexts.any();
        Gen<Map<String, String>> ofInstance = any.zip(
                SignedTexts.word(10, 10),
                any,
                (name, instance, description) ->
                        Map.of("name", name, "instanceId", "i-" + instance, "description", description));
        Gen<Map<String, String>> list = any.zip(any, lists().of(any).ofSizeBetween(0, 11), (name, platform, ids) -> {
            Map<String, String> parameters = new TreeMap<>();
            parameters.put("name", name);
            parameters.put("platform", platform);
            ids.forEach(id -> parameters.put("id." + parameters.size(), id));
            return parameters;
        });
        return ofInstance.mix(list);
    }

    @Override
    String success() {
        return "{\"requestId\":\"1\",\"result\":{}}";
    }

    @Override
    String theirs(Received request) {
        return request.header("Authorization");
    }

    @Override
    String ours(Received request, AccessKey key) {
        SortedMap<String, String> headers = new TreeMap<>(Map.of("host", HOST));
        for (String name : List.of("content-type", "x-jdcloud-date", "x-jdcloud-nonce")) {
            headers.put(name, request.header(name));
        }
        if (key.sessionToken() != null) {
            headers.put("x-jdcloud-security-token", key.sessionToken());
        }
        String path = Stream.of(request.uri().getPath().split("/"))
                .map(Percent::encode)
                .collect(Collectors.joining("/"));
        return new JdCloudSigner(key, "cn-north-1", "vm")
                .authorization(
                        request.method(),
                        path,
                        Percent.pairs(Encoded.parameters(request.uri().getRawQuery())),
                        headers,
                        request.body());
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
        return new AccessKey(FakeJdCloud.ACCESS_KEY, FakeJdCloud.SECRET_KEY, null);
    }

    @Override
    String instanceId() {
        return "i-eumm9d8xvv";
    }

    @Override
    String beingMade() {
        return "pending";
    }

    @Override
    String made() {
        return "ready";
    }

    @Override
    Changes changes(Received request) {
        return new Changes(request)
                .uri()
                .body()
                .header("Content-Type")
                .header("x-jdcloud-date")
                .header("x-jdcloud-nonce")
                .header("Authorization");
    }

    @Override
    String refusal() {
        return "ACCESS_ERROR";
    }
}
