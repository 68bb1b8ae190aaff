package io.jenkins.plugins.cloudimage.peers.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** How many calls go over the loopback interface in a second. */
final class CallsSection implements Section {
    private static final int MANY = 16;

    private enum Pair {
        TENCENT(Contestant.OUR_TENCENT, Contestant.TENCENT_SDK),
        JD_CLOUD(Contestant.OUR_JD_CLOUD, Contestant.JD_CLOUD_SDK),
        ALIBABA(Contestant.OUR_RPC, Contestant.RPC_SDK);

        private final Contestant ours;
        private final Contestant sdk;

        Pair(Contestant ours, Contestant sdk) {
            this.ours = ours;
            this.sdk = sdk;
        }
    }

    private static final String[] CONTESTANTS = {
        Contestant.BARE_OKHTTP.name(),
        Contestant.OUR_TENCENT.name(),
        Contestant.TENCENT_SDK.name(),
        Contestant.OUR_JD_CLOUD.name(),
        Contestant.JD_CLOUD_SDK.name(),
        Contestant.OUR_RPC.name(),
        Contestant.RPC_SDK.name()
    };

    private final String address;

    CallsSection(String address) {
        this.address = address;
    }

    @Override
    public List<Row> measure(Effort effort) throws RunnerException {
        List<Row> rows = new ArrayList<>();
        for (int threads : new int[] {1, MANY}) {
            Map<Contestant, Double> rates = rates(effort, threads);
            double bare = rates.get(Contestant.BARE_OKHTTP);
            String what = threads == 1 ? ", calls/s, 1 thread" : ", calls/s, " + threads + " threads";
            for (Pair pair : Pair.values()) {
                double ours = rates.get(pair.ours);
                double sdk = rates.get(pair.sdk);
                rows.add(Row.beside(
                        "create + describe, " + pair.ours + what,
                        Row.number(ours),
                        pair.sdk + " " + Row.number(sdk),
                        Row.times(ours / sdk),
                        "bare OkHttp " + Row.number(bare)));
            }
        }
        return rows;
    }

    private Map<Contestant, Double> rates(Effort effort, int threads) throws RunnerException {
        Map<Contestant, Double> rates = new EnumMap<>(Contestant.class);
        // For forks, and for the smoke test, which has none.
        System.setProperty(CallsBenchmark.ADDRESS, address);
        for (RunResult result : Jmh.run(Jmh.options(effort, CallsBenchmark.class.getName())
                .jvmArgsPrepend("-D" + CallsBenchmark.ADDRESS + "=" + address)
                .param("contestant", CONTESTANTS)
                .threads(threads))) {
            rates.put(
                    Contestant.valueOf(result.getParams().getParam("contestant")),
                    result.getPrimaryResult().getScore());
        }
        return rates;
    }
}
