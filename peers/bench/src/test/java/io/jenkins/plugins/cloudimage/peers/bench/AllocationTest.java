package io.jenkins.plugins.cloudimage.peers.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.peers.bench.SigningBenchmark.Side;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Guards what a signature allocates, which is the same on every machine; times are not. The limits are a tenth or more
 * above what the interpreter needs; compiled code needs less. Calls are guarded by the core's {@code PollingCostTest}.
 */
class AllocationTest {
    private static final int WARM_UP = 50;
    private static final int BATCHES = 5;
    private static final int BATCH = 20;

    private static Object swallowed;

    @ParameterizedTest
    @CsvSource({"TC3, 6600", "JDCLOUD2, 8900", "RPC, 12400", "ACS3, 9000"})
    void aSignatureAllocatesNoMoreThanItDidAndLessThanThatOfTheSdk(Scheme scheme, long limit) throws Exception {
        long ours = allocated(SigningBenchmark.work(scheme, Side.OURS));
        long sdk = allocated(SigningBenchmark.work(scheme, Side.SDK));

        System.out.printf("%s: %,d bytes, SDK %,d%n", scheme, ours, sdk);
        assertTrue(ours <= limit, ours + " bytes");
        assertTrue(ours < sdk, ours + " bytes, SDK " + sdk);
    }

    /** The least of some batches: now and then something else happens on a thread, such as a table that grows. */
    private static long allocated(Callable<Object> work) throws Exception {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < WARM_UP; i++) {
            swallowed = work.call();
        }
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < BATCH; i++) {
                swallowed = work.call();
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / BATCH);
        }
        return least;
    }
}
