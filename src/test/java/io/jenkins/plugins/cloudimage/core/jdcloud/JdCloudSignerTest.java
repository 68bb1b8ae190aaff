package io.jenkins.plugins.cloudimage.core.jdcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.Hmac;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors that JD Cloud publishes with its libraries, and more that its Java library computed. */
class JdCloudSignerTest {
    private static final AccessKey KEY = new AccessKey("ak", "sk", null);
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final String NONCE = "11111111-2222-3333-4444-555555555555";
    private static final String REGION_URL = "https://vm.jdcloud-api.com/v1/regions/cn-north-1/";
    private static final String CREATE = REGION_URL + "instances/i-abc123:createImage";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private static Map<String, String> sign(AccessKey key, String method, String url, String body) {
        return new JdCloudSigner(key, "cn-north-1", "vm")
                .sign(method, HttpUrl.get(url), JSON, Digests.utf8(body), TIME, NONCE);
    }

    private static String signature(Map<String, String> headers) {
        return headers.get("Authorization").replaceFirst(".*Signature=", "");
    }

    /** What a version of the algorithm makes of our canonical request. */
    private static String signature(String version, String secret, String date, String service, String canonical) {
        String terminator = "jdcloud" + version + "_request";
        String scope = date.substring(0, 8) + "/cn-north-1/" + service + "/" + terminator;
        byte[] key = Digests.utf8("JDCLOUD" + version + secret);
        for (String part : scope.split("/")) {
            key = new Hmac("HmacSHA256", key).of(part);
        }
        String toSign = "JDCLOUD" + version + "-HMAC-SHA256\n" + date + "\n" + scope + "\n"
                + Digests.sha256Hex(Digests.utf8(canonical));
        return Digests.hex(new Hmac("HmacSHA256", key).of(toSign));
    }

    /** From the tests of <a href="https://github.com/jdcloud-api/jdcloud-sdk-cpp-signer">the C++ signer</a>. */
    @Test
    void signsThePublishedGet() {
        Map<String, String> headers = new JdCloudSigner(KEY, "cn-north-1", "vm")
                .sign(
                        "GET",
                        HttpUrl.get("http://vm.cn-north-1.jdcloud.net/"),
                        Map.of(),
                        new byte[0],
                        Instant.parse("2009-02-13T23:31:30Z"),
                        "uuid");

        assertEquals(
                "JDCLOUD2-HMAC-SHA256 Credential=ak/20090213/cn-north-1/vm/jdcloud2_request, "
                        + "SignedHeaders=host;x-jdcloud-date;x-jdcloud-nonce, "
                        + "Signature=43a76892222031f847c00c56cac8d4d2dc179a4e75a37868d09a5300435f4054",
                headers.get("Authorization"));
        assertEquals("20090213T233130Z", headers.get("x-jdcloud-date"));
        assertEquals("uuid", headers.get("x-jdcloud-nonce"));
        assertFalse(headers.containsKey("x-jdcloud-security-token"));
    }

    /**
     * From the tests of <a href="https://github.com/jdcloud-api/jdcloud-sdk-go-signer">the Go signer</a>. Its key has a
     * space inside, which we take for a mistake, so only the canonical request is ours here.
     */
    @Test
    void signsThePublishedPost() {
        String canonical = JdCloudSigner.canonicalRequest(
                "POST",
                HttpUrl.get("https://test.cn-north-1.jdcloud-api.net/v1/region/cn-north-1/test"
                        + "?filters.1.name=id&filters.1.values.1=v1&filters.1.values.2=v2"),
                new TreeMap<>(Map.of(
                        "content-type", "application/json",
                        "host", "test.cn-north-1.jdcloud-api.net",
                        "x-jdcloud-date", "20190214T104514Z",
                        "x-jdcloud-nonce", "test nonce")),
                Digests.utf8("this is body"));

        assertEquals(
                "ab7f411c1af4d3938f69a24539572418fa4dcdb40e3c0dd4aa329fbca091688e",
                signature("2", "secret key", "20190214T104514Z", "test", canonical));
    }

    /**
     * From the tests of <a href="https://github.com/jdcloud-api/jdcloud-sdk-nodejs-signer">the Node.js signer</a>, for the
     * next version of the algorithm, which has the same canonical request.
     */
    @ParameterizedTest
    @CsvSource({
        "GET, instances/中文:GET, '', '', cf628bb7d6f37c8980da4e7a7e8f3950619726506c8d881d2629b457aa08b890",
        "POST, instances?中文参数=中文参数值, '{\"key\":\"value\"}', myhead, "
                + "963c4ab8065b4ea9020152fc7ad41ef2e1d160ac411f4bfd4eb09b600e9247e9"
    })
    void encodesPathAndQueryAsThePublishedVectorsDo(
            String method, String path, String body, String header, String signature) {
        TreeMap<String, String> headers = new TreeMap<>(Map.of(
                "x-jdcloud-algorithm", "JDCLOUD3-HMAC-SHA256",
                "x-jdcloud-date", "20190917T064708Z",
                "x-jdcloud-nonce", "X-Jdcloud-Nonce"));
        if (!header.isEmpty()) {
            headers.put("x-myheader", header);
        }

        String canonical =
                JdCloudSigner.canonicalRequest(method, HttpUrl.get(REGION_URL + path), headers, Digests.utf8(body));

        assertEquals(signature, signature("3", "sk", "20190917T064708Z", "apigatewaytestproductline", canonical));
    }

