package io.jenkins.plugins.cloudimage.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final RateLimiter rate = new RateLimiter(10);

    private static Duration at(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    @Test
    void callsAreSpacedAtHalfTheDocumentedRate() {
        rate.sent(at(5), 1);
        assertEquals(at(5.2), rate.free());
        rate.sent(at(7), 1);
        assertEquals(at(7.2), rate.free());
    }

    @Test
    void aListInSeveralPagesTakesTheRoomOfSeveralCalls() {
        rate.sent(at(5), 4);

        assertEquals(at(5.8), rate.free());
    }

    @Test
    void aRateMayBeLessThanOneInASecond() {
        RateLimiter slow = new RateLimiter(100 / 60.0);
        slow.sent(at(0), 1);

        assertEquals(at(1.2), slow.free());
    }

    @Test
    void aRestIsNeverCutShort() {
        rate.rest(at(60));
        rate.sent(at(5), 1);

        assertEquals(at(60), rate.free());
    }

    @Test
    void eachThrottledAnswerDoublesTheRestUpToHalfOfTheInterval() {
        for (double rest : new double[] {0.625, 1.25, 2.5, 5, 5}) {
            rate.throttled(at(100 * rest), INTERVAL, null, 1);
            assertEquals(at(100 * rest + rest), rate.free());
        }
    }

    @Test
    void theCloudsOwnWishIsGrantedWithinReason() {
        rate.throttled(at(0), INTERVAL, at(90), 1);
        assertEquals(at(90), rate.free());
        rate.throttled(at(100), INTERVAL, at(1), 1);
        assertEquals(at(101.25), rate.free());
        rate.throttled(at(200), INTERVAL, Duration.ofDays(1), 1);
        assertEquals(at(500), rate.free());
    }

    @Test
    void jitterOnlyProlongsARest() {
        rate.throttled(at(0), INTERVAL, at(90), 1.1);

        assertEquals(at(99), rate.free());
    }

    @Test
    void eachGoodAnswerHalvesTheNextRest() {
        rate.throttled(at(0), INTERVAL, null, 1);
        rate.throttled(at(0), INTERVAL, null, 1);
        rate.throttled(at(0), INTERVAL, null, 1);
        rate.answered();
        rate.answered();
        rate.throttled(at(100), INTERVAL, null, 1);

        assertEquals(at(101.25), rate.free());
    }

    @Test
    void aRestDoesNotSlowTheCallsAfterIt() {
        rate.throttled(at(0), INTERVAL, null, 1);
        rate.sent(at(100), 1);

        assertEquals(at(100.2), rate.free());
    }
}
