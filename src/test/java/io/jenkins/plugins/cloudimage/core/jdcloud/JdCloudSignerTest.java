package io.jenkins.plugins.cloudimage.core.jdcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.Hmac;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors that JD Cloud publishes with its libraries, and more that its Java library computed. */
class JdCloudSignerTest {
    private static final AccessKey KEY = new AccessKey("ak", "sk", null);
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final String NONCE = "11111111-2222-3333-4444-555555555555";
    private static final String REGION_PATH = "/v1/regions/cn-north-1/";
    private static final String CREATE = REGION_PATH + "instances/i-abc123%3AcreateImage";
    private static final byte[] NO_BODY = {};

    private static String sign(AccessKey key, String method, String path, String body) {
        SortedMap<String, String> headers = headers(TIME);
        if (key.sessionToken() != null) {
            headers.put("x-jdcloud-security-token", key.sessionToken());
        }
        return new JdCloudSigner(key, "cn-north-1", "vm").authorization(method, path, "", headers, Digests.utf8(body));
    }

    private static SortedMap<String, String> headers(Instant time) {
        return new TreeMap<>(Map.of(
                "content-type",
                "application/json",
                "host",
                "vm.jdcloud-api.com",
                "x-jdcloud-date",
                JdCloudSigner.date(time),
                "x-jdcloud-nonce",
                NONCE));
    }

    private static String signature(String authorization) {
        return authorization.replaceFirst(".*Signature=", "");
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
        String date = JdCloudSigner.date(Instant.parse("2009-02-13T23:31:30Z"));
        SortedMap<String, String> headers = new TreeMap<>(Map.of(
                "host", "vm.cn-north-1.jdcloud.net",
                "x-jdcloud-date", date,
                "x-jdcloud-nonce", "uuid"));

        assertEquals(
                "JDCLOUD2-HMAC-SHA256 Credential=ak/20090213/cn-north-1/vm/jdcloud2_request, "
                        + "SignedHeaders=host;x-jdcloud-date;x-jdcloud-nonce, "
                        + "Signature=43a76892222031f847c00c56cac8d4d2dc179a4e75a37868d09a5300435f4054",
                new JdCloudSigner(KEY, "cn-north-1", "vm").authorization("GET", "/", "", headers, NO_BODY));
        assertEquals("20090213T233130Z", date);
    }

    /**
     * From the tests of <a href="https://github.com/jdcloud-api/jdcloud-sdk-go-signer">the Go signer</a>. Its key has a
     * space inside, which we take for a mistake, so only the canonical request is ours here.
     */
    @Test
    void signsThePublishedPost() {
        String canonical = JdCloudSigner.canonicalRequest(
                "POST",
                "/v1/region/cn-north-1/test",
                Percent.pairs(new TreeMap<>(
                        Map.of("filters.1.name", "id", "filters.1.values.1", "v1", "filters.1.values.2", "v2"))),
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
        "GET, 中文:GET, '', '', '', cf628bb7d6f37c8980da4e7a7e8f3950619726506c8d881d2629b457aa08b890",
        "POST, '', 中文参数, '{\"key\":\"value\"}', myhead, "
                + "963c4ab8065b4ea9020152fc7ad41ef2e1d160ac411f4bfd4eb09b600e9247e9"
    })
    void encodesPathAndQueryAsThePublishedVectorsDo(
            String method, String name, String parameter, String body, String header, String signature) {
        TreeMap<String, String> headers = new TreeMap<>(Map.of(
                "x-jdcloud-algorithm", "JDCLOUD3-HMAC-SHA256",
                "x-jdcloud-date", "20190917T064708Z",
                "x-jdcloud-nonce", "X-Jdcloud-Nonce"));
        if (!header.isEmpty()) {
            headers.put("x-myheader", header);
        }

        String path = REGION_PATH + "instances" + (name.isEmpty() ? "" : "/" + Percent.encode(name));
        SortedMap<String, String> query = new TreeMap<>();
        if (!parameter.isEmpty()) {
            query.put(parameter, parameter + "值");
        }
        String canonical =
                JdCloudSigner.canonicalRequest(method, path, Percent.pairs(query), headers, Digests.utf8(body));

        assertEquals(signature, signature("3", "sk", "20190917T064708Z", "apigatewaytestproductline", canonical));
    }

    @Test
    void signsCreateImageWithAnEncodedColon() {
        String body = "{\"name\":\"img-1\",\"description\":\"d\"}";
        String authorization = sign(KEY, "POST", CREATE, body);

        assertEquals("5677c2d7b54f85b8691df065ea7c308540f89e8311b2be8155ad7fa36f45de3c", signature(authorization));
        assertTrue(
                authorization.contains("SignedHeaders=content-type;host;x-jdcloud-date;x-jdcloud-nonce,"),
                authorization);
    }

    @Test
    void canonicalRequestIsTheLibrarys() {
        String post = JdCloudSigner.canonicalRequest(
                "POST", CREATE, "", headers(TIME), Digests.utf8("{\"name\":\"img-1\",\"description\":\"d\"}"));
        String get = JdCloudSigner.canonicalRequest("GET", REGION_PATH + "images/img-abc", "", headers(TIME), NO_BODY);

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
                signature(sign(KEY, "GET", REGION_PATH + "images/img-abc", "")));
    }

    @Test
    void signsTheSessionToken() {
        assertEquals(
                "a3df91a1126f215898a5fd1fe26bb81a4db495dbb2cfb59c43ab7b6157fd0dbe",
                signature(sign(new AccessKey("ak", "sk", "dG9r"), "GET", REGION_PATH + "images/img-abc", "")));
    }

    @Test
    void compactsHeaders() {
        String canonical = JdCloudSigner.canonicalRequest(
                "GET", "/p", "ids.1=a%2A~", new TreeMap<>(Map.of("x-a", "  two   words ")), NO_BODY);

        assertEquals(
                List.of("GET", "/p", "ids.1=a%2A~", "x-a:two words", "", "x-a"),
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
        return signer.authorization("GET", REGION_PATH + "images", "", headers(time), NO_BODY);
    }
}
