package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.peers.bench.SigningBenchmark.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What a signature costs. Alibaba's SDK draws its nonce where nobody can give it one, so what drawing one costs us is added
 * to our side before it is compared with that SDK.
 */
final class SigningSection implements Section {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private record Cost(double nanos, double bytes) {}

    @Override
    public List<Row> measure(Effort effort) throws RunnerException {
        Map<String, Cost> costs = new HashMap<>();
        for (RunResult result : Jmh.run(
                Jmh.options(effort, SigningBenchmark.class.getName() + ".sign").addProfiler(GCProfiler.class))) {
            costs.put(
                    key(
                            result.getParams().getParam("scheme"),
                            result.getParams().getParam("side")),
                    cost(result));
        }
        Cost nonce = cost(Jmh.run(Jmh.options(effort, SigningBenchmark.Nonce.class.getCanonicalName())
                        .addProfiler(GCProfiler.class))
                .iterator()
                .next());
        List<Row> rows = new ArrayList<>();
        for (Scheme scheme : Scheme.values()) {
            Cost ours = costs.get(key(scheme.name(), Side.OURS.name()));
            Cost sdk = costs.get(key(scheme.name(), Side.SDK.name()));
            Cost floor = costs.get(key(scheme.name(), Side.FLOOR.name()));
            Cost alike = scheme.drawsNonce() ? new Cost(ours.nanos + nonce.nanos, ours.bytes + nonce.bytes) : ours;
            double faster = sdk.nanos / alike.nanos;
            String what = "sign + body, " + scheme;
            rows.add(Row.beside(
                    what + ", ns",
                    Row.number(ours.nanos) + (scheme.drawsNonce() ? " + nonce " + Row.number(nonce.nanos) : ""),
                    scheme.sdk + " " + Row.number(sdk.nanos),
                    Row.times(faster),
                    "JDK digests " + Row.number(floor.nanos)));
            rows.add(Row.beside(
                    what + ", bytes allocated",
                    Row.number(alike.bytes),
                    scheme.sdk + " " + Row.number(sdk.bytes),
                    Row.times(sdk.bytes / alike.bytes),
                    "JDK digests " + Row.number(floor.bytes)));
        }
        return rows;
    }

    private static String key(String scheme, String side) {
        return scheme + " " + side;
    }

    private static Cost cost(RunResult result) {
        return new Cost(
                result.getPrimaryResult().getScore(),
                result.getSecondaryResults().get(ALLOCATION).getScore());
    }
}
