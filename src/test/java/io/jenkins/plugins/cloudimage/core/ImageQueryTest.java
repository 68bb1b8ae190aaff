package io.jenkins.plugins.cloudimage.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageQueryTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static CloudImage image(String id, Instant created) {
        return new CloudImage(id, "web-1", ImageState.READY, "ready", null, created, null, null);
    }

    @Test
    void theNewestIsTheSameInWhateverOrderTheCloudListsImages() {
        List<CloudImage> images = new ArrayList<>(List.of(
                image("img-9", null),
                image("img-1", NOON.minusSeconds(1)),
                image("img-3", NOON),
                image("img-2", NOON)));

        for (int i = 0; i < images.size(); i++) {
            Collections.rotate(images, 1);
            assertEquals("img-3", ImageQuery.newest(images).orElseThrow().id());
        }
        assertEquals(
                "img-9",
                ImageQuery.newest(List.of(image("img-9", null), image("img-8", null)))
                        .orElseThrow()
                        .id());
        assertEquals(Optional.empty(), ImageQuery.newest(List.of()));
    }

    @Test
    void aTagIsAKeyWithOrWithoutItsValue() {
        assertEquals(new TagFilter("env", "prod"), TagFilter.of(" env = prod "));
        assertEquals(new TagFilter("env", null), TagFilter.of("env"));
        assertEquals(new TagFilter("env", ""), TagFilter.of("env="));
        assertEquals(new TagFilter("env", "a=b"), TagFilter.of("env=a=b"));
        assertEquals("env=a=b", TagFilter.of("env=a=b").toString());
        assertTrue(TagFilter.of("env").matches(Map.of("env", "prod")));
        assertFalse(TagFilter.of("env=").matches(Map.of("env", "prod")));
    }
}
