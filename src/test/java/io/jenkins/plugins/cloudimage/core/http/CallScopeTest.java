package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server answers when the test lets it, and nothing here is given up by a time-out. */
class CallScopeTest {
    private static final long SOON = 10;

    private final HttpTransport transport = TestTransport.direct();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private HttpCall call;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.incrementAndGet();
                arrived.countDown();
                answers.await();
                exchange.sendResponseHeaders(204, -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        HttpUrl url = HttpUrl.get("http://127.0.0.1:" + server.getAddress().getPort());
        call = new HttpCall("GET", url, "", Map.of(), "", new byte[0]);
    }

    @AfterEach
    void stop() {
        answers.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private CloudError send(CallScope scope) {
        return assertThrows(CloudException.class, () -> scope.run(() -> transport.send(call)))
                .error();
    }

    @Test
    void aCallInFlightEndsWhenItIsGivenUp() throws Exception {
        CallScope scope = new CallScope();
        Future<CloudError> failure = threads.submit(() -> send(scope));
        assertTrue(arrived.await(SOON, TimeUnit.SECONDS));

        scope.cancel();

        CloudError error = failure.get(SOON, TimeUnit.SECONDS);
        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(SideEffect.POSSIBLE, error.sideEffect());
    }

    @Test
    void nothingIsSentOnceAScopeIsGivenUp() {
        CallScope scope = new CallScope();
        scope.cancel();

        assertEquals(SideEffect.NONE, send(scope).sideEffect());
        assertEquals(0, requests.get());
    }

    @Test
    void aCallOutsideOfTheScopeGoesOn() throws Exception {
        CallScope scope = new CallScope();
        CompletableFuture<Void> scopeEnded = new CompletableFuture<>();
        Future<HttpAnswer> answer = threads.submit(() -> {
            scope.run(() -> null);
            scopeEnded.complete(null);
            return transport.send(call);
        });
        scopeEnded.get(SOON, TimeUnit.SECONDS);
        assertTrue(arrived.await(SOON, TimeUnit.SECONDS));

        scope.cancel();
        answers.countDown();

        assertEquals(204, answer.get(SOON, TimeUnit.SECONDS).status());
    }

    @Test
    void anotherThreadsCallGoesOn() throws Exception {
        CallScope scope = new CallScope();
        CountDownLatch cancelled = new CountDownLatch(1);
        Future<HttpAnswer> answer = threads.submit(() -> transport.send(call));
        Future<Object> idle = threads.submit(() -> scope.run(() -> {
            scope.cancel();
            cancelled.countDown();
            return null;
        }));
        assertTrue(cancelled.await(SOON, TimeUnit.SECONDS));
        answers.countDown();

        idle.get(SOON, TimeUnit.SECONDS);
        assertEquals(204, answer.get(SOON, TimeUnit.SECONDS).status());
    }

    @Test
    void aScopeWithinAnotherGivesTheThreadBack() throws CloudException {
        answers.countDown();
        CallScope outer = new CallScope();
        CallScope inner = new CallScope();

        outer.run(() -> {
            inner.run(() -> transport.send(call));
            return transport.send(call);
        });

        assertEquals(1, inner.calls());
        assertEquals(1, outer.calls());
    }

    @Test
    void callsAreCountedHoweverTheyEnd() throws ExecutionException, InterruptedException, CloudException {
        answers.countDown();
        CallScope scope = new CallScope();
        scope.run(() -> {
            transport.send(call);
            return transport.send(call);
        });
        scope.cancel();
        send(scope);

        assertEquals(3, scope.calls());
        assertEquals(2, requests.get());
    }
}
