package io.jenkins.plugins.cloudimage.simulator;

import java.util.List;

/** The fake security token services of the fake clouds. */
public final class FakeTokenServices {
    /** The ids of the clouds that have one. */
    public static final List<String> CLOUDS = List.of("tencentCloud", "alibabaEns", "alibabaEcs");

    private FakeTokenServices() {}

    /**
     * A service.
     *
     * @param role the role that the account's key may assume
     * @param provider the OpenID Connect provider whose tokens assume it too
     * @param withToken the action for such a token
     */
    public record Of(FakeCloud fake, FakeRole role, String provider, String withToken) {}

    /** A service whose account's stored key is the account's own. */
    public static void makeKeyRoot(Of service) {
        if (service.fake() instanceof FakeTencentSts tencent) {
            tencent.ownedByAccount();
        } else {
            ((FakeAlibabaSts) service.fake()).ownedByAccount();
        }
    }

    /** The service of an account. */
    public static Of of(FakeCloud cloud) {
        if (cloud instanceof FakeTencentCloud tencent) {
            return new Of(
                    tencent.tokenService(), FakeTencentSts.ROLE, FakeTencentSts.PROVIDER, "AssumeRoleWithWebIdentity");
        }
        if (cloud instanceof FakeEcsAccount ecs) {
            return new Of(ecs.tokenService(), FakeAlibabaSts.ROLE, FakeAlibabaSts.PROVIDER, "AssumeRoleWithOIDC");
        }
        return new Of(
                ((FakeAlibabaEns) cloud).tokenService(),
                FakeAlibabaSts.ROLE,
                FakeAlibabaSts.PROVIDER,
                "AssumeRoleWithOIDC");
    }
}
