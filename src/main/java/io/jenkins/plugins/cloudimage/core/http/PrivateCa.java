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
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A private CA, trusted in addition to those that the JVM trusts.
 *
 * @param certificates its certificates, at least one
 */
public record PrivateCa(List<X509Certificate> certificates) {
    public PrivateCa {
        certificates = List.copyOf(certificates);
    }

    /**
     * Reads certificates.
     *
     * @param pem one or more certificates between {@code BEGIN CERTIFICATE} and {@code END CERTIFICATE}
     * @throws IllegalArgumentException if there is no certificate, or something else; the message says what to do
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

    /** Trusts the JVM's CAs and these certificates while they are valid. */
    X509TrustManager trust() {
        return new InTime(this);
    }

    private PrivateCa valid(Date moment) {
        return new PrivateCa(certificates.stream()
                .filter(certificate ->
                        !moment.before(certificate.getNotBefore()) && !moment.after(certificate.getNotAfter()))
                .toList());
    }

    private X509TrustManager manager() {
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

    static SSLSocketFactory sockets(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has TLS", e);
        }
    }

    /**
     * Also checks validity dates, which the JDK checks neither for a CA nor for a server's certificate that is itself
     * trusted.
     */
    private static final class InTime implements X509TrustManager {
        private final PrivateCa all;
        private PrivateCa valid;
        private X509TrustManager manager;

        InTime(PrivateCa all) {
            this.all = all;
            current();
        }

        private synchronized X509TrustManager current() {
            PrivateCa now = all.valid(new Date());
            if (!now.equals(valid)) {
                valid = now;
                manager = now.manager();
            }
            return manager;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            current().checkServerTrusted(chain, authType);
            for (X509Certificate certificate : chain) {
                certificate.checkValidity();
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return current().getAcceptedIssuers();
        }
    }

    /** Without a store, the manager trusts what the JVM trusts. */
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
