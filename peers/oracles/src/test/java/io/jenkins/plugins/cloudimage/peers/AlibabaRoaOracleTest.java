package io.jenkins.plugins.cloudimage.peers;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.alibaba.RoaSigner;
import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import io.jenkins.plugins.cloudimage.simulator.FakeApsaraStack;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeEcsAccount;
import io.jenkins.plugins.cloudimage.simulator.FakeImages;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.time.Clock;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** ROA with signature version 1: path, headers and, by its MD5, the form. */
class AlibabaRoaOracleTest extends Oracle {
    private static final Sdk SDK = SdkLoader.load("alibaba", "AlibabaSdk$Roa");

    private final FakeApsaraStack fake = new FakeApsaraStack(Clock.systemUTC());

    @Override
    String scheme() {
        return "Alibaba, ROA signature 1";
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
        return request.header("Authorization");
    }

    @Override
    String ours(Received request, AccessKey key) {
        SortedMap<String, String> headers = new TreeMap<>();
        request.headers().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return new RoaSigner(key).authorization(request.method(), request.uri().toString(), headers);
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
    boolean answersIds() {
        return false;
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
        return new Changes(request)
                .uri()
                .body()
                .header("Accept")
                .header("Content-MD5")
                .header("Content-Type")
                .header("Date")
                .header("x-acs-signature-nonce")
                .header("x-acs-version")
                .header("Authorization");
    }

    @Override
    String refusal() {
        return "SignatureDoesNotMatch|IncompleteSignature|InvalidAccessKeyId|InvalidTimeStamp";
    }
}
