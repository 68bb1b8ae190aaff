package io.jenkins.plugins.cloudimage.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads whole lists of what uses images, of which no entry may be missed: an image that looks unused is deleted. Whatever
 * leaves a doubt is a failure.
 */
public enum WholeList {
    /** A list of instances. */
    INSTANCES,
    /** A list of launch templates, of their versions, or of scaling configurations. */
    TEMPLATES;

    /** The maximum number of entries on a page. */
    public static final int PAGE = 100;

    /** More pages take too long and too many calls. */
    private static final int MOST = 200;

    /** What is listed. */
    public interface Entry {
        /** Identifies it in the list. */
        String id();
    }

    /**
     * One page.
     *
     * @param total the number of entries on all pages
     */
    public record Page<E extends Entry>(List<E> entries, int total) {}

    /** Asks the cloud for a page. */
    @FunctionalInterface
    public interface Reader<E extends Entry> {
        /**
         * @param number the page, 0 for the first
         * @param offset the number of entries before it
         */
        Page<E> read(int number, int offset) throws CloudException;
    }

    /** Reads an entry. */
    @FunctionalInterface
    public interface Parser<E extends Entry> {
        /**
         * @throws CloudException of kind {@link ErrorKind#UNAVAILABLE} if something is missing
         */
        E parse(String id, JsonNode node) throws CloudException;
    }

    /**
     * Reads a page.
     *
     * @param list the entries; may be missing if there are none
     * @param idField the field with the entry's id, a text or a number
     * @throws CloudException of kind {@link ErrorKind#UNAVAILABLE} if the response lacks the list or the number of entries,
     *     or an entry lacks its id
     */
    public static <E extends Entry> Page<E> page(
            JsonNode answer, JsonNode list, JsonNode total, String idField, Parser<E> parser) throws CloudException {
        int count = total.asInt(-1);
        boolean absent = list.isMissingNode() || list.isNull();
        if (count < 0 || !list.isArray() && !(absent && count == 0)) {
            throw Json.notUnderstood(answer.toString()).exception();
        }
        List<E> entries = new ArrayList<>();
        for (JsonNode node : list) {
            JsonNode number = node.path(idField);
            String id = number.isIntegralNumber() ? number.asText() : Json.id(node, idField);
            if (id == null) {
                throw Json.notUnderstood(answer.toString()).exception();
            }
            entries.add(parser.parse(id, node));
        }
        return new Page<>(entries, count);
    }

    /**
     * Reads all pages of a list that the cloud numbers.
     *
     * @throws CloudException of kind {@link ErrorKind#UNAVAILABLE} if the list changes meanwhile; of kind {@link
     *     ErrorKind#INVALID_REQUEST} if it is too long
     */
    public <E extends Entry> List<E> numbered(Reader<E> reader) throws CloudException {
        return read(reader, 0);
    }

    /**
     * Reads all of a list that can be read from any entry on. Each page begins with the last entry of the one before:
     * otherwise an entry that is removed meanwhile would move another one to a page that is already read.
     *
     * @throws CloudException as {@link #numbered} does
     */
    public <E extends Entry> List<E> overlapping(Reader<E> reader) throws CloudException {
        return read(reader, 1);
    }

    private <E extends Entry> List<E> read(Reader<E> reader, int overlap) throws CloudException {
        Map<String, E> all = new LinkedHashMap<>();
        String last = null;
        int total = 0;
        for (int number = 0; number < MOST; number++) {
            int offset = number == 0 ? 0 : all.size() - overlap;
            Page<E> page = reader.read(number, offset);
            List<E> entries = page.entries();
            total = number == 0 ? page.total() : total;
            int repeated = number == 0 ? 0 : overlap;
            boolean continues =
                    repeated == 0 || !entries.isEmpty() && entries.get(0).id().equals(last);
            if (page.total() != total || !continues) {
                throw changed(total, page.total());
            }
            int before = all.size();
            entries.forEach(entry -> all.putIfAbsent(entry.id(), entry));
            boolean distinct = all.size() == before + entries.size() - repeated;
            if (all.size() == total && distinct) {
                return List.copyOf(all.values());
            }
            if (!distinct || all.size() == before || all.size() > total) {
                throw changed(total, all.size());
            }
            last = entries.get(entries.size() - 1).id();
        }
        throw tooMany(total);
    }

    /** The failure of a list that is too long to be read. */
    public CloudException tooMany(int total) {
        CloudError error = CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE);
        return switch (this) {
            case INSTANCES ->
                error.message(Messages.WholeList_tooManyInstances(total))
                        .advice(Messages.WholeList_force())
                        .exception();
            case TEMPLATES ->
                error.message(Messages.WholeList_tooManyTemplates(total))
                        .advice(Messages.WholeList_accept())
                        .exception();
        };
    }

    private CloudException changed(int before, int now) {
        return CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE)
                .message(
                        this == INSTANCES
                                ? Messages.WholeList_instancesChanged(before, now)
                                : Messages.WholeList_templatesChanged(before, now))
                .advice(Messages.Pages_again())
                .exception();
    }
}
