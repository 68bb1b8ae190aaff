package io.jenkins.plugins.cloudimage.core.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageGroupTest {
    @ParameterizedTest
    @CsvSource({
        "web-12, 12, web-*",
        "web-0012, 12, web-*",
        "12-web, 12, *-web",
        "web, 12, web",
        "web-12-2, 12, web-*-2",
        "web-20261129-12, 12, web-*-*",
        "web-2026-11-29-12, 12, web-*-*",
        "web-20261129T1230, 12, web-*",
        "web-20261129123059, 12, web-*",
        "web-1-7, 7, web-1-*",
        "web-2-2, 2, web-2-*",
        "web2-12, 12, web2-*",
        "web-112, 12, web-112",
    })
    void aNameStandsForItsSeries(String name, int number, String text) {
        assertEquals("name:" + text, ImageGroup.series(null, name, number));
    }

    /** What is grouped wrongly is deleted too early. */
    @ParameterizedTest
    @CsvSource({
        "web-1.24, web-1.25",
        "web-10002345, web-10002346",
        "web-20269129, web-20269130",
        "web-20261129-8080, web-20261129-8081",
        "web-3f2a9c1, web-77aa01b"
    })
    void whatIsNeitherDateNorNumberOfTheBuildTellsNamesApart(String one, String other) {
        assertNotEquals(ImageGroup.series(null, one, 7), ImageGroup.series(null, other, 8));
    }

    @Test
    void aFamilyCountsMoreThanTheName() {
        assertEquals("family:web", ImageGroup.series("web", "db-7", 7));
        assertEquals("name:db-*", ImageGroup.series(" ", "db-7", 7));
    }

    @Test
    void aFamilyIsNeverTakenForAName() {
        assertNotEquals(ImageGroup.series("web", "db", 7), ImageGroup.series(null, "web", 7));
    }

    @Test
    void copiesAreNeverTakenForImagesNorForCopiesFromElsewhere() {
        String name = ImageGroup.series(null, "web-7", 7);
        String family = ImageGroup.series("web", "web-7", 7);
        Set<String> all = Set.of(
                name,
                family,
                ImageGroup.copied(name, "a"),
                ImageGroup.copied(name, "b"),
                ImageGroup.copied(family, "a"));
        assertEquals(5, all.size());
        assertEquals("web-*", new ImageGroup("job", "a", "c", null, "r", ImageGroup.copied(name, "a")).text());
    }

    @Test
    void peopleReadTheSeriesWithoutItsKind() {
        assertEquals("web-*", new ImageGroup("job", "a", "c", null, "r", "name:web-*").text());
    }
}