    @Test
    void signsCreateImageWithAnEncodedColon() {
        String body = "{\"name\":\"img-1\",\"description\":\"d\"}";
        Map<String, String> headers = sign(KEY, "POST", CREATE, body);

        assertEquals("5677c2d7b54f85b8691df065ea7c308540f89e8311b2be8155ad7fa36f45de3c", signature(headers));
        assertTrue(
                headers.get("Authorization")
                        .contains("SignedHeaders=content-type;host;x-jdcloud-date;x-jdcloud-nonce,"),
                headers.get("Authorization"));
        assertEquals(
                signature(headers),
                signature(sign(KEY, "POST", CREATE.replace(":createImage", "%3AcreateImage"), body)));
        // What a bare colon and one that is encoded twice would give.
        assertNotEquals("6420b6e3702a832540d14fee272ee8b90c004d6088f5f45b16a1d883eeab0b75", signature(headers));
        assertNotEquals("d9ba41eed23e540536e552146becf742079480b5c86fbbce5ed0c4f936cdfcfc", signature(headers));
    }

    @Test
    void canonicalRequestIsTheLibrarys() {
        TreeMap<String, String> headers = new TreeMap<>(Map.of(
                "content-type", "application/json",
                "host", "vm.jdcloud-api.com",
                "x-jdcloud-date", "20260102T030405Z",
                "x-jdcloud-nonce", NONCE));
        String post = JdCloudSigner.canonicalRequest(
                "POST", HttpUrl.get(CREATE), headers, Digests.utf8("{\"name\":\"img-1\",\"description\":\"d\"}"));
        String get =
                JdCloudSigner.canonicalRequest("GET", HttpUrl.get(REGION_URL + "images/img-abc"), headers, new byte[0]);

        assertTrue(post.endsWith("\nfed574413542845cc46ba16efb4b1074f3568ab68342ab29a7bf2c2d81517852"), post);
        assertEquals(
                "e7724eda1230915a37dfe0df6d9299110befd8d0d8d5bea6a093aebf385ad350",
                Digests.sha256Hex(Digests.utf8(post)));
        assertEquals(
                "e8e0a79f666939797c656ae9229609c74ef19932d1af15f35a79b34ff53fdc39",
                Digests.sha256Hex(Digests.utf8(get)));
    }

    @Test
    void signsUnicodeBodies() {
        assertEquals(
                "6f61edeb64e1b8f2adef9ed3cf2c1df1c8551f19ca8d5f79c577a849a7692dd4",
                signature(sign(KEY, "POST", CREATE, "{\"name\":\"镜像_1\"}")));
    }

    @Test
    void signsAGetWithItsContentType() {
        assertEquals(
                "91a9b0895b2bd4764bc0d67880d4953041f22f02927268e12c937960bf85d15b",
                signature(sign(KEY, "GET", REGION_URL + "images/img-abc", "")));
    }

    @Test
    void signsTheSessionTokenAsItIs() {
        Map<String, String> headers = sign(new AccessKey("ak", "sk", "dG9r"), "GET", REGION_URL + "images/img-abc", "");

        assertEquals("a3df91a1126f215898a5fd1fe26bb81a4db495dbb2cfb59c43ab7b6157fd0dbe", signature(headers));
        assertEquals("dG9r", headers.get("x-jdcloud-security-token"));
    }

    @Test
    void sortsAndEncodesTheQueryAndCompactsHeaders() {
        String canonical = JdCloudSigner.canonicalRequest(
                "GET",
                HttpUrl.get("https://h/p?ids.2=c&ids.10=b&ids.1=a*~&n=z&n=a%20b&empty"),
                new TreeMap<>(Map.of("x-a", "  two   words ")),
                new byte[0]);

        assertEquals(
                List.of("GET", "/p", "empty=&ids.1=a%2A~&ids.10=b&ids.2=c&n=a%20b&n=z", "x-a:two words", "", "x-a"),
                List.of(canonical.split("\n")).subList(0, 6));
    }

    @Test
    void derivesAnotherKeyForAnotherDayAlsoWhenManyThreadsSign() throws Exception {
        JdCloudSigner shared = new JdCloudSigner(KEY, "cn-north-1", "vm");
        Instant tomorrow = TIME.plusSeconds(86_400);
        Map<Instant, String> expected = Map.of(
                TIME,
                at(new JdCloudSigner(KEY, "cn-north-1", "vm"), TIME),
                tomorrow,
                at(new JdCloudSigner(KEY, "cn-north-1", "vm"), tomorrow));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                Instant time = i % 2 == 0 ? TIME : tomorrow;
                tasks.add(() -> expected.get(time).equals(at(shared, time)));
            }
            for (Future<Boolean> result : threads.invokeAll(tasks)) {
                assertTrue(result.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static String at(JdCloudSigner signer, Instant time) {
        return signer.sign("GET", HttpUrl.get(REGION_URL + "images"), JSON, new byte[0], time, NONCE)
                .get("Authorization");
    }
}
