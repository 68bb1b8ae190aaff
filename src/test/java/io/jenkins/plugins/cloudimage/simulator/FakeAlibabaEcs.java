package io.jenkins.plugins.cloudimage.simulator;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/**
 * Public Alibaba Cloud ECS of one account. It takes ACS3 and the older RPC signature, and its images become {@code
 * Usable} half a minute after they are Available.
 */
public final class FakeAlibabaEcs extends FakeEcsAccount implements FakeTemplates.Account {
    private static final String HOST = "ecs.cn-hangzhou.aliyuncs.com";

    private final FakeTemplates templates = new FakeTemplates();
    private final FakeAlibabaTemplates lists = new FakeAlibabaTemplates(templates);

    /** Makes an account with the instance {@link #INSTANCE} and no images. */
    public FakeAlibabaEcs(Clock clock) {
        super(clock, true);
    }

    /** Marks an image as outdated, as somebody could in the cloud's console. */
    public synchronized void deprecate(String imageId) {
        api.deprecate(imageId);
    }

    @Override
    public FakeTemplates templates() {
        return templates;
    }

    @Override
    public FakeAlibabaScaling scalingService() {
        return new FakeAlibabaScaling(clock, account, lists);
    }

    @Override
    public String action(Received request) {
        return AlibabaQuery.action(request);
    }

    @Override
    public synchronized Answer answer(Received request) {
        AlibabaRefusal refusal = AlibabaChecks.publicGateway(request, account, HOST, clock.instant());
        if (refusal != null) {
            return refusal.answer();
        }
        Map<String, String> call = new TreeMap<>(AlibabaQuery.parameters(request));
        if (!AlibabaQuery.version(request).equals("2014-05-26")) {
            return new AlibabaRefusal(404, "InvalidProduct.NotFound", "Cannot find product.").answer();
        }
        call.keySet().removeAll(AlibabaQuery.COMMON);
        String action = action(request);
        return FakeAlibabaTemplates.ACTIONS.contains(action)
                ? lists.launchTemplates(action, call)
                : api.answer(action, call);
    }
}
