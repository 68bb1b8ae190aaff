package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

class CircuitBreakersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private long now = -TIMEOUT.toNanos();
    private final CircuitBreakers servers = new CircuitBreakers(PATIENCE, () -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private CircuitBreakers.Permit begin(String server) {
        CircuitBreakers.Permit permit = servers.begin(server);
        assertNotNull(permit, server);
        return permit;
    }

    private void fallSilent(String server) {
        CircuitBreakers.Permit permit = begin(server);
        pass(TIMEOUT);
        servers.end(permit, false);
    }

    private void assertResting(String server) {
        assertNull(servers.begin(server), server);
    }

    @Test
    void aServerThatAnswersTakesAnyNumberOfCallsHoweverSlow() {
        CircuitBreakers.Permit first = begin("a");
        CircuitBreakers.Permit second = begin("a");
        pass(TIMEOUT);
        servers.end(first, true);
        servers.end(second, true);

        begin("a");
    }

    @Test
    void aServerThatLetACallWaitIsLeftInPeaceForThreeTimesAsLong() {
        fallSilent("a");
        pass(TIMEOUT.multipliedBy(3).minusNanos(1));
        assertResting("a");
        pass(Duration.ofNanos(1));

        begin("a");
    }

    @Test
    void aFailureThatTakesNoTimeIsNoBurden() {
        CircuitBreakers.Permit permit = begin("a");
        pass(PATIENCE.minusNanos(1));
        servers.end(permit, false);

        begin("a");
    }

    @Test
    void oneCallAtATimeGoesToAllSilentServersAndAnyNumberToTheOthers() {
        for (String server : new String[] {"a", "b", "c", "d"}) {
            fallSilent(server);
        }
        pass(Duration.ofHours(1));

        CircuitBreakers.Permit trial = begin("a");
        for (String server : new String[] {"a", "b", "c", "d"}) {
            assertResting(server);
        }
        begin("e");
        pass(TIMEOUT);
        servers.end(trial, false);

        assertResting("a");
        begin("b");
    }

    @Test
    void anAnswerMakesItAServerLikeAnyOther() {
        fallSilent("a");
        pass(Duration.ofHours(1));
        servers.end(begin("a"), true);

        begin("a");
        begin("a");
    }

    @Test
    void aTrialThatWasGivenUpTellsNothingAndLetsTheNextOneGo() {
        fallSilent("a");
        pass(Duration.ofHours(1));
        CircuitBreakers.Permit trial = begin("a");
        pass(TIMEOUT);
        servers.giveUp(trial);

        begin("a");
        assertResting("a");
    }

    /** The time-outs are real, the pauses are not. */
    @Test
    void theTransportSendsNothingToAServerThatIsLeftInPeace() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch over = new CountDownLatch(1);
        Semaphore arrivals = new Semaphore(0);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            arrivals.release();
            await(over);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            long[] later = new long[1];
            HttpTransport sparing = ImpatientTransport.idle(Duration.ofMillis(300))
                    .withCircuitBreakers(
                            new CircuitBreakers(Duration.ofMillis(200), () -> System.nanoTime() + later[0]));
            HttpCall call = new HttpCall(
                    "GET",
                    HttpUrl.get("http://127.0.0.1:" + server.getAddress().getPort()),
                    "",
                    Map.of(),
                    "",
                    new byte[0]);
            assertEquals(SideEffect.POSSIBLE, error(sparing, call).sideEffect());
            arrivals.acquire();

            CloudError refusal = error(sparing, call);

            assertEquals(ErrorKind.UNAVAILABLE, refusal.kind());
            assertEquals(SideEffect.NONE, refusal.sideEffect());
            assertTrue(refusal.message().contains("was not sent"), refusal.message());
            assertEquals(0, arrivals.availablePermits());
            later[0] = Duration.ofHours(1).toNanos();
            over.countDown();
            Future<HttpAnswer> trial = threads.submit(() -> sparing.send(call));
            assertEquals(204, trial.get(30, TimeUnit.SECONDS).status());
            assertEquals(204, sparing.send(call).status());
        } finally {
            over.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static CloudError error(HttpTransport transport, HttpCall call) {
        return assertThrows(CloudException.class, () -> transport.send(call)).error();
    }
}
