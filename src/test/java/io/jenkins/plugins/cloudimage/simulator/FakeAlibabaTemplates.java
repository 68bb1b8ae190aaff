package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.BiConsumer;

/** What public ECS and Auto Scaling tell of launch templates and scaling configurations. */
final class FakeAlibabaTemplates {
    /** The actions of ECS. */
    static final Set<String> ACTIONS = Set.of("DescribeLaunchTemplates", "DescribeLaunchTemplateVersions");

    private static final int MOST = 50;

    private final FakeTemplates templates;

    FakeAlibabaTemplates(FakeTemplates templates) {
        this.templates = templates;
    }

    Answer launchTemplates(String action, Map<String, String> call) {
        if (call.getOrDefault("RegionId", "").isEmpty()) {
            return refuse(400, "MissingParameter", "The input parameter \"RegionId\" is not supplied.");
        }
        if (templates.isDenied()) {
            return refuse(403, "Forbidden.RAM", "User not authorized to operate on the specified resource.");
        }
        return action.equals("DescribeLaunchTemplates") ? list(call) : versions(call);
    }

    private Answer list(Map<String, String> call) {
        List<String> found = templates.ids().stream()
                .filter(id -> !call.containsKey("LaunchTemplateId.1")
                        || call.get("LaunchTemplateId.1").equals(id))
                .toList();
        return page(call, "LaunchTemplateSets", "LaunchTemplateSet", found, (id, node) -> {
            SortedMap<Integer, String> versions = templates.versions(id);
            node.put("LaunchTemplateId", id)
                    .put("LaunchTemplateName", "web")
                    .put("DefaultVersionNumber", versions.firstKey())
                    .put("LatestVersionNumber", versions.lastKey())
                    .put("CreatedBy", "100000000001")
                    .put("CreateTime", "2026-01-02T03:04:05Z")
                    .putObject("Tags")
                    .putArray("Tag");
        });
    }

    private Answer versions(Map<String, String> call) {
        String id = call.getOrDefault("LaunchTemplateId", "");
        if (id.isEmpty() && call.getOrDefault("LaunchTemplateName", "").isEmpty()) {
            return refuse(400, "MissingParameter", "The input parameter \"LaunchTemplateId\" is not supplied.");
        }
        SortedMap<Integer, String> versions = templates.versions(id);
        if (versions.isEmpty()) {
            return refuse(404, "InvalidLaunchTemplate.NotFound", "The specified launch template does not exist.");
        }
        return page(
                call,
                "LaunchTemplateVersionSets",
                "LaunchTemplateVersionSet",
                List.copyOf(versions.entrySet()),
                (version, node) -> {
                    node.put("LaunchTemplateId", id)
                            .put("LaunchTemplateName", "web")
                            .put("VersionNumber", version.getKey())
                            .put("DefaultVersion", version.getKey().equals(versions.firstKey()))
                            .put("CreatedBy", "100000000001")
                            .put("CreateTime", "2026-01-02T03:04:05Z");
                    if (!call.getOrDefault("DetailFlag", "true").equals("true")) {
                        return;
                    }
                    ObjectNode data = node.putObject("LaunchTemplateData").put("InstanceType", "ecs.g7.large");
                    if (!version.getValue().isEmpty()) {
                        data.put("ImageId", version.getValue());
                    }
                });
    }

    Answer scalingConfigurations(Map<String, String> call) {
        if (call.getOrDefault("RegionId", "").isEmpty()) {
            return refuse(400, "MissingParameter", "The input parameter \"RegionId\" is not supplied.");
        }
        if (templates.isInactive()) {
            return refuse(403, "Forbidden.Unsubscribed", "Do not have permission to access this API.");
        }
        if (templates.isScalingDenied()) {
            return refuse(403, "Forbidden.RAM", "User not authorized to operate on the specified resource.");
        }
        return page(
                call,
                "ScalingConfigurations",
                "ScalingConfiguration",
                List.copyOf(templates.configurations().entrySet()),
                (each, node) -> {
                    node.put("ScalingConfigurationId", each.getKey())
                            .put("ScalingConfigurationName", "web")
                            .put("ScalingGroupId", "asg-bp1ffogfdauy0jw0example")
                            .put("LifecycleState", "Active")
                            .put("InstanceType", "ecs.g7.large")
                            .put("CreationTime", "2026-01-02T03:04Z");
                    put(node, "ImageId", each.getValue().imageId());
                    put(node, "ImageName", each.getValue().imageName());
                    put(node, "ImageFamily", each.getValue().imageFamily());
                });
    }

    private static void put(ObjectNode node, String field, String value) {
        if (!value.isEmpty()) {
            node.put(field, value);
        }
    }

    private static <T> Answer page(
            Map<String, String> call, String lists, String list, List<T> all, BiConsumer<T, ObjectNode> describe) {
        int size = Integer.parseInt(call.getOrDefault("PageSize", "10"));
        int page = Integer.parseInt(call.getOrDefault("PageNumber", "1"));
        if (size < 1 || size > MOST || page < 1) {
            return refuse(400, "InvalidParameter", "The specified PageSize or PageNumber is not valid.");
        }
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("TotalCount", all.size())
                .put("PageNumber", page)
                .put("PageSize", size)
                .put("RequestId", UUID.randomUUID().toString());
        ArrayNode nodes = body.putObject(lists).putArray(list);
        all.stream().skip((page - 1L) * size).limit(size).forEach(each -> describe.accept(each, nodes.addObject()));
        return Answer.json(200, body);
    }

    static Answer refuse(int status, String code, String message) {
        return new AlibabaRefusal(status, code, message).answer();
    }
}
