package io.jenkins.plugins.cloudimage.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Rate rate = new Rate(10);

    private static Duration at(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    @Test
    void callsAreSpacedAtHalfTheDocumentedRate() {
        rate.left(at(5), 1);
        assertEquals(at(5.2), rate.free());
        rate.left(at(7), 1);
        assertEquals(at(7.2), rate.free());
    }

    @Test
    void aListInSeveralPagesTakesTheRoomOfSeveralCalls() {
        rate.left(at(5), 4);

        assertEquals(at(5.8), rate.free());
    }

    @Test
    void aRateMayBeLessThanOneInASecond() {
        Rate slow = new Rate(100 / 60.0);
        slow.left(at(0), 1);

        assertEquals(at(1.2), slow.free());
    }

    @Test
    void aRestIsNeverCutShort() {
        rate.rest(at(60));
        rate.left(at(5), 1);

        assertEquals(at(60), rate.free());
    }

    @Test
    void aThrottledAnswerDoublesAllPausesAtOnceUpToEightfold() {
        for (int factor = 2; factor <= 8; factor *= 2) {
            rate.throttled(at(0), INTERVAL, null, 1);
            assertEquals(INTERVAL.multipliedBy(factor), rate.slowed(INTERVAL));
            assertEquals(INTERVAL.multipliedBy(factor), rate.free());
        }
        rate.throttled(at(0), INTERVAL, null, 1);
        assertEquals(at(80), rate.slowed(INTERVAL));

        rate.left(at(100), 1);
        assertEquals(at(101.6), rate.free());
    }

    @Test
    void theCloudsOwnWishIsGrantedWithinReason() {
        rate.throttled(at(0), INTERVAL, at(90), 1);
        assertEquals(at(90), rate.free());
        rate.throttled(at(100), INTERVAL, at(1), 1);
        assertEquals(at(140), rate.free());
        rate.throttled(at(200), INTERVAL, Duration.ofDays(1), 1);
        assertEquals(at(500), rate.free());
    }

    @Test
    void jitterOnlyProlongsARest() {
        rate.throttled(at(0), INTERVAL, at(90), 1.1);

        assertEquals(at(99), rate.free());
    }

    @Test
    void itRecoversByAQuarterAtATime() {
        rate.throttled(at(0), INTERVAL, null, 1);
        rate.answered(at(19.9), INTERVAL);
        assertEquals(at(20), rate.slowed(INTERVAL));
        rate.answered(at(20), INTERVAL);
        assertEquals(at(15), rate.slowed(INTERVAL));
        rate.answered(at(34.9), INTERVAL);
        assertEquals(at(15), rate.slowed(INTERVAL));
        rate.answered(at(35), INTERVAL);
        assertEquals(at(11.25), rate.slowed(INTERVAL));
        rate.answered(at(60), INTERVAL);
        assertEquals(INTERVAL, rate.slowed(INTERVAL));
    }

    @Test
    void aLongIntervalIsNotProlonged() {
        Duration long7 = Duration.ofMinutes(7);
        rate.throttled(at(0), long7, null, 1);

        assertEquals(long7, rate.slowed(long7));
        assertTrue(rate.slowed(Duration.ofMinutes(4)).compareTo(Rate.LONGEST_PAUSE) <= 0);
    }
}
