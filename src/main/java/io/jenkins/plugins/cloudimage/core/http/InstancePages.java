package io.jenkins.plugins.cloudimage.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads whole lists of instances, of which none may be missed: an image that looks unused is deleted. Whatever leaves a
 * doubt is a failure.
 */
public final class InstancePages {
    /** The maximum number of entries on a page. */
    public static final int PAGE = 100;

    /** More pages take too long and too many calls. */
    private static final int MOST = 200;

    private InstancePages() {}

    /** An instance and its image, which is null if the list does not tell it. */
    public record Instance(String id, @CheckForNull String imageId) {}

    /**
     * One page.
     *
     * @param total the number of entries on all pages
     */
    public record Page(List<Instance> instances, int total) {}

    /** Asks the cloud for a page. */
    @FunctionalInterface
    public interface Reader {
        /**
         * @param number the page, 0 for the first
         * @param offset the number of entries before it
         */
        Page read(int number, int offset) throws CloudException;
    }

    /**
     * Reads a page.
     *
     * @param list the entries; may be missing if there are none
     * @throws CloudException of kind {@link ErrorKind#UNAVAILABLE} if the response lacks the list or the number of entries,
     *     or an entry lacks its id
     */
    public static Page page(JsonNode answer, JsonNode list, JsonNode total, String idField, String imageField)
            throws CloudException {
        int count = total.asInt(-1);
        boolean absent = list.isMissingNode() || list.isNull();
        if (count < 0 || !list.isArray() && !(absent && count == 0)) {
            throw Json.notUnderstood(answer.toString()).exception();
        }
        List<Instance> instances = new ArrayList<>();
        for (JsonNode node : list) {
            String id = Json.id(node, idField);
            if (id == null) {
                throw Json.notUnderstood(answer.toString()).exception();
            }
            instances.add(new Instance(id, Json.text(node, imageField)));
        }
        return new Page(instances, count);
    }

    /**
     * Reads all pages of a list that the cloud numbers.
     *
     * @throws CloudException of kind {@link ErrorKind#UNAVAILABLE} if the list changes meanwhile
     */
    public static List<Instance> numbered(Reader reader) throws CloudException {
        return read(reader, 0);
    }

    /**
     * Reads all of a list that can be read from any entry on. Each page begins with the last entry of the one before:
     * otherwise an entry that is removed meanwhile would move another one to a page that is already read.
     *
     * @throws CloudException of kind {@link ErrorKind#UNAVAILABLE} if the list changes meanwhile
     */
    public static List<Instance> overlapping(Reader reader) throws CloudException {
        return read(reader, 1);
    }

    private static List<Instance> read(Reader reader, int overlap) throws CloudException {
        Map<String, Instance> all = new LinkedHashMap<>();
        String last = null;
        int total = 0;
        for (int number = 0; number < MOST; number++) {
            int offset = number == 0 ? 0 : all.size() - overlap;
            Page page = reader.read(number, offset);
            List<Instance> instances = page.instances();
            total = number == 0 ? page.total() : total;
            int repeated = number == 0 ? 0 : overlap;
            boolean continues = repeated == 0
                    || !instances.isEmpty() && instances.get(0).id().equals(last);
            if (page.total() != total || !continues) {
                throw changed(total, page.total());
            }
            int before = all.size();
            instances.forEach(instance -> all.putIfAbsent(instance.id(), instance));
            boolean distinct = all.size() == before + instances.size() - repeated;
            if (all.size() == total && distinct) {
                return List.copyOf(all.values());
            }
            if (!distinct || all.size() == before || all.size() > total) {
                throw changed(total, all.size());
            }
            last = instances.get(instances.size() - 1).id();
        }
        throw CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                .message(Messages.InstancePages_tooMany(total))
                .advice(Messages.InstancePages_force())
                .exception();
    }

    private static CloudException changed(int before, int now) {
        return CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE)
                .message(Messages.InstancePages_changed(before, now))
                .advice(Messages.Pages_again())
                .exception();
    }

    /** The ids of those that have an image, or do not tell which one they have. */
    public static List<String> using(List<Instance> instances, String imageId) {
        return instances.stream()
                .filter(instance -> instance.imageId() == null || imageId.equals(instance.imageId()))
                .map(Instance::id)
                .toList();
    }
}
