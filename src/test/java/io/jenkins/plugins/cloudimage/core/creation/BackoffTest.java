package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final CloudError BUSY = CloudError.of(ErrorKind.BUSY, SideEffect.NONE);
    private final Backoff backoff = new Backoff(new Random(1));

    @ParameterizedTest
    @CsvSource({"1,2", "2,4", "3,8", "4,16", "5,32", "6,60", "7,60", "1000,60"})
    void pausesGrowToAMinuteGiveOrTakeAFifth(int failures, int seconds) {
        for (int i = 0; i < 100; i++) {
            long millis = backoff.after(failures, BUSY).toMillis();

            assertTrue(millis >= seconds * 800L && millis <= seconds * 1200L, millis + " ms");
        }
    }

    @Test
    void theCloudsWishCountsWhereItIsLonger() {
        assertEquals(Duration.ofSeconds(90), backoff.after(1, BUSY.retryAfter(Duration.ofSeconds(90))));
        assertTrue(backoff.after(6, BUSY.retryAfter(Duration.ofSeconds(1))).compareTo(Duration.ofSeconds(48)) >= 0);
    }

    @Test
    void noWishIsGrantedForMoreThanFiveMinutes() {
        assertEquals(Duration.ofSeconds(299), backoff.after(1, BUSY.retryAfter(Duration.ofSeconds(299))));
        assertEquals(Duration.ofMinutes(5), backoff.after(1, BUSY.retryAfter(Duration.ofDays(11))));
    }
}
