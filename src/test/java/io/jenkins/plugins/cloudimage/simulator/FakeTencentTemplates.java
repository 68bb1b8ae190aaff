package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** What CVM tells of launch templates: versions above 30 only if they are asked for. */
final class FakeTencentTemplates {
    static final Map<String, Set<String>> PARAMETERS = Map.of(
            "DescribeLaunchTemplates",
            Set.of("LaunchTemplateIds", "Filters", "Offset", "Limit"),
            "DescribeLaunchTemplateVersions",
            Set.of(
                    "LaunchTemplateId",
                    "LaunchTemplateVersions",
                    "MinVersion",
                    "MaxVersion",
                    "Offset",
                    "Limit",
                    "DefaultVersion"));
    private static final int MAX_VERSION = 30;

    private final FakeTemplates templates;

    FakeTencentTemplates(FakeTemplates templates) {
        this.templates = templates;
    }

    Answer answer(String action, JsonNode body) {
        if (templates.isDenied()) {
            return FakeTencentCloud.error(
                    "UnauthorizedOperation", "You are not authorized to perform operation (cvm:" + action + ").");
        }
        if (FakeTencentCloud.tooMany(body)) {
            return FakeTencentCloud.error(
                    "InvalidParameterValue.LimitExceeded", "The parameter value exceeds the maximum limit.");
        }
        return action.equals("DescribeLaunchTemplates") ? list(body) : versions(body);
    }

    private Answer list(JsonNode body) {
        List<String> wanted = FakeTencentCloud.texts(body.path("LaunchTemplateIds"));
        List<String> found = new ArrayList<>(templates.ids());
        found.removeIf(id -> !wanted.isEmpty() && !wanted.contains(id));
        ObjectNode response = JsonNodeFactory.instance.objectNode().put("TotalCount", found.size());
        ArrayNode set = response.putArray("LaunchTemplateSet");
        FakeTencentCloud.page(body, found).forEach(id -> {
            SortedMap<Integer, String> versions = templates.versions(id);
            set.addObject()
                    .put("LatestVersionNumber", versions.lastKey())
                    .put("LaunchTemplateId", id)
                    .put("LaunchTemplateName", "web")
                    .put("DefaultVersionNumber", versions.firstKey())
                    .put("LaunchTemplateVersionCount", versions.size())
                    .put("CreatedBy", "100000000001")
                    .put("CreationTime", "2026-01-02T03:04:05Z");
        });
        return FakeTencentCloud.ok(response);
    }

    private Answer versions(JsonNode body) {
        String id = body.path("LaunchTemplateId").asText();
        if (id.isEmpty()) {
            return FakeTencentCloud.error("MissingParameter", "LaunchTemplateId is missing.");
        }
        SortedMap<Integer, String> versions = templates.versions(id);
        if (versions.isEmpty()) {
            return FakeTencentCloud.error(
                    "InvalidParameterValue.LaunchTemplateIdNotExisted", "The launch template ID does not exist: " + id);
        }
        int first = versions.firstKey();
        int least = body.path("MinVersion").asInt(0);
        int most = body.path("MaxVersion").asInt(MAX_VERSION);
        List<Map.Entry<Integer, String>> found = versions.entrySet().stream()
                .filter(version -> version.getKey() >= least && version.getKey() <= most)
                .toList();
        ObjectNode response = JsonNodeFactory.instance.objectNode().put("TotalCount", found.size());
        ArrayNode set = response.putArray("LaunchTemplateVersionSet");
        FakeTencentCloud.page(body, found).forEach(version -> {
            ObjectNode node = set.addObject()
                    .put("LaunchTemplateVersion", version.getKey())
                    .put("LaunchTemplateId", id)
                    .put("IsDefaultVersion", version.getKey() == first)
                    .put("CreatedBy", "100000000001")
                    .put("CreationTime", "2026-01-02T03:04:05Z");
            ObjectNode data = node.putObject("LaunchTemplateVersionData").put("InstanceType", "SA2.SMALL1");
            data.put("ImageId", version.getValue().isEmpty() ? null : version.getValue());
        });
        return FakeTencentCloud.ok(response);
    }
}
