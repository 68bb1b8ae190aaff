package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.UUID;

/** How the public gateway of Alibaba's clouds says no. */
record AlibabaRefusal(int status, String code, String message) {

    Answer answer() {
        String requestId = UUID.randomUUID().toString();
        return Answer.json(
                        status,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("RequestId", requestId)
                                .put("HostId", "ecs.aliyuncs.com")
                                .put("Code", code)
                                .put("Message", message)
                                .put("Recommend", "https://next.api.aliyun.com/troubleshoot?q=" + code))
                .header("x-acs-request-id", requestId);
    }
}
