package io.jenkins.plugins.cloudimage.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.longs;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    @Test
    void oneImageGivesAWideWindow() {
        assertEquals(new Window(seconds(520), seconds(680)), Window.of(List.of(seconds(600))));
    }

    @Test
    void manyImagesGiveANarrowOne() {
        List<Duration> twenty = Collections.nCopies(20, seconds(600));

        assertEquals(new Window(seconds(577), seconds(623)), Window.of(twenty));
    }

    @Test
    void allThatWasSeenIsInTheWindow() {
        qt().forAll(lists().of(longs().between(1, 10_000_000)).ofSizeBetween(1, 20))
                .checkAssert(millis -> {
                    Window window =
                            Window.of(millis.stream().map(Duration::ofMillis).toList());
                    assertTrue(window.from().compareTo(Duration.ofMillis(Collections.min(millis))) < 0);
                    assertTrue(window.to().compareTo(Duration.ofMillis(Collections.max(millis))) > 0);
                });
    }
}
