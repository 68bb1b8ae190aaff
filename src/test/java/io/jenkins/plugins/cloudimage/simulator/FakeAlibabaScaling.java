package io.jenkins.plugins.cloudimage.simulator;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** Alibaba Cloud's Auto Scaling, version 2014-08-28, as far as it lists the scaling configurations of an account. */
public final class FakeAlibabaScaling implements FakeCloud {
    private static final String HOST = "ess.aliyuncs.com";

    private final Clock clock;
    private final AlibabaAccount account;
    private final FakeAlibabaTemplates templates;

    FakeAlibabaScaling(Clock clock, AlibabaAccount account, FakeAlibabaTemplates templates) {
        this.clock = clock;
        this.account = account;
        this.templates = templates;
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
        if (!AlibabaQuery.version(request).equals("2014-08-28")) {
            return FakeAlibabaTemplates.refuse(400, "NoSuchVersion", "The specified version does not exist.");
        }
        Map<String, String> call = new TreeMap<>(AlibabaQuery.parameters(request));
        call.keySet().removeAll(AlibabaQuery.COMMON);
        return action(request).equals("DescribeScalingConfigurations")
                ? templates.scalingConfigurations(call)
                : FakeAlibabaTemplates.refuse(400, "UnsupportedOperation", "The specified action is not supported.");
    }

    @Override
    public Answer throttled() {
        return FakeAlibabaTemplates.refuse(400, "Throttling", "Request was denied due to request throttling.");
    }
}
