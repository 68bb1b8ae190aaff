package io.jenkins.plugins.cloudimage.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GrowingPoolTest {
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final AtomicInteger checks = new AtomicInteger();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final CountDownLatch hang = new CountDownLatch(1);
    private final GrowingPool pool = new GrowingPool(4, 8, PATIENCE, Thread::new, () -> {
        checks.incrementAndGet();
        return timer;
    });

    @AfterEach
    void stop() {
        hang.countDown();
        pool.shutdownNow();
        timer.shutdownNow();
    }

    private void hang(int tasks) {
        for (int i = 0; i < tasks; i++) {
            pool.execute(() -> {
                try {
                    hang.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    @Test
    void threadsThatHangAreReplaced() throws Exception {
        hang(6);
        CountDownLatch done = new CountDownLatch(1);

        pool.execute(done::countDown);

        assertTrue(done.await(30, TimeUnit.SECONDS));
        assertEquals(7, pool.getCorePoolSize());
    }

    @Test
    void thereAreNeverMoreThreadsThanTheMost() throws Exception {
        hang(20);

        await(() -> pool.getPoolSize() == 8);
        Thread.sleep(PATIENCE.toMillis() * 6);

        assertEquals(8, pool.getPoolSize());
        assertEquals(12, pool.getQueue().size());
    }

    @Test
    void whatComesBackMakesThePoolSmallAgain() throws Exception {
        hang(7);
        await(() -> pool.getQueue().isEmpty());

        hang.countDown();

        await(() -> pool.getCorePoolSize() == 4 && pool.getPoolSize() <= 4);
        assertEquals(4, pool.getMaximumPoolSize());
    }

    @Test
    void manyShortTasksNeedNoFurtherThread() throws Exception {
        CountDownLatch done = new CountDownLatch(400);

        for (int i = 0; i < 400; i++) {
            pool.execute(() -> {
                try {
                    Thread.sleep(2);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                done.countDown();
            });
        }

        assertTrue(done.await(30, TimeUnit.SECONDS));
        assertEquals(4, pool.getLargestPoolSize());
    }

    @Test
    void nothingIsCheckedWhileNothingWaits() throws Exception {
        pool.execute(() -> {});
        await(() -> pool.getCompletedTaskCount() == 1);

        assertEquals(0, checks.get());

        hang(5);
        await(() -> pool.getQueue().isEmpty());
        int made = checks.get();
        Thread.sleep(PATIENCE.toMillis() * 4);
        assertTrue(checks.get() <= made + 1, "checked although nothing waits");
    }

    @Test
    void whatComesAfterTheEndIsDropped() {
        pool.shutdownNow();
        AtomicInteger ran = new AtomicInteger();

        pool.execute(ran::incrementAndGet);

        assertEquals(0, ran.get());
        assertFalse(pool.getPoolSize() > 4);
    }
}
