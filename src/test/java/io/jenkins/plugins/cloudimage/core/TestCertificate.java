package io.jenkins.plugins.cloudimage.core;

import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * A certificate of today.
 *
 * @param pem what to trust: the certificate itself, or that of the authority which has issued it
 * @param context what a server needs to show it
 */
public record TestCertificate(String pem, SSLContext context) {

    /**
     * When a certificate is valid.
     *
     * @param from the first day, counted from today
     */
    public record Validity(int from, int days) {}

    /** Makes one that is valid today, for a name or an address such as {@code 127.0.0.1}. */
    public static TestCertificate make(String name) {
        return make(name, new Validity(-1, 90));
    }

    /** Makes one that has issued itself. */
    public static TestCertificate make(String name, Validity validity) {
        HeldCertificate own = certificate(name, validity)
                .addSubjectAlternativeName(name)
                .certificateAuthority(0)
                .build();
        return new TestCertificate(own.certificatePem(), shown(own));
    }

    /** Makes one that an authority has issued, for 127.0.0.1; its {@code pem} is the authority's. */
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
