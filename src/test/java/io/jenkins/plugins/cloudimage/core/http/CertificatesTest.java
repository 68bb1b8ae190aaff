package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TestCertificate;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.util.Map;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** Whose certificates are believed, and when. What is refused is refused before anything was sent. */
class CertificatesTest {
    private static final TestCertificate.Validity VALID = new TestCertificate.Validity(-2, 90);
    private static final TestCertificate.Validity EXPIRED = new TestCertificate.Validity(-9, 3);
    private static final TestCertificate.Validity TO_COME = new TestCertificate.Validity(3, 9);

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
            assertEquals(SideEffect.NONE, error.sideEffect());
            assertTrue(error.advice().contains("certificate"), error.advice());
            assertEquals(0, server.calls().size());
        }
    }

    @Test
    void whatAnAuthorityHasIssuedIsBelievedWhereTheAuthorityIs() throws Exception {
        TestCertificate issued = TestCertificate.issued(VALID, VALID);

        try (FakeServer server = new FakeServer(CLOUD, 0, issued.context())) {
            assertEquals(
                    200, transport.trusting(issued.pem()).send(call(server)).status());
        }
        assertRefused(issued, null);
        assertRefused(issued, TestCertificate.make("127.0.0.1").pem());
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        TestCertificate issued = TestCertificate.issued(VALID, EXPIRED);

        assertRefused(issued, issued.pem());
    }

    @Test
    void anExpiredAuthorityIsRefused() throws Exception {
        TestCertificate issued = TestCertificate.issued(EXPIRED, VALID);

        assertRefused(issued, issued.pem());
    }

    @Test
    void anExpiredCertificateIsRefusedEvenWhereItIsItselfTrusted() throws Exception {
        TestCertificate own = TestCertificate.make("127.0.0.1", EXPIRED);

        assertRefused(own, own.pem());
    }

    @Test
    void aCertificateOfTheFutureIsRefused() throws Exception {
        TestCertificate issued = TestCertificate.issued(VALID, TO_COME);

        assertRefused(issued, issued.pem());
    }
}
