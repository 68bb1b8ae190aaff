package io.jenkins.plugins.cloudimage.core.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A certificate authority of an installation's own, trusted besides those that the JVM trusts.
 *
 * @param certificates its certificates, at least one
 */
public record PrivateCa(List<X509Certificate> certificates) {
    /** Makes the list immutable. */
    public PrivateCa {
        certificates = List.copyOf(certificates);
    }

    /**
     * Reads certificates.
     *
     * @param pem one or more certificates between {@code BEGIN CERTIFICATE} and {@code END CERTIFICATE}
     * @return the authority
     * @throws IllegalArgumentException if there is none, or something that is no certificate; the message says what to do
     */
    public static PrivateCa parse(String pem) {
        if (pem.contains("PRIVATE KEY")) {
            throw new IllegalArgumentException(Messages.PrivateCa_privateKey());
        }
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.strip().getBytes(StandardCharsets.US_ASCII)))) {
                certificates.add((X509Certificate) certificate);
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException(Messages.PrivateCa_noCertificate(), e);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(Messages.PrivateCa_noCertificate());
        }
        return new PrivateCa(certificates);
    }

    /** What to trust: the JVM's authorities and these. */
    X509TrustManager trust() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate certificate : manager(null).getAcceptedIssuers()) {
                store.setCertificateEntry("usual-" + number++, certificate);
            }
            for (X509Certificate certificate : certificates) {
                store.setCertificateEntry("own-" + number++, certificate);
            }
            return manager(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Certificates in memory need no provider of their own", e);
        }
    }

    /** Sockets that trust what is given. */
    static SSLSocketFactory sockets(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has TLS", e);
        }
    }

    /** Without a store it trusts what the JVM trusts. */
    private static X509TrustManager manager(@CheckForNull KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
