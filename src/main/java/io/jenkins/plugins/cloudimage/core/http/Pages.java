package io.jenkins.plugins.cloudimage.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Reads lists of images that clouds return in pages. */
public final class Pages {
    /** The maximum number of pages; more take too long and too many calls. */
    private static final int MOST = 100;
    /** The number of entries on that many pages of 100. */
    private static final int MOST_ENTRIES = 10_000;

    private Pages() {}

    /**
     * One page.
     *
     * @param size the number of entries on the page
     * @param total the number of entries on all pages
     */
    public record Page(List<CloudImage> images, int size, int total) {}

    /** Asks the cloud for a page. */
    @FunctionalInterface
    public interface Reader {
        /**
         * @param number the page, 0 for the first
         */
        Page read(int number) throws CloudException;
    }

    /** Reads an entry of a list. */
    @FunctionalInterface
    public interface Entry {
        /**
         * @return the image, or null to skip the entry
         */
        @CheckForNull
        CloudImage image(JsonNode node);
    }

    /**
     * Reads a page. Entries without a valid id are skipped.
     *
     * @param list the entries; may be missing if there are none
     * @param total the number of entries on all pages
     * @throws CloudException if the response contains neither a list nor a number of entries, so that something else
     *     has answered
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
     * Reads a list of which no entry may be missed. An entry that is removed while the list is read moves the following
     * ones, so that one may be on no page.
     *
     * @return a reader that fails with {@link ErrorKind#UNAVAILABLE} if the number of entries changes between two pages
     */
    public static Reader unchanged(Reader reader) {
        AtomicInteger first = new AtomicInteger();
        return number -> {
            Page page = reader.read(number);
            if (number == 0) {
                first.set(page.total());
            }
            if (page.total() != first.get() || page.size() == 0 && page.total() > 0) {
                throw CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE)
                        .message(Messages.Pages_changed(first.get(), page.total()))
                        .advice(Messages.Pages_again())
                        .exception();
            }
            return page;
        };
    }

    /**
     * Reads pages until the list ends or enough images were found.
     *
     * @param enough the number of images after which to stop
     * @throws CloudException if a call fails; of kind {@link ErrorKind#INVALID_REQUEST} if there are too many entries
     *     to read them all; of kind {@link ErrorKind#UNAVAILABLE} if the list is longer or shorter than the cloud says
     */
    public static List<CloudImage> find(Reader reader, Predicate<CloudImage> wanted, int enough) throws CloudException {
        List<CloudImage> found = new ArrayList<>();
        int seen = 0;
        for (int number = 0; number < MOST; number++) {
            Page page = reader.read(number);
            if (number == 0 && page.total() > MOST_ENTRIES && enough == Integer.MAX_VALUE) {
                throw CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
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
