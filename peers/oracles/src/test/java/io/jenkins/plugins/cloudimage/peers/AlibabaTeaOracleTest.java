package io.jenkins.plugins.cloudimage.peers;

import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;

/** The same by Alibaba's younger SDK, which signs the host as the plugin does. */
class AlibabaTeaOracleTest extends AlibabaAcs3OracleTest {
    private static final Sdk SDK = SdkLoader.load("alibaba-tea", "TeaSdk");

    @Override
    String scheme() {
        return super.scheme() + " by the SDK of 2.0";
    }

    @Override
    Sdk sdk() {
        return SDK;
    }

    /** It tells the message and not the code. */
    @Override
    String refusal() {
        return super.refusal() + "|Specified signature is not matched";
    }
}
