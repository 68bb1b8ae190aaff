package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.TestCertificate;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.nio.file.Path;
import java.util.Map;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose certificates are believed, and when. What is refused is refused before anything was sent. */
class CertificatesTest {
    private static final Map.Entry<String, Integer> VALID = Map.entry("-2d", 90);
    private static final Map.Entry<String, Integer> EXPIRED = Map.entry("-9d", 3);
    private static final Map.Entry<String, Integer> TO_COME = Map.entry("+3d", 9);

    private static final FakeCloud CLOUD = new FakeCloud() {
        @Override
        public String action(Received request) {
            return request.method();
        }

        @Override
        public Answer answer(Received request) {
            return Answer.json(200, "{}");
        }

        @Override
        public Answer throttled() {
            throw new UnsupportedOperationException();
        }
    };

    private final HttpTransport transport = TestTransport.direct();

    @TempDir
    private Path folder;

    private static HttpCall call(FakeServer server) {
        return new HttpCall("POST", HttpUrl.get(server.endpoint()), "", Map.of(), "", new byte[0]);
    }

    private void assertRefused(TestCertificate shown, String trusted) {
        try (FakeServer server = new FakeServer(CLOUD, 0, shown.context())) {
            CloudError error = assertThrows(
                            CloudException.class,
                            () -> transport.trusting(trusted).send(call(server)))
                    .error();
            assertEquals(ErrorKind.UNAVAILABLE, error.kind());
            assertEquals(Acted.NO, error.acted());
            assertTrue(error.advice().contains("certificate"), error.advice());
            assertEquals(0, server.calls().size());
        }
    }

    @Test
    void whatAnAuthorityHasIssuedIsBelievedWhereTheAuthorityIs() throws Exception {
        TestCertificate issued = TestCertificate.issued(folder.resolve("issued.p12"), VALID, VALID);

        try (FakeServer server = new FakeServer(CLOUD, 0, issued.context())) {
            assertEquals(
                    200, transport.trusting(issued.pem()).send(call(server)).status());
        }
        assertRefused(issued, null);
        assertRefused(
                issued,
                TestCertificate.make(folder.resolve("other.p12"), "ip:127.0.0.1")
                        .pem());
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        TestCertificate issued = TestCertificate.issued(folder.resolve("issued.p12"), VALID, EXPIRED);

        assertRefused(issued, issued.pem());
    }

    @Test
    void anExpiredAuthorityIsRefused() throws Exception {
        TestCertificate issued = TestCertificate.issued(folder.resolve("issued.p12"), EXPIRED, VALID);

        assertRefused(issued, issued.pem());
    }

    @Test
    void anExpiredCertificateIsRefusedEvenWhereItIsItselfTrusted() throws Exception {
        TestCertificate own = TestCertificate.make(folder.resolve("own.p12"), "ip:127.0.0.1", "-9d", 3);

        assertRefused(own, own.pem());
    }

    @Test
    void aCertificateOfTheFutureIsRefused() throws Exception {
        TestCertificate issued = TestCertificate.issued(folder.resolve("issued.p12"), VALID, TO_COME);

        assertRefused(issued, issued.pem());
    }
}
