package io.jenkins.plugins.cloudimage.core.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.TemplateSupport;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.WholeList;
import java.util.ArrayList;
import java.util.List;

/**
 * The launch templates of CVM and the launch configurations of Auto Scaling, version 2018-04-19. Neither list can be filtered by
 * image. Either may name a family instead of an image.
 */
final class TencentTemplates {
    static final String SCALING = "as";
    static final String SCALING_VERSION = "2018-04-19";
    /** Each template takes at least one call. */
    private static final int MOST = 300;

    private final TencentCalls compute;
    private final TencentCalls scaling;

    /** A template and the number of its latest version. */
    private record Template(String id, int latest) implements WholeList.Entry {}

    /** A version of a template, or a configuration. */
    private record Named(String id, @CheckForNull String imageId) implements WholeList.Entry {}

    /**
     * @param scaling the calls of Auto Scaling, or null if its endpoint is not known
     */
    TencentTemplates(TencentCalls compute, @CheckForNull TencentCalls scaling) {
        this.compute = compute;
        this.scaling = scaling;
    }

    List<ImageTemplate> list() throws CloudException {
        if (scaling == null) {
            throw TemplateSupport.noScalingService();
        }
        List<ImageTemplate> all = new ArrayList<>();
        List<Template> templates = templates();
        if (templates.size() > MOST) {
            throw WholeList.TEMPLATES.tooMany(templates.size());
        }
        for (Template template : templates) {
            for (Named version : versions(template)) {
                all.add(new ImageTemplate(ImageTemplate.Kind.LAUNCH_TEMPLATE, template.id(), version.imageId()));
            }
        }
        for (Named each : configurations()) {
            all.add(new ImageTemplate(ImageTemplate.Kind.SCALING_CONFIGURATION, each.id(), each.imageId()));
        }
        return all.stream().distinct().toList();
    }

    private List<Template> templates() throws CloudException {
        return WholeList.TEMPLATES.overlapping((number, offset) -> {
            JsonNode response = compute.call("DescribeLaunchTemplates", page(offset));
            return page(response, "LaunchTemplateSet", "LaunchTemplateId", (id, node) -> {
                JsonNode latest = node.path("LatestVersionNumber");
                if (!latest.isInt() || latest.intValue() < 1) {
                    throw Json.notUnderstood(response.toString()).exception();
                }
                return new Template(id, latest.intValue());
            });
        });
    }

    /** Without a maximum, versions above 30 are left out. */
    private List<Named> versions(Template template) throws CloudException {
        return WholeList.TEMPLATES.overlapping((number, offset) -> {
            ObjectNode body = page(offset)
                    .put("LaunchTemplateId", template.id())
                    .put("MinVersion", 0)
                    .put("MaxVersion", template.latest());
            JsonNode response = compute.call("DescribeLaunchTemplateVersions", body);
            return page(response, "LaunchTemplateVersionSet", "LaunchTemplateVersion", (id, node) -> {
                JsonNode data = node.path("LaunchTemplateVersionData");
                if (!data.isObject()) {
                    throw Json.notUnderstood(response.toString()).exception();
                }
                return new Named(id, Json.text(data, "ImageId"));
            });
        });
    }

    private List<Named> configurations() throws CloudException {
        return WholeList.TEMPLATES.overlapping((number, offset) -> page(
                scaling.call("DescribeLaunchConfigurations", page(offset)),
                "LaunchConfigurationSet",
                "LaunchConfigurationId",
                (id, node) -> new Named(id, Json.text(node, "ImageId"))));
    }

    private static ObjectNode page(int offset) {
        return JsonNodeFactory.instance.objectNode().put("Offset", offset).put("Limit", WholeList.PAGE);
    }

    private static <E extends WholeList.Entry> WholeList.Page<E> page(
            JsonNode response, String list, String idField, WholeList.Parser<E> parser) throws CloudException {
        return WholeList.page(response, response.path(list), response.path("TotalCount"), idField, parser);
    }
}
