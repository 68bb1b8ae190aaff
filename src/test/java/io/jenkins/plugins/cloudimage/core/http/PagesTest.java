package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final int SIZE = 100;

    private final AtomicInteger calls = new AtomicInteger();

    /** A list of so many images; each tenth is called web. */
    private Pages.Reader list(int total) {
        return number -> {
            calls.incrementAndGet();
            List<CloudImage> images = IntStream.range(number * SIZE, Math.min(total, (number + 1) * SIZE))
                    .mapToObj(i -> new CloudImage(
                            "img-" + i, i % 10 == 0 ? "web" : "db", ImageState.READY, "ready", null, null, null, null))
                    .toList();
            return new Pages.Page(images, images.size(), total);
        };
    }

    private static List<CloudImage> find(Pages.Reader reader, int enough) throws CloudException {
        return Pages.find(reader, image -> image.name().equals("web"), enough);
    }

    @Test
    void readsAllPagesOfTenThousandImages() throws CloudException {
        assertEquals(1000, find(list(10_000), Integer.MAX_VALUE).size());
        assertEquals(100, calls.get());
    }

    @Test
    void readsNoMorePagesThanAreNeeded() throws CloudException {
        assertEquals(List.of(), find(list(0), Integer.MAX_VALUE));
        assertEquals(1, calls.get());
        assertEquals(20, find(list(50_000), 12).size());
        assertEquals(3, calls.get());
    }

    @Test
    void aListThatMustBeWholeIsNotUsedIfItChangesBetweenTwoPages() throws CloudException {
        assertEquals(25, find(Pages.unchanged(list(250)), Integer.MAX_VALUE).size());
        assertEquals(0, find(Pages.unchanged(list(0)), Integer.MAX_VALUE).size());
        Pages.Reader shrinks =
                number -> number == 0 ? list(250).read(0) : list(249).read(number);
        Pages.Reader endsEarly = number -> number < 2 ? list(250).read(number) : new Pages.Page(List.of(), 0, 250);

        for (Pages.Reader changing : List.of(shrinks, endsEarly)) {
            CloudError error = assertThrows(
                            CloudException.class, () -> find(Pages.unchanged(changing), Integer.MAX_VALUE))
                    .error();
            assertEquals(ErrorKind.UNAVAILABLE, error.kind());
            assertEquals(SideEffect.NONE, error.sideEffect());
        }
    }

    @Test
    void moreThanTenThousandImagesAreRefusedAtOnceWithTheWayOut() {
        CloudError error = assertThrows(CloudException.class, () -> find(list(10_001), Integer.MAX_VALUE))
                .error();

        assertEquals(1, calls.get());
        assertEquals(ErrorKind.INVALID_REQUEST, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
        assertEquals(
                "The cloud lists 10001 images with similar names; the plugin searches at most 10000", error.message());
        assertTrue(error.advice().startsWith("Delete unused images"), error.advice());
    }

    @Test
    void aListThatGrowsWhileItIsReadIsLeft() {
        Pages.Reader growing = number -> {
            Pages.Page page = list(Integer.MAX_VALUE).read(number);
            return new Pages.Page(page.images(), page.size(), (number + 2) * SIZE);
        };

        CloudError error = assertThrows(CloudException.class, () -> find(growing, Integer.MAX_VALUE))
                .error();

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(100, calls.get());
    }
}
