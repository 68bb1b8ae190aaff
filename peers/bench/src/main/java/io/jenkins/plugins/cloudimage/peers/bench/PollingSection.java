package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.peers.bench.FakeAccount.Kind;
import io.jenkins.plugins.cloudimage.peers.bench.Polling.Cost;
import io.jenkins.plugins.cloudimage.peers.bench.Row.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * What waiting costs the account, and how long the news that an image is ready takes. The loops are Tencent's, whose limit
 * is the most generous.
 */
final class PollingSection implements Section {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FIVE = Duration.ofSeconds(5);
    private static final Duration TEN = Duration.ofSeconds(10);
    private static final double P50 = 1;
    private static final double P95 = 2;
    private static final List<Kind> GOALS = List.of(Kind.JD, Kind.TENCENT, Kind.ECS);
    private static final int MANY = 100;
    private static final double CALLS_OF_A_LOOP = 121;
    /** So many loops starve each other at the account's limit, and never end. */
    private static final int TOO_MANY = 1000;

    @Override
    public List<Row> measure(Effort effort) {
        List<Row> rows = new ArrayList<>();
        for (int count : effort.waits()) {
            Map<Kind, Cost> ours = new EnumMap<>(Kind.class);
            for (Kind kind : GOALS) {
                ours.put(kind, cost(kind, count, effort));
            }
            boolean loops = count < TOO_MANY;
            rows.addAll(rows(
                    count, ours, loops ? loops(count, FIVE, effort) : null, loops ? loops(count, TEN, effort) : null));
        }
        int last = effort.waits()[effort.waits().length - 1];
        int some = Math.min(last, MANY);
        for (Kind kind : List.of(Kind.ENS, Kind.QCLOUD)) {
            rows.add(beside(some + " waits, " + kind, cost(kind, some, effort)));
        }
        if (last >= TOO_MANY) {
            rows.add(beside("1,500 waits that start one after the other in 15 minutes, Tencent", staggered()));
        }
        return rows;
    }

    private static Cost cost(Kind kind, int count, Effort effort) {
        return often(count, effort, seed -> Polling.shared(kind, count, MINUTE, seed));
    }

    private static Cost loops(int count, Duration interval, Effort effort) {
        return often(count, effort, seed -> Polling.loops(Kind.TENCENT, count, MINUTE, seed, interval));
    }

    private static Cost staggered() {
        return Polling.shared(Kind.TENCENT, 1500, Duration.ofMinutes(15), 1);
    }

    /** Several runs of the smaller numbers, for one image alone says little. */
    private static Cost often(int count, Effort effort, LongFunction<Cost> run) {
        Cost cost = run.apply(0);
        for (int i = 1; i < effort.repeats() / count; i++) {
            cost = cost.plus(run.apply(i));
        }
        return cost;
    }

    private static List<Row> rows(int count, Map<Kind, Cost> ours, Cost five, Cost ten) {
        boolean wanted = count >= MANY;
        double loop = five == null ? CALLS_OF_A_LOOP : five.callsPerImage();
        double most =
                ours.values().stream().mapToDouble(Cost::callsPerImage).max().orElseThrow();
        boolean soon = ours.values().stream().allMatch(cost -> cost.lag(50) <= P50 && cost.lag(95) <= P95);
        String what = String.format(count == 1 ? "%,d wait within a minute" : "%,d waits within a minute", count);
        return List.of(
                new Row(
                        what + ": describe calls per image",
                        each(ours, cost -> Row.number(cost.callsPerImage())),
                        "5 s loop " + Row.number(loop),
                        Row.times(loop / most),
                        "",
                        "",
                        Verdict.NONE),
                new Row(
                        what + ": throttled answers",
                        each(ours, cost -> Integer.toString(cost.throttled())),
                        five == null ? "" : "5 s loop " + Row.number(five.throttled()),
                        "",
                        "",
                        "0",
                        Verdict.of(ours.values().stream().allMatch(cost -> cost.throttled() == 0))),
                new Row(
                        what + ": ready → told, s, p50 / p95",
                        each(ours, PollingSection::lag),
                        five == null ? "" : "5 s loop " + lag(five) + ", 10 s loop " + lag(ten),
                        "",
                        "",
                        wanted ? "≤ 1 / ≤ 2" : "",
                        wanted ? Verdict.of(soon) : Verdict.NONE));
    }

    private static String each(Map<Kind, Cost> costs, Function<Cost, String> text) {
        return costs.entrySet().stream()
                .map(entry -> entry.getKey() + " " + text.apply(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static Row beside(String what, Cost cost) {
        return Row.beside(
                what + ": calls per image; ready → told",
                Row.number(cost.callsPerImage()) + "; " + lag(cost) + "; " + cost.throttled() + " throttled",
                "",
                "",
                "");
    }

    private static String lag(Cost cost) {
        return Row.number(cost.lag(50)) + " / " + Row.number(cost.lag(95));
    }
}
