package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A create and a describe over plain HTTP, from texts to the answer's id and state. All contestants speak to the same
 * {@link Loopback}, each from JVMs of its own, with one client for all threads as its documentation wants it; all of them
 * keep their connections from one call to the next.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CallsBenchmark {
    /** Where the server is. */
    static final String ADDRESS = "bench.address";

    /** Who calls. */
    @Param
    public Contestant contestant;

    private Sdk.Client client;

    /** Connects. */
    @Setup
    public void prepare() throws Exception {
        client = contestant.load().connect(System.getProperty(ADDRESS), "AKIDz8krbsJ5yKBZ", "Gu5t9xGARNpq", null);
    }

    /** Two calls. */
    @Benchmark
    @OperationsPerInvocation(2)
    public Object createAndDescribe() throws Exception {
        return client.state(client.create("i-6pb6lrmy", Scheme.NAME, Scheme.DESCRIPTION));
    }
}
