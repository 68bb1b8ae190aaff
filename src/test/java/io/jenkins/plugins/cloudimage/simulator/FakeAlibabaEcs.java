package io.jenkins.plugins.cloudimage.simulator;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Public Alibaba Cloud ECS of one account. It takes ACS3 and the older RPC signature, and its images become {@code
 * Usable} half a minute after they are Available.
 */
public final class FakeAlibabaEcs extends FakeEcsAccount {
    private static final String HOST = "ecs.cn-hangzhou.aliyuncs.com";
    private static final Set<String> COMMON = Set.of(
            "AccessKeyId",
            "Action",
            "Format",
            "SecurityToken",
            "Signature",
            "SignatureMethod",
            "SignatureNonce",
            "SignatureVersion",
            "Timestamp",
            "Version");

    /** Makes an account with the machine {@link #INSTANCE} and no images. */
    public FakeAlibabaEcs(Clock clock) {
        super(clock, true);
    }

    @Override
    public String action(Received request) {
        String action = request.header("x-acs-action");
        return action.isEmpty() ? AlibabaQuery.parameters(request).getOrDefault("Action", "") : action;
    }

    @Override
    public synchronized Answer answer(Received request) {
        boolean acs3 = request.header("Authorization").startsWith("ACS3");
        AlibabaRefusal refusal = acs3
                ? AlibabaChecks.acs3(request, account, HOST, clock.instant())
                : AlibabaChecks.rpc(request, account, clock.instant());
        if (refusal != null) {
            return refusal.answer();
        }
        Map<String, String> call = new TreeMap<>(AlibabaQuery.parameters(request));
        if (!(acs3 ? request.header("x-acs-version") : call.get("Version")).equals("2014-05-26")) {
            return new AlibabaRefusal(404, "InvalidProduct.NotFound", "Cannot find product.").answer();
        }
        call.keySet().removeAll(COMMON);
        return api.answer(action(request), call);
    }
}
