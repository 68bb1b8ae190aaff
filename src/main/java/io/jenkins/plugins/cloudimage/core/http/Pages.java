package io.jenkins.plugins.cloudimage.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Reads the lists of images that clouds hand out in pages. */
public final class Pages {
    /** More pages than this take too long and too many calls. */
    private static final int MOST = 100;
    /** What that many pages hold where a page has a hundred. */
    private static final int MOST_ENTRIES = 10_000;

    private Pages() {}

    /**
     * One page.
     *
     * @param size how many entries it has
     * @param total how many entries there are on all pages
     */
    public record Page(List<CloudImage> images, int size, int total) {}

    /** Asks the cloud for a page. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Asks for it.
         *
         * @param number the page, 0 for the first
         */
        Page read(int number) throws CloudException;
    }

    /** Understands an entry of a list. */
    @FunctionalInterface
    public interface Entry {
        /**
         * Reads it.
         *
         * @return the image, or null to pass it over
         */
        @CheckForNull
        CloudImage image(JsonNode node);
    }

    /**
     * Understands a page. Entries without a proper id are no images and are passed over.
     *
     * @param list the entries in it; may be missing where there are none
     * @param total how many there are on all pages
     * @throws CloudException if there is no list and no number of entries either: then something else has answered
     */
    public static Page page(JsonNode answer, JsonNode list, JsonNode total, String idField, Entry entry)
            throws CloudException {
        int count = total.asInt(-1);
        boolean absent = list.isMissingNode() || list.isNull();
        if (!list.isArray() && !(absent && count == 0)) {
            throw Json.notUnderstood(answer.toString()).exception();
        }
        List<CloudImage> images = new ArrayList<>();
        for (JsonNode node : list) {
            CloudImage image = Json.isId(node.path(idField)) ? entry.image(node) : null;
            if (image != null) {
                images.add(image);
            }
        }
        return new Page(images, list.size(), count);
    }

    /**
     * Reads page after page until the list ends or enough was found.
     *
     * @param enough how many of them are enough
     * @throws CloudException when a call failed; of kind {@link ErrorKind#INVALID_REQUEST} when there are too many entries
     *     to read them all; of kind {@link ErrorKind#UNAVAILABLE} when the list does not end where it says
     */
    public static List<CloudImage> find(Reader reader, Predicate<CloudImage> wanted, int enough) throws CloudException {
        List<CloudImage> found = new ArrayList<>();
        int seen = 0;
        for (int number = 0; number < MOST; number++) {
            Page page = reader.read(number);
            if (number == 0 && page.total() > MOST_ENTRIES && enough == Integer.MAX_VALUE) {
                throw CloudError.of(ErrorKind.INVALID_REQUEST, Acted.NO)
                        .message(Messages.Pages_tooMany(page.total(), MOST_ENTRIES))
                        .advice(Messages.Pages_delete())
                        .exception();
            }
            page.images().stream().filter(wanted).forEach(found::add);
            seen += page.size();
            if (page.size() == 0 || seen >= page.total() || found.size() >= enough) {
                return found;
            }
        }
        throw Json.notUnderstood(Messages.Pages_endless(seen)).exception();
    }
}
