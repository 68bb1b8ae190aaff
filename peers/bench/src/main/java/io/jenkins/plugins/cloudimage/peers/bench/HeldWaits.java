package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.creation.BuildingCreations;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Many waits in a fresh JVM. Prints the threads that they hold, the bytes of heap for each after collection, their
 * resident kilobytes for each, and the milliseconds until they wait: for the engine from reading the ledger on, as after a
 * restart of the controller, with all classes still to be loaded.
 */
public final class HeldWaits {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Duration LONG = Duration.ofHours(1);

    private HeldWaits() {}

    /** Takes {@code engine} or {@code threads}, and the number of waits. */
    public static void main(String... arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("engine")) {
            engine(count);
        } else {
            threads(count);
        }
        System.exit(0);
    }

    private static void engine(int count) throws Exception {
        CloudConnection connection = new CloudConnection(
                TencentProvider.ID,
                URI.create("http://127.0.0.1:9"),
                "ap-guangzhou",
                new AccessKey("AKIDz8krbsJ5yKBZ", "Gu5t9xGARNpq", null));
        try (MemoryDisk disk = MemoryDisk.make()) {
            try (Engine writer = new Engine(disk.folder(), connection, LONG)) {
                for (int i = 0; i < count; i++) {
                    writer.ledger.save(BuildingCreations.creation(
                            i, Instant.now(), connection.key().id()));
                }
            }
            Held held = restored(disk.folder(), connection, count);
            // The engine is garbage from here on; its classes and their constants are not.
            double bytes = (held.heap - heap()) / (double) count;
            print(held.threads, bytes, held.kilobytes / (double) count, held.millis);
        }
    }

    private record Held(int threads, long heap, long kilobytes, double millis) {}

    private static Held restored(Path folder, CloudConnection connection, int count) throws Exception {
        int threads = threads();
        long resident = resident();
        long start = System.nanoTime();
        try (Engine engine = new Engine(folder, connection, LONG)) {
            engine.engine.restore(creation -> false);
            engine.engine
                    .creations()
                    .forEach(creation -> engine.engine.run(creation, news -> {
                        throw new IllegalStateException("There is no news: " + news);
                    }));
            while (engine.lookups.get() < count || !engine.idle()) {
                Thread.sleep(1);
            }
            double millis = (System.nanoTime() - start) / 1e6;
            // The timer's thread is Jenkins' own.
            return new Held(threads() - threads - 1, settledHeap(), resident() - resident, millis);
        }
    }

    /** The heap once two readings agree within a thousandth, because a few messages may still be under way. */
    private static long settledHeap() throws InterruptedException {
        long before = heap();
        long now = heap();
        while (Math.abs(now - before) > now / 1000) {
            before = now;
            now = heap();
        }
        return now;
    }

    private static void threads(int count) throws Exception {
        int before = threads();
        long heap = heap();
        long resident = resident();
        long start = System.nanoTime();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(HeldWaits::sleep);
            thread.setDaemon(true);
            thread.start();
            all.add(thread);
        }
        double started = (System.nanoTime() - start) / 1e6;
        // Until all of them sleep.
        while (all.get(count - 1).getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(1);
        }
        print(threads() - before, (heap() - heap) / (double) count, (resident() - resident) / (double) count, started);
    }

    private static void sleep() {
        try {
            Thread.sleep(LONG.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void print(double threads, double bytes, double kilobytes, double millis) {
        System.out.println(threads + " " + bytes + " " + kilobytes + " " + millis);
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Resident kilobytes, 0 where the system does not tell. */
    private static long resident() throws IOException {
        return Files.exists(STATUS)
                ? Files.readAllLines(STATUS).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                : 0;
    }
}
