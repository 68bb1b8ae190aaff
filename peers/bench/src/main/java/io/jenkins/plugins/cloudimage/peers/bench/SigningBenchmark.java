package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * From the three texts of a CreateImage – instance, name, description – to the request's body and signature. Both sides
 * get the same texts and make their own request object of them each time, keep their client from one request to the next,
 * and stop before anything of an HTTP library is made; where an address is part of what is signed, both write it.
 * Each is measured in JVMs of its own. JD's SDK is spared the reflection with which its client makes the body, and a new
 * Gson each time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SigningBenchmark {
    private static final String ADDRESS = "127.0.0.1:12345";
    private static final String KEY_ID = "AKIDz8krbsJ5yKBZ";
    private static final String SECRET = "Gu5t9xGARNpq86cd98joQYCN3";

    /** Whose work it is. */
    public enum Side {
        /** The plugin's. */
        OURS,
        /** The SDK's. */
        SDK,
        /** The JDK's. */
        FLOOR
    }

    /** The way of signing. */
    @Param
    public Scheme scheme;

    /** Who signs. */
    @Param
    public Side side;

    private Callable<Object> work;

    /** Connects, which sends nothing. */
    @Setup
    public void prepare() throws Exception {
        work = work(scheme, side);
    }

    static Callable<Object> work(Scheme scheme, Side side) throws Exception {
        if (side == Side.FLOOR) {
            return Floor.of(scheme);
        }
        Contestant contestant = side == Side.OURS ? scheme.ours : scheme.sdk;
        Sdk.Client client = contestant.load().connect(ADDRESS, KEY_ID, SECRET, null);
        return () -> client.sign(scheme.instanceId, Scheme.NAME, Scheme.DESCRIPTION);
    }

    /** Signs. */
    @Benchmark
    public Object sign() throws Exception {
        return work.call();
    }

    /** The nonce that Alibaba's SDK makes for itself. */
    @State(Scope.Thread)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public static class Nonce {
        /** Draws one as the plugin does. */
        @Benchmark
        public Object draw() {
            return UUID.randomUUID().toString();
        }
    }
}
