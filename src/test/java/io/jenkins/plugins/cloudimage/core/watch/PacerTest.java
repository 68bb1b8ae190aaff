package io.jenkins.plugins.cloudimage.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacerTest {
    private final VirtualTime time = new VirtualTime();
    private final Pacer pacer = new Pacer(time);
    private final CloudConnection account = account("a");

    private static CloudConnection account(String key) {
        return new CloudConnection("x", URI.create("https://cloud"), "r", new AccessKey(key, "s", null));
    }

    @Test
    void callsAreSpacedEvenly() {
        for (int i = 0; i < 100; i++) {
            assertEquals(Duration.ofMillis(100L * i), pacer.reserve(account, 10));
        }
    }

    @Test
    void aPauseIsNotSavedUp() {
        pacer.reserve(account, 10);
        time.pass(Duration.ofHours(1));

        assertEquals(Duration.ZERO, pacer.reserve(account, 10));
        assertEquals(Duration.ofMillis(100), pacer.reserve(account, 10));
        time.pass(Duration.ofMillis(150));
        assertEquals(Duration.ofMillis(50), pacer.reserve(account, 10));
    }

    @Test
    void accountsDoNotWaitForEachOther() {
        pacer.reserve(account, 10);

        assertEquals(Duration.ZERO, pacer.reserve(account("b"), 10));
        assertEquals(Duration.ofMillis(100), pacer.reserve(account("a"), 10));
    }

    @Test
    void aWallClockThatIsSetBackHoldsUpNobody() {
        pacer.reserve(account, 10);
        time.setClock(time.instant().minus(Duration.ofDays(1)));

        assertEquals(Duration.ofMillis(100), pacer.reserve(account, 10));
    }

    @Test
    void aRateMayBeLessThanOneInASecond() {
        pacer.reserve(account, 100.0 / 60);

        assertEquals(Duration.ofMillis(600), pacer.reserve(account, 100.0 / 60));
    }
}
