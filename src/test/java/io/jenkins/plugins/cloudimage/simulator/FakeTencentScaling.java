package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tencent Cloud's Auto Scaling, version 2018-04-19, as far as it lists the launch configurations of an account. */
public final class FakeTencentScaling implements FakeCloud {
    private static final String HOST = "as.tencentcloudapi.com";
    private static final String ACTION = "DescribeLaunchConfigurations";
    private static final Set<String> PARAMETERS = Set.of("LaunchConfigurationIds", "Filters", "Offset", "Limit");

    private final FakeTencentCloud account;

    FakeTencentScaling(FakeTencentCloud account) {
        this.account = account;
    }

    @Override
    public String action(Received request) {
        return account.action(request);
    }

    @Override
    public Answer throttled() {
        return account.throttled();
    }

    @Override
    public Answer answer(Received request) {
        TencentParameters parameters = new TencentParameters(request);
        Answer refusal = account.refusal(request, parameters, HOST, "2018-04-19");
        if (refusal != null) {
            return refusal;
        }
        ObjectNode own = parameters.own();
        if (own == null) {
            return FakeTencentCloud.error("InvalidRequest", "The body is not JSON.");
        }
        if (!parameters.common("Action").equals(ACTION)) {
            return FakeTencentCloud.error("InvalidAction", "The action does not exist.");
        }
        for (String name : (Iterable<String>) own::fieldNames) {
            if (!PARAMETERS.contains(name)) {
                return FakeTencentCloud.error("UnknownParameter", "The parameter `" + name + "` is not recognized.");
            }
        }
        if (account.templates().isScalingDenied()) {
            return FakeTencentCloud.error(
                    "UnauthorizedOperation", "You are not authorized to perform operation (as:" + ACTION + ").");
        }
        return FakeTencentCloud.tooMany(own)
                ? FakeTencentCloud.error("InvalidParameterValue.LimitExceeded", "The limit is exceeded.")
                : list(own);
    }

    /** As the examples of the API page show them. */
    private Answer list(ObjectNode body) {
        List<String> wanted = FakeTencentCloud.texts(body.path("LaunchConfigurationIds"));
        List<Map.Entry<String, FakeTemplates.Configuration>> found =
                new ArrayList<>(account.templates().configurations().entrySet());
        found.removeIf(each -> !wanted.isEmpty() && !wanted.contains(each.getKey()));
        ObjectNode response = JsonNodeFactory.instance.objectNode().put("TotalCount", found.size());
        ArrayNode set = response.putArray("LaunchConfigurationSet");
        FakeTencentCloud.page(body, found).forEach(each -> {
            FakeTemplates.Configuration configuration = each.getValue();
            ObjectNode node = set.addObject()
                    .put("ProjectId", 0)
                    .put("LaunchConfigurationId", each.getKey())
                    .put("VersionNumber", 1)
                    .put("LaunchConfigurationName", "web")
                    .put("LaunchConfigurationStatus", "NORMAL")
                    .put("InstanceType", "S5.MEDIUM4")
                    .put("ImageId", configuration.imageId())
                    .put("InstanceChargeType", "POSTPAID_BY_HOUR")
                    .put("CreatedTime", "2026-01-02T03:04:05Z");
            if (!configuration.imageFamily().isEmpty()) {
                node.put("ImageFamily", configuration.imageFamily());
            }
            node.putArray("AutoScalingGroupAbstractSet");
        });
        return FakeTencentCloud.ok(response);
    }
}
