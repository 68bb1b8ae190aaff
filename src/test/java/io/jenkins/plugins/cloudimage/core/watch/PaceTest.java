package io.jenkins.plugins.cloudimage.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration USUAL = Duration.ofSeconds(600);

    private final Pace pace = new Pace(Duration.ofSeconds(10));

    private double seconds(double age, Duration usual, int waits) {
        return pace.pause(Duration.ofMillis((long) (age * 1000)), usual, waits).toMillis() / 1000.0;
    }

    @Test
    void anImageThatHasJustBegunIsAskedForSlowly() {
        assertEquals(10, seconds(0, USUAL, 1));
        assertEquals(10, seconds(0, USUAL, 1000));
        assertEquals(10, seconds(530, USUAL, 1));
    }

    @Test
    void theFirstQuickLookIsNotMissed() {
        assertEquals(5, seconds(535, USUAL, 1));
        assertEquals(2.5, seconds(537.5, USUAL, 1));
    }

    @Test
    void anImageThatIsLikelyToFinishIsAskedForQuickly() {
        assertEquals(2, seconds(538, USUAL, 1));
        assertEquals(2, seconds(600, USUAL, 1000));
        assertEquals(2, seconds(659.9, USUAL, 1));
    }

    @Test
    void anImageThatIsOverdueIsAskedForAsIfNothingWereKnown() {
        assertEquals(10, seconds(660, USUAL, 1));
        assertEquals(6, seconds(660, USUAL, 10));
    }

    @Test
    void whileNothingIsKnownManyAreAskedForMoreOftenThanFew() {
        assertEquals(10, seconds(0, null, 9));
        assertEquals(6, seconds(0, null, 10));
        assertEquals(6, seconds(5000, null, 10));
    }

    @Test
    void noPauseIsShorterThanASecondUnlessTheIntervalIs() {
        assertEquals(Duration.ofMillis(1200), new Pace(Duration.ofSeconds(6)).quick());
        assertEquals(Duration.ofSeconds(1), new Pace(Duration.ofSeconds(4)).quick());
        assertEquals(Duration.ofSeconds(1), new Pace(Duration.ofSeconds(1)).quick());
        assertEquals(Duration.ofMillis(50), new Pace(Duration.ofMillis(50)).quick());
        assertEquals(Duration.ofSeconds(120), new Pace(Duration.ofSeconds(600)).quick());
    }
}
