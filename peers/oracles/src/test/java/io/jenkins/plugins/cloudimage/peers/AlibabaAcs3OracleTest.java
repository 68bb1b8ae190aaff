package io.jenkins.plugins.cloudimage.peers;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.alibaba.Acs3Signer;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaEns;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeImages;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.time.Clock;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ACS3-HMAC-SHA256, as ENS has it. The SDK signs no host and orders the parts of the header in its own way. */
class AlibabaAcs3OracleTest extends Oracle {
    private static final Sdk SDK = SdkLoader.load("alibaba", "AlibabaSdk$Acs3");

    private final FakeAlibabaEns fake = new FakeAlibabaEns(Clock.systemUTC());

    @Override
    String scheme() {
        return "Alibaba, ACS3-HMAC-SHA256";
    }

    @Override
    Sdk sdk() {
        return SDK;
    }

    @Override
    String success() {
        return "{\"ImageId\":\"m-1\"}";
    }

    @Override
    String theirs(Received request) {
        return part(request, "Signature");
    }

    @Override
    String ours(Received request, AccessKey key) {
        SortedMap<String, String> headers = new TreeMap<>();
        for (String name : part(request, "SignedHeaders").split(";")) {
            headers.put(name, request.header(name));
        }
        String authorization = new Acs3Signer(key)
                .authorization(
                        request.method(),
                        request.uri().getRawPath(),
                        Percent.pairs(Encoded.parameters(request.uri().getRawQuery())),
                        headers,
                        Digests.sha256Hex(request.body()));
        return authorization.substring(authorization.indexOf("Signature=") + "Signature=".length());
    }

    private static String part(Received request, String name) {
        Matcher matcher = Pattern.compile(name + "=([^,]*)").matcher(request.header("Authorization"));
        if (!matcher.find()) {
            throw new AssertionError(request.headers().entrySet());
        }
        return matcher.group(1);
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
        return new AccessKey(FakeAlibabaEns.KEY_ID, FakeAlibabaEns.SECRET, null);
    }

    @Override
    String instanceId() {
        return FakeAlibabaEns.INSTANCE;
    }

    @Override
    String beingMade() {
        return "Creating";
    }

    @Override
    String made() {
        return "Available";
    }

    @Override
    Changes changes(Received request) {
        Changes changes = new Changes(request).uri().body().header("Authorization");
        for (String name : part(request, "SignedHeaders").split(";")) {
            changes.header(name);
        }
        return changes;
    }

    @Override
    String refusal() {
        return "SignatureDoesNotMatch|IncompleteSignature|InvalidAccessKeyId|InvalidTimeStamp";
    }
}
