package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.peers.bench.Row.Verdict;
import io.jenkins.plugins.cloudimage.simulator.PollingWorld;
import io.jenkins.plugins.cloudimage.simulator.PollingWorld.Cost;
import io.jenkins.plugins.cloudimage.simulator.PollingWorld.Scenario;
import java.util.List;

/**
 * What users feel: the time from an image that is ready in the cloud to a step that knows it, on a clock that jumps, beside
 * a loop for each image that asks every five seconds.
 */
final class LatencySection implements Section {
    private static final int IMAGES = 200;
    private static final long SEED = 7;

    @Override
    public List<Row> measure(Effort effort) {
        return PollingWorld.SCENARIOS.stream().map(LatencySection::row).toList();
    }

    private static Row row(Scenario scenario) {
        int images = Math.max(IMAGES, 2 * scenario.atOnce());
        Cost ours = PollingWorld.plugin(scenario, images, SEED);
        Cost loop = PollingWorld.loop(scenario, images, SEED);
        String metric = scenario.title() + ": ready → told, s, p50 / p95; calls per image";
        String goal = goal(scenario);
        return new Row(
                metric,
                text(ours),
                "5 s loop " + text(loop),
                Row.times(loop.lag(50) / ours.lag(50)),
                "",
                goal,
                goal.isEmpty() ? Verdict.NONE : Verdict.of(isMet(scenario, ours, loop)));
    }

    private static String goal(Scenario scenario) {
        if (scenario.atOnce() > 1) {
            return "≤ 1 / ≤ 2";
        }
        if (scenario.throttled() > 0) {
            return scenario.throttled() == 0.05 ? "p95 ≤ 2" : scenario.throttled() == 0.3 ? "p95 ≤ 8" : "";
        }
        return scenario.earlier() ? "better than the loop" : "≤ 2.5 / ≤ 4; ≤ 165";
    }

    private static boolean isMet(Scenario scenario, Cost ours, Cost loop) {
        if (scenario.atOnce() > 1) {
            return ours.lag(50) <= 1 && ours.lag(95) <= 2;
        }
        if (scenario.throttled() > 0) {
            return ours.lag(95) <= (scenario.throttled() == 0.05 ? 2 : 8);
        }
        return scenario.earlier()
                ? ours.lag(50) < loop.lag(50) && ours.lag(95) < loop.lag(95) && ours.calls() < loop.calls()
                : ours.lag(50) <= 2.5 && ours.lag(95) <= 4 && ours.calls() <= 165;
    }

    private static String text(Cost cost) {
        return Row.number(cost.lag(50)) + " / " + Row.number(cost.lag(95)) + "; " + Row.number(cost.calls());
    }
}
