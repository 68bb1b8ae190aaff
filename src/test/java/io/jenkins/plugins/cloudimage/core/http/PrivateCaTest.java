package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TestCertificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.util.Map;
import okhttp3.Authenticator;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An endpoint whose certificate no public authority has issued. */
class PrivateCaTest {
    private final HttpTransport transport =
            new HttpTransport(ProxySelector.of(null), Authenticator.NONE, "cloud-image/1.0");

    private TestCertificate own;
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        own = TestCertificate.make("127.0.0.1");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(own.context()));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private HttpCall call(String host) {
        return new HttpCall(
                "GET",
                HttpUrl.get("https://" + host + ":" + server.getAddress().getPort()),
                "",
                Map.of(),
                "",
                new byte[0]);
    }

    private void assertRefused(HttpTransport by, String host) {
        CloudException refused = assertThrows(CloudException.class, () -> by.send(call(host)));
        assertEquals(ErrorKind.UNAVAILABLE, refused.error().kind());
        assertEquals(SideEffect.NONE, refused.error().sideEffect());
        assertTrue(
                refused.error().text().contains("certificate"), refused.error().text());
    }

    @Test
    void itsCertificateIsRefusedUnlessTheAuthorityIsTrusted() throws Exception {
        assertRefused(transport, "127.0.0.1");

        assertEquals(200, transport.trusting(own.pem()).send(call("127.0.0.1")).status());

        assertRefused(transport, "127.0.0.1");
    }

    @Test
    void anotherAuthorityDoesNotHelp() throws Exception {
        TestCertificate other = TestCertificate.make("127.0.0.1");

        assertRefused(transport.trusting(other.pem()), "127.0.0.1");
        assertEquals(
                200,
                transport
                        .trusting(other.pem() + own.pem())
                        .send(call("127.0.0.1"))
                        .status());
    }

    @Test
    void theNameIsCheckedAllTheSame() {
        assertRefused(transport.trusting(own.pem()), "localhost");
    }

    @Test
    void oneAuthorityHasOneTransport() {
        assertSame(transport.trusting(own.pem()), transport.trusting(own.pem()));
        assertNotSame(transport, transport.trusting(own.pem()));
        assertSame(transport, transport.trusting(null));
    }

    @Test
    void theUsualAuthoritiesStayTrusted() {
        assertTrue(PrivateCa.parse(own.pem()).trust().getAcceptedIssuers().length > 1);
    }

    @Test
    void whatIsNoCertificateIsRefused() {
        assertMessage("The text contains no certificate", "");
        assertMessage("The text contains no certificate", "hello");
        assertMessage(
                "The text contains no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertMessage("private key", own.pem() + "-----BEGIN PRIVATE KEY-----\n");
    }

    private static void assertMessage(String part, String pem) {
        String message = assertThrows(IllegalArgumentException.class, () -> PrivateCa.parse(pem))
                .getMessage();
        assertTrue(message.contains(part), message);
    }
}
