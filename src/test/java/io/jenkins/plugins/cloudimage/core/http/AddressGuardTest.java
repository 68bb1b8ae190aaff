package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TestCertificate;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import okhttp3.Authenticator;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No call reaches a metadata service, however its address is written and whatever a name resolves to. */
class AddressGuardTest {
    private final AtomicInteger arrived = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            arrived.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static HttpCall call(String url) {
        return new HttpCall("POST", HttpUrl.get(url), "", Map.of(), "application/json", new byte[0]);
    }

    private static CloudError refused(HttpTransport transport, String url) {
        CloudError error = assertThrows(CloudException.class, () -> transport.send(call(url)), url)
                .error();
        assertEquals(ErrorKind.INVALID_REQUEST, error.kind(), error.text());
        assertEquals(SideEffect.NONE, error.sideEffect());
        return error;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100.100.100.200",
                "169.254.0.23",
                "169.254.169.254",
                "169.254.170.2",
                "169.254.170.23",
                "[fd00:ec2::254]",
                "[fd00:ec2::23]",
                "[fd20:ce::254]",
                "metadata.tencentyun.com",
                "metadata.google.internal",
                "metadata.goog",
                "instance-data.ec2.internal",
                "METADATA.TencentYun.com",
                "metadata.tencentyun.com.",
                "metadata%2Etencentyun.com",
                "metadata。tencentyun。com",
                "100.100.100.200.",
                "1684301000",
                "0144.0144.0144.0310",
                "0x64.0x64.0x64.0xc8",
                "0X646464C8",
                "100.100.25800",
                "100.6579400",
                "0100.0100.0100.0200",
                "00000000144.100.100.200",
                "１００.100.100.200",
                "[::ffff:100.100.100.200]",
                "[::ffff:6464:64c8]",
                "[::100.100.100.200]",
                "[64:ff9b::100.100.100.200]",
                "[2002:6464:64c8::1]",
                "[FD00:0EC2:0::0254]"
            })
    void everySpellingIsRefused(String host) {
        for (String url : List.of("http://" + host + "/", "https://" + host + ":8443/latest/meta-data/")) {
            CloudError error = refused(TestTransport.direct(), url);

            assertTrue(error.message().contains("is a metadata service"), error.message());
            assertTrue(error.advice().contains("STS URL"), error.advice());
        }
    }

    /** Private endpoints of clouds and installations, and what is merely similar. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cvm.internal.tencentcloudapi.com",
                "169.254.0.55",
                "169.254.169.253",
                "100.100.100.201",
                "100.100.45.1",
                "10.0.0.1",
                "127.0.0.1",
                "[::1]",
                "[fd00:ec2::253]",
                "[64:ff9b::a00:1]",
                "[2002:a00:1::1]",
                "metadata.example.com",
                "metadata.tencentyun.com.example.com",
                "1684301000.example.com",
                "1.2.3.4.5",
                "0x",
                "08.1",
                "4294967296",
                "99999999999999999999",
                "256.1"
            })
    void otherHostsAreTheAdministratorsDecision(String host) {
        assertFalse(MetadataServices.isAt(HttpUrl.get("http://" + host + "/")), host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"100.100.100.200", "169.254.0.23", "169.254.169.254", "fd00:ec2::254", "::ffff:100.100.100.200"})
    void aNameThatResolvesToOneIsRefusedAtTheConnection(String address) {
        HttpTransport transport = TestTransport.direct().resolvedBy(name -> List.of(InetAddress.getByName(address)));

        CloudError error = refused(transport, "https://ecs.example.com/");

        assertTrue(error.message().contains("https://ecs.example.com"), error.message());
        assertTrue(error.advice().contains("DNS record"), error.advice());
    }

    @Test
    void theAddressIsCheckedForEachConnectionAnew() throws Exception {
        List<String> answers = new ArrayList<>(List.of("127.0.0.1", "100.100.100.200"));
        HttpTransport transport = TestTransport.direct()
                .resolvedBy(name -> List.of(InetAddress.getByName(answers.remove(0))))
                .seenBy(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .header("Connection", "close")
                        .build()));
        String url = "http://ecs.example.com:" + server.getAddress().getPort() + "/";

        assertEquals(204, transport.send(call(url)).status());
        refused(transport, url);
        assertEquals(1, arrived.get());
    }

    /** The other address is the cloud's; the metadata service is not tried before or after it. */
    @Test
    void oneGoodAddressAmongThemIsUsedAlone() throws Exception {
        HttpTransport transport = TestTransport.direct()
                .resolvedBy(
                        name -> List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("169.254.169.254")));

        assertEquals(
                204,
                transport
                        .send(call(
                                "http://ecs.example.com:" + server.getAddress().getPort() + "/"))
                        .status());
    }

    @Test
    void transportsThatAreDerivedAreGuardedToo() throws Exception {
        HttpTransport transport =
                TestTransport.direct().resolvedBy(name -> List.of(InetAddress.getByName("100.100.100.200")));

        refused(transport.withCircuitBreakers(), "https://ecs.example.com/");
        refused(transport.trusting(TestCertificate.make("ecs.example.com").pem()), "https://ecs.example.com/");
    }

    /** The proxy resolves names, so only what is written can be checked. */
    @Test
    void behindAProxyNamesAndLiteralsAreRefused() throws Exception {
        HttpTransport transport =
                new HttpTransport(ProxySelector.of(server.getAddress()), Authenticator.NONE, "cloud-image-test");

        for (String host : List.of("metadata.tencentyun.com", "100.100.100.200", "0x646464c8", "[::ffff:a9fe:a9fe]")) {
            refused(transport, "http://" + host + "/");
        }
        assertEquals(0, arrived.get());
        assertEquals(204, transport.send(call("http://ecs.example.com/")).status());
    }

    @Test
    void aProxyIsNoWayEither() throws UnknownHostException {
        HttpTransport transport = new HttpTransport(
                ProxySelector.of(new InetSocketAddress(InetAddress.getByName("169.254.169.254"), 80)),
                Authenticator.NONE,
                "cloud-image-test");

        refused(transport, "http://ecs.example.com/");
    }

    @Test
    void socketsThatAreConnectedAtOnceAreGuardedToo() throws IOException {
        SocketFactory sockets = new AddressGuard();
        InetAddress metadata = InetAddress.getByName("100.100.100.200");
        InetAddress loopback = InetAddress.getLoopbackAddress();

        assertThrows(IOException.class, () -> sockets.createSocket("100.100.100.200", 80));
        assertThrows(IOException.class, () -> sockets.createSocket(metadata, 80));
        assertThrows(IOException.class, () -> sockets.createSocket("100.100.100.200", 80, loopback, 0));
        assertThrows(IOException.class, () -> sockets.createSocket(metadata, 80, loopback, 0));
        sockets.createSocket(loopback, server.getAddress().getPort()).close();
    }
}
