package io.jenkins.plugins.cloudimage.peers.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The first call in fresh JVMs, medians. Each contestant is alone on a class path of its own. They take turns, so that a
 * busy moment of the machine hits all of them.
 */
final class FirstCallSection implements Section {
    private static final List<Contestant> CONTESTANTS = List.of(
            Contestant.BARE_OKHTTP,
            Contestant.OUR_TENCENT,
            Contestant.TENCENT_SDK,
            Contestant.OUR_JD_CLOUD,
            Contestant.JD_CLOUD_SDK,
            Contestant.OUR_RPC,
            Contestant.RPC_SDK);

    private final String address;

    FirstCallSection(String address) {
        this.address = address;
    }

    private record Median(double millis, double classes) {}

    @Override
    public List<Row> measure(Effort effort) throws IOException {
        Map<Contestant, List<double[]>> calls = new EnumMap<>(Contestant.class);
        for (int i = 0; i < effort.firstCalls(); i++) {
            for (Contestant contestant : CONTESTANTS) {
                calls.computeIfAbsent(contestant, key -> new ArrayList<>()).add(call(contestant));
            }
        }
        Map<Contestant, Median> medians = new EnumMap<>(Contestant.class);
        calls.forEach((contestant, all) -> medians.put(contestant, new Median(median(all, 0), median(all, 1))));
        Median bare = medians.get(Contestant.BARE_OKHTTP);
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < CONTESTANTS.size(); i += 2) {
            Median ours = medians.get(CONTESTANTS.get(i));
            Median sdk = medians.get(CONTESTANTS.get(i + 1));
            String what = "first call, " + CONTESTANTS.get(i);
            rows.add(Row.beside(
                    what + ", ms",
                    Row.number(ours.millis),
                    CONTESTANTS.get(i + 1) + " " + Row.number(sdk.millis),
                    Row.times(sdk.millis / ours.millis),
                    "bare OkHttp " + Row.number(bare.millis)));
            rows.add(Row.beside(
                    what + ", classes loaded",
                    Row.number(ours.classes),
                    CONTESTANTS.get(i + 1) + " " + Row.number(sdk.classes),
                    Row.times(sdk.classes / ours.classes),
                    "bare OkHttp " + Row.number(bare.classes)));
        }
        return rows;
    }

    private double[] call(Contestant contestant) throws IOException {
        try (Fork fork =
                new Fork(contestant.classPath(), List.of("-Xmx256m"), FirstCall.class, contestant.driver(), address)) {
            return fork.numbers();
        }
    }

    static double median(List<double[]> all, int column) {
        double[] values = all.stream().mapToDouble(one -> one[column]).toArray();
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
