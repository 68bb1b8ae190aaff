package io.jenkins.plugins.cloudimage.core.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.TemplateSupport;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaCalls;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaParameters;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiClient;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.WholeList;
import java.util.ArrayList;
import java.util.List;

/**
 * The launch templates of ECS and the scaling configurations of Auto Scaling, version 2014-08-28. Neither list can be filtered by
 * image. A scaling configuration may name its image by the name, and either may name a family instead of an image.
 */
final class EcsTemplates implements EcsApiClient.Templates {
    static final String SCALING_VERSION = "2014-08-28";
    /** Auto Scaling allows 50 entries on a page; for launch templates no maximum is documented. */
    private static final int PAGE = 50;
    /** Each template takes at least one call. */
    private static final int MOST = 300;
    /** The code for an account that has never activated Auto Scaling, so that it has no scaling configurations. */
    private static final String NOT_ACTIVATED = "Forbidden.Unsubscribed";

    private final AlibabaCalls compute;
    private final AlibabaCalls scaling;
    private final String region;

    /** A template, a version of it, or a configuration. */
    private record Named(
            String id,
            @CheckForNull String imageId,
            @CheckForNull String imageName) implements WholeList.Entry {}

    /**
     * @param scaling the calls of Auto Scaling, or null if its endpoint is not known
     */
    EcsTemplates(AlibabaCalls compute, @CheckForNull AlibabaCalls scaling, String region) {
        this.compute = compute;
        this.scaling = scaling;
        this.region = region;
    }

    @Override
    public List<ImageTemplate> list() throws CloudException {
        if (scaling == null) {
            throw TemplateSupport.noScalingService();
        }
        List<ImageTemplate> all = new ArrayList<>();
        List<Named> templates = templates();
        if (templates.size() > MOST) {
            throw WholeList.TEMPLATES.tooMany(templates.size());
        }
        for (Named template : templates) {
            for (Named version : versions(template.id())) {
                all.add(new ImageTemplate(ImageTemplate.Kind.LAUNCH_TEMPLATE, template.id(), version.imageId()));
            }
        }
        for (Named each : configurations()) {
            all.add(new ImageTemplate(
                    ImageTemplate.Kind.SCALING_CONFIGURATION, each.id(), each.imageId(), each.imageName()));
        }
        return all.stream().distinct().toList();
    }

    private List<Named> templates() throws CloudException {
        return WholeList.TEMPLATES.numbered((number, offset) -> page(
                compute.call("DescribeLaunchTemplates", page(number)),
                "LaunchTemplateSets",
                "LaunchTemplateSet",
                "LaunchTemplateId",
                (id, node) -> new Named(id, null, null)));
    }

    private List<Named> versions(String template) throws CloudException {
        return WholeList.TEMPLATES.numbered((number, offset) -> {
            JsonNode body = compute.call(
                    "DescribeLaunchTemplateVersions",
                    page(number).put("LaunchTemplateId", template).put("DetailFlag", true));
            return page(body, "LaunchTemplateVersionSets", "LaunchTemplateVersionSet", "VersionNumber", (id, node) -> {
                JsonNode data = node.path("LaunchTemplateData");
                if (!data.isObject()) {
                    throw Json.notUnderstood(body.toString()).exception();
                }
                return new Named(id, Json.text(data, "ImageId"), null);
            });
        });
    }

    private List<Named> configurations() throws CloudException {
        try {
            return WholeList.TEMPLATES.numbered((number, offset) -> page(
                    scaling.call("DescribeScalingConfigurations", page(number)),
                    "ScalingConfigurations",
                    "ScalingConfiguration",
                    "ScalingConfigurationId",
                    (id, node) -> new Named(id, Json.text(node, "ImageId"), Json.text(node, "ImageName"))));
        } catch (CloudException e) {
            if (NOT_ACTIVATED.equals(e.error().code())) {
                return List.of();
            }
            throw e;
        }
    }

    private AlibabaParameters page(int number) {
        return new AlibabaParameters()
                .put("RegionId", region)
                .put("PageNumber", number + 1)
                .put("PageSize", PAGE);
    }

    private static WholeList.Page<Named> page(
            JsonNode body, String lists, String list, String idField, WholeList.Parser<Named> parser)
            throws CloudException {
        return WholeList.page(body, body.path(lists).path(list), body.path("TotalCount"), idField, parser);
    }
}
