package io.jenkins.plugins.cloudimage.peers;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.alibaba.RpcSigner;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import io.jenkins.plugins.cloudimage.simulator.FakeApsaraStack;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeEcsAccount;
import io.jenkins.plugins.cloudimage.simulator.FakeImages;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.SortedMap;

/** RPC with signature version 1, as Apsara Stack has it: query and form are signed, half of the parameters in each. */
class AlibabaRpcOracleTest extends Oracle {
    private static final Sdk SDK = SdkLoader.load("alibaba", "AlibabaSdk$Rpc");

    private final FakeApsaraStack fake = new FakeApsaraStack(Clock.systemUTC());

    @Override
    String scheme() {
        return "Alibaba, RPC signature 1";
    }

    @Override
    Sdk sdk() {
        return SDK;
    }

    @Override
    String success() {
        return "{}";
    }

    @Override
    String theirs(Received request) {
        return Encoded.parameters(request.uri().getRawQuery()).get("Signature");
    }

    @Override
    String ours(Received request, AccessKey key) {
        SortedMap<String, String> parameters = Encoded.parameters(request.uri().getRawQuery());
        parameters.remove("Signature");
        parameters.putAll(Encoded.parameters(new String(request.body(), StandardCharsets.UTF_8)));
        return new RpcSigner(key).signature(request.method(), Percent.pairs(parameters));
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
        return new AccessKey(FakeEcsAccount.KEY_ID, FakeEcsAccount.SECRET, null);
    }

    @Override
    String instanceId() {
        return FakeEcsAccount.INSTANCE;
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
        return new Changes(request).uri().body();
    }

    @Override
    String refusal() {
        return "SignatureDoesNotMatch|IncompleteSignature|InvalidAccessKeyId|InvalidTimeStamp";
    }
}
