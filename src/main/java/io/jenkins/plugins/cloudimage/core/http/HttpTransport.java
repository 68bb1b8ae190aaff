package io.jenkins.plugins.cloudimage.core.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;

/**
 * Sends a request exactly once: no retry on a lost connection, no redirect, no repetition on {@code 503 Retry-After:
 * 0}, and bodies are one-shot. A failure tells whether the request may have been sent.
 */
public final class HttpTransport {
    /** The maximum size of a response in memory, in bytes after decompression. */
    public static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

    private static final int MAX_METADATA_BYTES = 64 * 1024;
    private static final Duration NEAR = Duration.ofSeconds(2);

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration CALL = Duration.ofSeconds(60);
    /**
     * The number of idle connections that are kept for all endpoints and accounts. With OkHttp's default of 5, most
     * polls of many clouds would begin with a TLS handshake.
     */
    private static final int IDLE_CONNECTIONS = 32;
    /** A call without a response after this time has held its thread too long. */
    private static final Duration TOO_LONG = Duration.ofSeconds(5);

    private final OkHttpClient client;
    private final String userAgent;
    private final CircuitBreakers breakers;
    private final int maxBytes;
    private final Map<String, HttpTransport> trusting = new ConcurrentHashMap<>();

    /**
     * Uses OkHttp with time-outs for these APIs: 10 s to connect, 30 s without a byte, 60 s for a call.
     *
     * @param proxies selects the proxy of an address; asked for every new connection
     * @param proxyLogin authenticates at a proxy
     */
    public HttpTransport(ProxySelector proxies, Authenticator proxyLogin, String userAgent) {
        this(proxies, proxyLogin, userAgent, CONNECT, IDLE, CALL);
    }

