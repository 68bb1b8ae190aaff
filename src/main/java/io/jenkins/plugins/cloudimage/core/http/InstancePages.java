package io.jenkins.plugins.cloudimage.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.util.List;

/** Reads whole lists of instances and their images. */
public final class InstancePages {
    /** The maximum number of entries on a page. */
    public static final int PAGE = WholeList.PAGE;

    private InstancePages() {}

    /** An instance and its image, which is null if the list does not tell it. */
    public record Instance(String id, @CheckForNull String imageId) implements WholeList.Entry {}

    /**
     * Reads a page.
     *
     * @param list the entries; may be missing if there are none
     * @throws CloudException of kind {@link ErrorKind#UNAVAILABLE} if the response lacks the list or the number of entries,
     *     or an entry lacks its id
     */
    public static WholeList.Page<Instance> page(
            JsonNode answer, JsonNode list, JsonNode total, String idField, String imageField) throws CloudException {
        return WholeList.page(
                answer, list, total, idField, (id, node) -> new Instance(id, Json.text(node, imageField)));
    }

    /** As {@link WholeList#numbered}. */
    public static List<Instance> numbered(WholeList.Reader<Instance> reader) throws CloudException {
        return WholeList.INSTANCES.numbered(reader);
    }

    /** As {@link WholeList#overlapping}. */
    public static List<Instance> overlapping(WholeList.Reader<Instance> reader) throws CloudException {
        return WholeList.INSTANCES.overlapping(reader);
    }

    /** The ids of those that have an image, or do not tell which one they have. */
    public static List<String> using(List<Instance> instances, String imageId) {
        return instances.stream()
                .filter(instance -> instance.imageId() == null || imageId.equals(instance.imageId()))
                .map(Instance::id)
                .toList();
    }
}
