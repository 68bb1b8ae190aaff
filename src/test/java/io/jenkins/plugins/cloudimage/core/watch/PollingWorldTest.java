package io.jenkins.plugins.cloudimage.core.watch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.simulator.PollingWorld;
import io.jenkins.plugins.cloudimage.simulator.PollingWorld.Cost;
import io.jenkins.plugins.cloudimage.simulator.PollingWorld.Scenario;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What waiting costs, and how long news takes, in the worlds of the table in docs/performance.md. Nothing here is measured. */
class PollingWorldTest {
    private static final long SEED = 1;

    @ParameterizedTest
    @FieldSource("io.jenkins.plugins.cloudimage.simulator.PollingWorld#SCENARIOS")
    void newsComesSoonAndCostsLittle(Scenario scenario) {
        int images = Math.max(100, 2 * scenario.atOnce());
        Cost ours = PollingWorld.plugin(scenario, images, SEED);
        Cost loop = PollingWorld.loop(scenario, images, SEED);
        String report = String.format(
                "%s: p50 %.2f s, p95 %.2f s, %.1f calls, %d in a second; loop p50 %.2f s, p95 %.2f s, %.1f calls",
                scenario.title(),
                ours.lag(50),
                ours.lag(95),
                ours.calls(),
                ours.mostInASecond(),
                loop.lag(50),
                loop.lag(95),
                loop.calls());
        System.out.println(report);

        if (scenario.atOnce() > 1) {
            assertTrue(ours.lag(50) <= 1 && ours.lag(95) <= 2 && ours.calls() <= 1.6, report);
        } else if (scenario.throttled() > 0) {
            double most = Map.of(0.05, 2.0, 0.3, 8.0, 0.8, 90.0).get(scenario.throttled());
            assertTrue(ours.lag(95) <= most && ours.calls() < loop.calls(), report);
        } else if (scenario.earlier()) {
            boolean sooner = ours.lag(50) < loop.lag(50) && ours.lag(95) < loop.lag(95);
            // Durations that are widely scattered help little, and cost as many calls as the loop.
            assertTrue(sooner && ours.calls() < 1.05 * loop.calls(), report);
        } else {
            assertTrue(ours.lag(50) <= 2.5 && ours.lag(95) <= 4 && ours.calls() <= 165, report);
        }
    }
}
