package io.jenkins.plugins.cloudimage.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Received;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the poller costs in threads and memory, on real threads. One of the clouds does not answer until a test is over. */
class PollerThreadsTest {
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final long SOON = 10;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Semaphore arrivals = new Semaphore(0);
    private final DescribedImages described = new DescribedImages(new VirtualTime());
    private final FakeServer dead = new FakeServer(new FakeCloud() {
        @Override
        public String action(Received request) {
            return "DescribeImages";
        }

        @Override
        public Answer answer(Received request) {
            arrivals.release();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return described.answer(request);
        }

        @Override
        public Answer throttled() {
            throw new UnsupportedOperationException();
        }
    });
    private final FakeServer alive = new FakeServer(described);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ImagePoller poller = new ImagePoller(
            new Clouds(TestTransport.direct(), Clock.systemUTC()),
            new ExecutorScheduler(timer, workers),
            () -> INTERVAL,
            new Durations());

    private static CloudConnection account(FakeServer server) {
        return new CloudConnection(TencentProvider.ID, server.endpoint(), "ap-x", new AccessKey("a", "secret", null));
    }

    /** Counts what it is told. */
    private static final class Counting implements ImagePoller.Observer {
        private final Semaphore seen = new Semaphore(0);
        private final Semaphore failed = new Semaphore(0);

        @Override
        public void seen(CloudImage image) {
            seen.release();
        }

        @Override
        public void absent() {
            throw new AssertionError("Every image is there");
        }

        @Override
        public void failed(CloudError error) {
            failed.release();
        }
    }

    @AfterEach
    void stop() {
        over.countDown();
        timer.shutdownNow();
        workers.shutdownNow();
        dead.close();
        alive.close();
    }

    @Test
    void aDeadAccountHoldsOneThreadWhateverTheNumberOfItsWaits() throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            poller.watch(account(dead), "img-" + i, "i-1", Duration.ZERO, new Counting());
        }
        assertTrue(arrivals.tryAcquire(SOON, TimeUnit.SECONDS));
        Counting other = new Counting();

        poller.watch(account(alive), "img-1", "i-1", Duration.ZERO, other);

        assertTrue(other.seen.tryAcquire(10, SOON, TimeUnit.SECONDS));
        assertEquals(0, arrivals.availablePermits());
    }

    @Test
    void aCallIsGivenUpWhenTheLastOfItsWaitsEnds() throws Exception {
        Counting observer = new Counting();
        ImagePoller.Watch first = poller.watch(account(dead), "img-1", "i-1", Duration.ZERO, observer);
        ImagePoller.Watch second = poller.watch(account(dead), "img-2", "i-1", Duration.ZERO, observer);
        assertTrue(arrivals.tryAcquire(SOON, TimeUnit.SECONDS));
        Future<?> blocked = workers.submit(() -> {
            over.await();
            return null;
        });

        first.cancel();
        second.cancel();

        // Both workers are taken until the call to the dead server ends.
        workers.submit(() -> {}).get(SOON, TimeUnit.SECONDS);
        assertEquals(0, observer.failed.availablePermits());
        assertEquals(1, dead.calls().size());
        over.countDown();
        blocked.get(SOON, TimeUnit.SECONDS);
    }

    @Test
    void aCallThatSomebodyWaitsForIsNotGivenUp() throws InterruptedException {
        Counting stays = new Counting();
        ImagePoller.Watch leaves = poller.watch(account(dead), "img-1", "i-1", Duration.ZERO, new Counting());
        poller.watch(account(dead), "img-2", "i-1", Duration.ZERO, stays);
        assertTrue(arrivals.tryAcquire(SOON, TimeUnit.SECONDS));

        leaves.cancel();
        over.countDown();

        assertTrue(stays.seen.tryAcquire(SOON, TimeUnit.SECONDS));
        assertEquals(0, stays.failed.availablePermits());
    }

    @Test
    void whoComesAfterACallWasGivenUpIsAskedFor() throws InterruptedException {
        ImagePoller.Watch first = poller.watch(account(dead), "img-1", "i-1", Duration.ZERO, new Counting());
        assertTrue(arrivals.tryAcquire(SOON, TimeUnit.SECONDS));
        first.cancel();
        ImagePoller.Watch second = poller.watch(account(dead), "img-2", "i-1", Duration.ZERO, new Counting());
        assertTrue(arrivals.tryAcquire(SOON, TimeUnit.SECONDS));
        second.cancel();
    }

    /** All that is allocated, of which a part is garbage. */
    @Test
    void aWaitTakesLessThanTwoKilobytes() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        VirtualTime time = new VirtualTime();
        ImagePoller quiet =
                new ImagePoller(new Clouds(TestTransport.direct(), time), time, () -> INTERVAL, new Durations());
        Counting observer = new Counting();
        CloudConnection account = account(alive);
        quiet.watch(account, "img", "i-1", Duration.ZERO, observer);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            quiet.watch(account, "img-" + i, "i-1", Duration.ZERO, observer);
        }
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / 10_000;

        System.out.println(each + " bytes for each of 10,000 waits");
        assertTrue(each <= 2048, each + " bytes");
    }
}
