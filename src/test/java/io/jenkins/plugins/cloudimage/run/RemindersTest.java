package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often a long wait is heard of. */
class RemindersTest {
    private final VirtualTime time = new VirtualTime();
    private final List<Duration> heard = new ArrayList<>();
    private boolean goesOn = true;

    private void begin() {
        new Reminders(time, () -> goesOn, () -> heard.add(time.uptime())).begin();
    }

    @Test
    void fiftyMinutesAreNeverSilentForLongerThanFive() {
        begin();
        time.pass(Duration.ofMinutes(50));

        Duration last = Duration.ZERO;
        for (Duration next : heard) {
            assertTrue(next.minus(last).compareTo(Duration.ofMinutes(5)) <= 0, heard.toString());
            last = next;
        }
        assertTrue(Duration.ofMinutes(50).minus(last).compareTo(Duration.ofMinutes(5)) <= 0, heard.toString());
        assertEquals(12, heard.size(), "often at first, and not more often than needed: " + heard);
        assertEquals(Duration.ofSeconds(30), heard.get(0));
    }

    @Test
    void aWaitThatIsOverIsNotHeardOf() {
        begin();
        time.pass(Duration.ofMinutes(2));
        int before = heard.size();
        goesOn = false;

        time.pass(Duration.ofHours(1));

        assertEquals(before, heard.size());
    }
}
