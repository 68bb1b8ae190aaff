package io.jenkins.plugins.cloudimage.peers.bench;

/** A way of signing that both sides know. */
public enum Scheme {
    /** Tencent's signature 3. */
    TC3("Tencent TC3", Contestant.OUR_TENCENT, Contestant.TENCENT_SDK, "ins-6pb6lrmy"),
    /** JD's signature 2. */
    JDCLOUD2("JD JDCLOUD2", Contestant.OUR_JD_CLOUD, Contestant.JD_CLOUD_SDK, "i-eumm9d8xvv"),
    /** Alibaba's signature 1, HMAC-SHA1. */
    RPC("Alibaba RPC 1", Contestant.OUR_RPC, Contestant.RPC_SDK, "i-bp1g6zv0ce8oghu7k2xd"),
    /** Alibaba's signature 3. */
    ACS3("Alibaba ACS3", Contestant.OUR_ACS3, Contestant.ACS3_SDK, "i-bp1g6zv0ce8oghu7k2xd");

    /** The image's name, the same for all. */
    static final String NAME = "web-1234";
    /** The image's description, the same for all. */
    static final String DESCRIPTION = "nightly web tier";

    private final String title;
    final Contestant ours;
    final Contestant sdk;
    final String instanceId;

    Scheme(String title, Contestant ours, Contestant sdk, String instanceId) {
        this.title = title;
        this.ours = ours;
        this.sdk = sdk;
        this.instanceId = instanceId;
    }

    /** Whether the SDK makes a nonce itself, which on our side is given. */
    boolean drawsNonce() {
        return this == RPC || this == ACS3;
    }

    @Override
    public String toString() {
        return title;
    }
}
