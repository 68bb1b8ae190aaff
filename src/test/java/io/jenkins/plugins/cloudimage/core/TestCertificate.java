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
        generate(store, from, days, "-ext", "san=" + name, "-ext", "bc:c");
        return read(store, false);
    }

    /**
     * Makes one that an authority has issued, for 127.0.0.1; its {@code pem} is the authority's.
     *
     * @param folder for the files
     * @param authority since when the authority is valid, and for how many days
     * @param own since when the certificate is valid, and for how many days
     */
    public static TestCertificate issued(
            Path folder, Map.Entry<String, Integer> authority, Map.Entry<String, Integer> own) throws Exception {
        Path ca = folder.resolve("ca.p12");
        Path store = folder.resolve("issued.p12");
        String days = own.getValue().toString();
        generate(ca, authority.getKey(), authority.getValue(), "-ext", "bc:c");
        generate(store, own.getKey(), own.getValue());
        keytool("-certreq", store, "-file", folder.resolve("csr").toString());
        keytool(
                "-gencert",
                ca,
                "-infile",
                folder.resolve("csr").toString(),
                "-outfile",
                folder.resolve("crt").toString(),
                "-ext",
                "san=ip:127.0.0.1",
                "-startdate",
                own.getKey(),
                "-validity",
                days);
        keytool("-exportcert", ca, "-file", folder.resolve("ca.crt").toString());
        keytool(
                "-importcert",
                store,
                "-alias",
                "ca",
                "-noprompt",
                "-file",
                folder.resolve("ca.crt").toString());
        keytool(
                "-importcert",
                store,
                "-noprompt",
                "-file",
                folder.resolve("crt").toString());
        return read(store, true);
    }

    private static void generate(Path store, String from, int days, String... extensions) throws Exception {
        List<String> more = new ArrayList<>(List.of(
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + store.getFileName(),
                "-startdate",
                from,
                "-validity",
                Integer.toString(days),
                "-storetype",
                "PKCS12"));
        more.addAll(List.of(extensions));
        keytool("-genkeypair", store, more.toArray(new String[0]));
    }

    private static void keytool(String action, Path store, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                action,
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        if (!List.of(more).contains("-alias")) {
            command.addAll(List.of("-alias", "test"));
        }
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) {
            throw new AssertionError(output);
        }
    }

    private static TestCertificate read(Path store, boolean isIssued) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        byte[] certificate = keys.getCertificate(isIssued ? "ca" : "test").getEncoded();
        return new TestCertificate(
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                        + "\n-----END CERTIFICATE-----\n",
                context);
    }
}
