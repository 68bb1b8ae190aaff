package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.peers.bench.Row.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What waits hold while nothing happens. */
final class HeldWaitsSection implements Section {
    private static final int THREADS = 4;
    private static final int BYTES = 2048;
    private static final int MILLIS = 2000;
    private static final int MANY = 10_000;

    private record Held(int threads, double bytes, double kilobytes, double millis) {}

    @Override
    public List<Row> measure(Effort effort) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int count : effort.held()) {
            Held ours = held("engine", count);
            Held peer = held("threads", count);
            String what = String.format("%,d waits in the core", count);
            rows.add(new Row(
                    what + ": threads",
                    Integer.toString(ours.threads),
                    "a thread per wait " + Row.number(peer.threads),
                    "",
                    "",
                    "≤ " + THREADS,
                    Verdict.of(ours.threads <= THREADS)));
            rows.add(new Row(
                    what + ": heap per wait, bytes",
                    Row.number(ours.bytes),
                    "a sleeping thread " + Row.number(peer.bytes) + ", and " + Row.number(peer.kilobytes)
                            + " kB resident",
                    "",
                    "",
                    "≤ 2 kB",
                    Verdict.of(ours.bytes <= BYTES)));
            rows.add(new Row(
                    what + ": restored from the ledger, ms",
                    Row.number(ours.millis),
                    "starting the threads " + Row.number(peer.millis),
                    "",
                    "",
                    count == MANY ? "< 2 s" : "",
                    count == MANY ? Verdict.of(ours.millis < MILLIS) : Verdict.NONE));
        }
        return rows;
    }

    private static Held held(String who, int count) throws IOException {
        try (Fork fork = new Fork(
                System.getProperty("java.class.path"),
                List.of("-Xmx512m", "-XX:+UseSerialGC"),
                HeldWaits.class,
                who,
                Integer.toString(count))) {
            double[] numbers = fork.numbers();
            return new Held((int) numbers[0], numbers[1], numbers[2], numbers[3]);
        }
    }
}
