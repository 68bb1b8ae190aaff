package io.jenkins.plugins.cloudimage.core.jdcloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.WholeList;
import java.util.List;

/**
 * The instance templates, from which JD Cloud's availability groups start instances too. A template has no versions and names
 * its image by the id.
 */
final class JdCloudTemplates {
    private JdCloudTemplates() {}

    /** Asks for a page of the list. */
    @FunctionalInterface
    interface Reader {
        /**
         * @param number the page, 1 for the first
         */
        JsonNode read(int number) throws CloudException;
    }

    private record Named(String id, ImageTemplate template) implements WholeList.Entry {}

    static List<ImageTemplate> list(Reader reader) throws CloudException {
        List<Named> listed = WholeList.TEMPLATES.numbered((number, offset) -> {
            JsonNode answer = reader.read(number + 1);
            JsonNode result = answer.path("result");
            return WholeList.page(
                    answer, result.path("instanceTemplates"), result.path("totalCount"), "id", (id, node) -> {
                        JsonNode data = node.path("instanceTemplateData");
                        if (!data.isObject()) {
                            throw Json.notUnderstood(answer.toString()).exception();
                        }
                        return new Named(
                                id,
                                new ImageTemplate(ImageTemplate.Kind.LAUNCH_TEMPLATE, id, Json.text(data, "imageId")));
                    });
        });
        return listed.stream().map(Named::template).toList();
    }
}
