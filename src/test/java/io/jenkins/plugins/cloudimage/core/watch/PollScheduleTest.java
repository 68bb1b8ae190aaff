package io.jenkins.plugins.cloudimage.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollScheduleTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    /** From 570 to 630 seconds. */
    private static final Window LIKELY = new Window(Duration.ofSeconds(570), Duration.ofSeconds(630));

    private final PollSchedule pace = new PollSchedule(INTERVAL);

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    private double pause(double age, Window window) {
        return pace.pause(seconds(age), window).toMillis() / 1000.0;
    }

    @Test
    void aYoungImageIsAskedForAtTheIntervalAndThenAtTheBeginningOfItsWindow() {
        assertEquals(10, pause(0, LIKELY));
        assertEquals(10, pause(555, LIKELY));
        assertEquals(5, pause(565, LIKELY));
        assertEquals(1, pause(569.9, LIKELY));
    }

    @Test
    void withinTheWindowSixtyLooksAreEnoughButNeitherTooManyNorTooFew() {
        assertEquals(1, pause(600, LIKELY));
        assertEquals(2, pause(600, new Window(seconds(540), seconds(660))));
        assertEquals(4, pause(600, new Window(seconds(100), seconds(2000))));
        assertEquals(1, pause(600, new Window(seconds(599), seconds(601))));
    }

    @Test
    void anImageThatIsOverdueOrNewIsAskedForByItsAge() {
        assertEquals(10, pause(59, null));
        assertEquals(4, pause(60, null));
        assertEquals(5, pause(1500, null));
        assertEquals(10, pause(5000, null));
        assertEquals(4, pause(631, LIKELY));
    }

    @Test
    void allPausesFollowTheInterval() {
        assertEquals(Duration.ofMinutes(2), new PollSchedule(Duration.ofMinutes(2)).pause(Duration.ZERO, null));
        assertEquals(seconds(48), new PollSchedule(Duration.ofMinutes(2)).pause(Duration.ofMinutes(5), null));
        assertEquals(Duration.ofSeconds(1), pace.spacing());
        assertEquals(Duration.ofMillis(10), new PollSchedule(Duration.ofMillis(50)).spacing());
    }

    @Test
    void noPauseIsEverLongerThanTheIntervalOrShorterThanATenthOfIt() {
        qt().forAll(longs().between(0, 10_000_000), longs().between(1, 6_000_000), longs().between(1, 6_000_000))
                .checkAssert((age, one, other) -> {
                    Window window = Window.of(List.of(Duration.ofMillis(one), Duration.ofMillis(other)));
                    for (Window known : new Window[] {null, window}) {
                        Duration pause = pace.pause(Duration.ofMillis(age), known);
                        assertTrue(pause.compareTo(INTERVAL) <= 0, pause.toString());
                        assertTrue(pause.compareTo(INTERVAL.dividedBy(10)) >= 0, pause.toString());
                    }
                });
    }
}
