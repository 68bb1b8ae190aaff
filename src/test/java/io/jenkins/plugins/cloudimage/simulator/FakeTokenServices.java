package io.jenkins.plugins.cloudimage.simulator;

import java.util.List;

/** The fake security token services of the fake clouds. */
public final class FakeTokenServices {
    /** The ids of the clouds that have one. */
    public static final List<String> CLOUDS = List.of("tencentCloud", "alibabaEns", "alibabaEcs", "qcloud", "jdCloud");

    /** The ids of those whose service tells who a key is, and accepts the tokens of OpenID Connect providers. */
    public static final List<String> WITH_IDENTITIES = List.of("tencentCloud", "alibabaEns", "alibabaEcs", "qcloud");

    private FakeTokenServices() {}

    /**
     * A service.
     *
     * @param role the role that the account's key may assume
     * @param withKey the action for the account's key
     * @param provider the OpenID Connect provider whose tokens assume it too, or null
     * @param withToken the action for such a token, or null
     */
    public record Of(FakeCloud fake, FakeRole role, String withKey, String provider, String withToken) {}

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
            return of(tencent.tokenService());
        }
        if (cloud instanceof FakeQcloud qcloud) {
            return of(qcloud.tokenService());
        }
        if (cloud instanceof FakeJdCloud jd) {
            return new Of(jd.tokenService(), FakeJdSts.ROLE, "assumeRole", null, null);
        }
        return of(cloud instanceof FakeEcsAccount ecs ? ecs.tokenService() : ((FakeAlibabaEns) cloud).tokenService());
    }

    private static Of of(FakeTencentSts service) {
        return new Of(service, FakeTencentSts.ROLE, "AssumeRole", FakeTencentSts.PROVIDER, "AssumeRoleWithWebIdentity");
    }

    private static Of of(FakeAlibabaSts service) {
        return new Of(service, FakeAlibabaSts.ROLE, "AssumeRole", FakeAlibabaSts.PROVIDER, "AssumeRoleWithOIDC");
    }
}
