package io.jenkins.plugins.cloudimage.core;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate made by the JDK's keytool, so that it is always of today.
 *
 * @param pem what to trust: the certificate itself, or that of the authority which has issued it
 * @param context what a server needs to show it
 */
public record TestCertificate(String pem, SSLContext context) {
    private static final String PASSWORD = "changeit";

    /** Makes one for a name such as {@code ip:127.0.0.1}. */
    public static TestCertificate make(Path store, String name) throws Exception {
        return make(store, name, "-1d", 90);
    }

    /** Makes one that is valid for so many days from a date such as {@code -3d}. */
    public static TestCertificate make(Path store, String name, String from, int days) throws Exception {
        generate(store, "test", from, days, "-ext", "san=" + name, "-ext", "bc:c");
        return read(store, "test");
    }

    /**
     * Makes one that an authority has issued, for 127.0.0.1; its {@code pem} is the authority's.
     *
     * @param store for the keys
     * @param authority since when the authority is valid, and for how many days
     * @param own since when the certificate is valid, and for how many days
     */
    public static TestCertificate issued(
            Path store, Map.Entry<String, Integer> authority, Map.Entry<String, Integer> own) throws Exception {
        generate(store, "ca", authority.getKey(), authority.getValue(), "-ext", "bc:c");
        generate(store, "test", own.getKey(), own.getValue(), "-signer", "ca", "-ext", "san=ip:127.0.0.1");
        return read(store, "ca");
    }

    private static void generate(Path store, String alias, String from, int days, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-startdate",
                from,
                "-validity",
                Integer.toString(days),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) {
            throw new AssertionError(output);
        }
    }

    private static TestCertificate read(Path store, String trusted) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        byte[] certificate = keys.getCertificate(trusted).getEncoded();
        // The server shows what the authority has issued, never the authority's own.
        keys.deleteEntry("ca");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new TestCertificate(
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                        + "\n-----END CERTIFICATE-----\n",
                context);
    }
}