    HttpTransport(
            ProxySelector proxies,
            Authenticator proxyLogin,
            String userAgent,
            Duration connect,
            Duration idle,
            Duration whole) {
        this.client = AddressGuard.protect(new OkHttpClient.Builder())
                .proxySelector(proxies)
                .proxyAuthenticator(proxyLogin)
                .connectTimeout(connect)
                .readTimeout(idle)
                .writeTimeout(idle)
                .callTimeout(whole)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 5, TimeUnit.MINUTES))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .addNetworkInterceptor(HttpTransport::keepFromRepeating)
                .eventListenerFactory(call -> call.request().tag(Progress.class))
                .build();
        this.userAgent = userAgent;
        this.breakers = null;
        this.maxBytes = MAX_ANSWER_BYTES;
    }

    HttpTransport(OkHttpClient client, String userAgent, @CheckForNull CircuitBreakers breakers) {
        this(client, userAgent, breakers, MAX_ANSWER_BYTES);
    }

    private HttpTransport(OkHttpClient client, String userAgent, @CheckForNull CircuitBreakers breakers, int maxBytes) {
        this.client = client;
        this.userAgent = userAgent;
        this.breakers = breakers;
        this.maxBytes = maxBytes;
    }

    /**
     * A transport to the metadata service of the instance on which this process runs, which is near and answers at once. It
     * uses no proxy: the service must see the instance itself.
     */
    HttpTransport toMetadataServices() {
        OkHttpClient.Builder direct = AddressGuard.leaveOut(client.newBuilder())
                .proxy(Proxy.NO_PROXY)
                .proxyAuthenticator(Authenticator.NONE)
                .connectTimeout(NEAR)
                .readTimeout(NEAR)
                .writeTimeout(NEAR)
                .callTimeout(NEAR.multipliedBy(2));
        return new HttpTransport(direct.build(), userAgent, null, MAX_METADATA_BYTES);
    }

    /** The same transport with other name resolution. */
    HttpTransport resolvedBy(Dns names) {
        return new HttpTransport(client.newBuilder().dns(names).build(), userAgent, breakers);
    }

    /** The same transport with an interceptor, which sees each request and may change its response. */
    HttpTransport seenBy(Interceptor interceptor) {
        return new HttpTransport(client.newBuilder().addInterceptor(interceptor).build(), userAgent, breakers);
    }

    /**
     * The same transport with a circuit breaker for each server, for work that can wait and shares few threads. After a
     * call ran into a time-out, the next calls to its server are made one at a time and with pauses; calls in between
     * fail at once without being sent.
     */
    public HttpTransport withCircuitBreakers() {
        return withCircuitBreakers(new CircuitBreakers(TOO_LONG, System::nanoTime));
    }

    HttpTransport withCircuitBreakers(CircuitBreakers servers) {
        return new HttpTransport(client, userAgent, servers);
    }

    /**
     * The same transport for an endpoint whose certificate is issued by a private CA. Names, validity and chains are
     * checked as usual. Threads and idle connections are shared, but a connection that one CA verified is never used
     * for another.
     *
     * @return a transport that trusts them in addition to the JVM's; the same one for the same certificates
     * @throws IllegalArgumentException if the text contains no certificate
     */
    public HttpTransport trusting(@CheckForNull String certificates) {
        return certificates == null ? this : trusting.computeIfAbsent(certificates, this::withPrivateCa);
    }

    private HttpTransport withPrivateCa(String certificates) {
        X509TrustManager trust = PrivateCa.parse(certificates).trust();
        return new HttpTransport(
                client.newBuilder()
                        .sslSocketFactory(PrivateCa.sockets(trust), trust)
                        .build(),
                userAgent,
                breakers);
    }

    /**
     * Sends a request and reads the whole response. Within a {@link CallScope} another thread can cancel the call.
     *
     * @return the response, whatever its status
     * @throws CloudException if there is no response, of kind {@link ErrorKind#UNAVAILABLE}; if it exceeds the size
     *     limit, of kind {@link ErrorKind#UNKNOWN_ANSWER}; if the address is that of a metadata service, of kind {@link
     *     ErrorKind#INVALID_REQUEST}
     */
    public HttpAnswer send(HttpCall call) throws CloudException {
        if (breakers == null) {
            return exchange(call);
        }
        CircuitBreakers.Permit permit =
                breakers.begin(call.url().host() + ":" + call.url().port());
        if (permit == null) {
            throw CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE)
                    .message(Messages.HttpTransport_silent(call))
                    .advice(Messages.HttpTransport_network())
                    .exception();
        }
        boolean answered = false;
        try {
            HttpAnswer answer = exchange(call);
            answered = true;
            return answer;
        } finally {
            CallScope scope = CallScope.current();
            if (scope != null && scope.isCancelled()) {
                breakers.giveUp(permit);
            } else {
                breakers.end(permit, answered);
            }
        }
    }

    private HttpAnswer exchange(HttpCall call) throws CloudException {
        Progress progress = new Progress();
        Request request = new Request.Builder()
                .url(call.address())
                .headers(Headers.of(call.headers()))
                .header("User-Agent", userAgent)
                .method(
                        call.method(),
                        call.method().equals("GET") ? null : new OneShot(call.contentType(), call.body()))
                .tag(Progress.class, progress)
                .build();
        Call exchange = client.newCall(request);
        CallScope scope = CallScope.current();
        if (scope != null) {
            scope.begin(exchange);
        }
        try (Response response = exchange.execute()) {
            return new HttpAnswer(response.code(), response.headers(), read(response));
        } catch (IOException e) {
            throw new CloudException(describe(call, progress.sideEffect(), e), e);
        } finally {
            if (scope != null) {
                scope.end();
            }
        }
    }

    /** Removes {@code Retry-After: 0} from status 503, because OkHttp would send a call without a body again. */
    private static Response keepFromRepeating(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String pause = response.header("Retry-After");
        return pause != null && pause.matches("0+")
                ? response.newBuilder().removeHeader("Retry-After").build()
                : response;
    }

    private byte[] read(Response response) throws IOException, CloudException {
        BufferedSource source = response.body().source();
        if (source.request(maxBytes + 1L)) {
            throw CloudError.of(ErrorKind.UNKNOWN_ANSWER, SideEffect.POSSIBLE)
                    .message(Messages.HttpTransport_tooLarge(maxBytes))
                    .advice(Messages.HttpAnswer_wrongApi())
                    .exception();
        }
        return source.readByteArray();
    }

    private static CloudError describe(HttpCall call, SideEffect sideEffect, IOException failure) {
        if (failure instanceof AddressGuard.RefusedException) {
            return CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                    .message(Messages.HttpTransport_refused(call, failure.getMessage()))
                    .advice(Messages.AddressGuard_change());
        }
        String advice = Messages.HttpTransport_network();
        if (failure instanceof UnknownHostException) {
            advice = Messages.HttpTransport_unknownHost();
        } else if (failure instanceof SSLException) {
            advice = Messages.HttpTransport_certificate();
        }
        return CloudError.of(ErrorKind.UNAVAILABLE, sideEffect)
                .message(Messages.HttpTransport_noAnswer(call, failure))
                .advice(advice);
    }

    /** Records whether any part of the request was handed to the network; a proxy's CONNECT does not count. */
    private static final class Progress extends EventListener {
        private volatile boolean sending;

        @Override
        public void requestHeadersStart(Call call) {
            sending = true;
        }

        SideEffect sideEffect() {
            return sending ? SideEffect.POSSIBLE : SideEffect.NONE;
        }
    }

    /** A body that OkHttp writes at most once, with a content type to which it adds nothing. */
    private static final class OneShot extends RequestBody {
        private final MediaType type;
        private final byte[] bytes;

        OneShot(String type, byte[] bytes) {
            this.type = MediaType.parse(type);
            this.bytes = bytes;
        }

        @Override
        public MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }
}
