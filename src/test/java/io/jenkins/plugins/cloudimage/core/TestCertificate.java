package io.jenkins.plugins.cloudimage.core;

import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * A certificate that is made for a test.
 *
 * @param pem what to trust: the certificate itself, or that of the CA which issued it
 * @param context the server's side of the certificate
 */
public record TestCertificate(String pem, SSLContext context) {

    /**
     * The validity of a certificate.
     *
     * @param from the first day, relative to today
     */
    public record Validity(int from, int days) {}

    /** Makes a certificate that is valid today, for a name or an address such as {@code 127.0.0.1}. */
    public static TestCertificate make(String name) {
        return make(name, new Validity(-1, 90));
    }

    /** Makes a self-signed certificate. */
    public static TestCertificate make(String name, Validity validity) {
        HeldCertificate own = certificate(name, validity)
                .addSubjectAlternativeName(name)
                .certificateAuthority(0)
                .build();
        return new TestCertificate(own.certificatePem(), shown(own));
    }

    /** Makes a certificate for 127.0.0.1 that a private CA issued; its {@code pem} is the CA's. */
    public static TestCertificate issued(Validity authority, Validity own) {
        HeldCertificate ca =
                certificate("ca", authority).certificateAuthority(0).build();
        HeldCertificate issued = certificate("test", own)
                .addSubjectAlternativeName("127.0.0.1")
                .signedBy(ca)
                .build();
        return new TestCertificate(ca.certificatePem(), shown(issued));
    }

    private static HeldCertificate.Builder certificate(String name, Validity validity) {
        Instant from = Instant.now().plus(Duration.ofDays(validity.from()));
        return new HeldCertificate.Builder()
                .commonName(name)
                .validityInterval(
                        from.toEpochMilli(),
                        from.plus(Duration.ofDays(validity.days())).toEpochMilli());
    }

    private static SSLContext shown(HeldCertificate certificate) {
        return new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslContext();
    }
}
