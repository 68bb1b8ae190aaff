package io.jenkins.plugins.cloudimage.core.tencent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import java.nio.charset.StandardCharsets;
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

/** The published vector of TC3-HMAC-SHA256, and more that follow from it. */
class TencentSignerTest {
    private static final String HOST = "cvm.tencentcloudapi.com";
    private static final AccessKey KEY =
            new AccessKey("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", null);
    private static final String EXAMPLE =
            "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\": \"instance-name\"}]}";
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void signsThePublishedExample() {
        // The documentation masks the key, and computes with the asterisks.
        AccessKey masked = new AccessKey("AKID" + "*".repeat(32), "*".repeat(32), null);

        String authorization = new TencentSigner(masked, "cvm")
                .authorization(HOST, "DescribeInstances", utf8(EXAMPLE), Instant.ofEpochSecond(1551113065));

        assertEquals(
                "TC3-HMAC-SHA256 Credential=AKID********************************/2019-02-25/cvm/tc3_request, "
                        + "SignedHeaders=content-type;host;x-tc-action, "
                        + "Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f",
                authorization);
    }

    @Test
    void signsAnOlderPublishedExampleThatLeavesTheActionOut() {
        AccessKey masked =
                new AccessKey("AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******", "Gu5t9xGARNpq86cd98joQYCN3*******", null);
        SortedMap<String, String> headers =
                new TreeMap<>(Map.of("content-type", TencentSigner.CONTENT_TYPE, "host", HOST));

        String authorization = new TencentSigner(masked, "cvm")
                .authorization(headers, utf8(EXAMPLE), Instant.ofEpochSecond(1551113065));

        assertEquals(
                "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******/2019-02-25/cvm/tc3_request, "
                        + "SignedHeaders=content-type;host, "
                        + "Signature=2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c",
                authorization);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"InstanceId\":\"ins-6pb6lrmy\",\"ImageName\":\"img-1\"}"
                        + "|8f40f5bd4d0cee2d9e4ac7b51167edb8f3d2a51e1b94882c410977311f4399e5",
                "{\"InstanceId\":\"ins-6pb6lrmy\",\"ImageName\":\"镜像-1\"}"
                        + "|becd7922bd0cdde6a6f17ab377d05864a728d48f6bd13e4da99e109567fa2a98"
            })
    void signsCreateImage(String body, String signature) {
        String authorization = new TencentSigner(KEY, "cvm").authorization(HOST, "CreateImage", utf8(body), TIME);

        assertTrue(authorization.endsWith("Signature=" + signature), authorization);
    }

    @Test
    void takesTheUtcDayWhateverTheZone() {
        String authorization = new TencentSigner(KEY, "cvm")
                .authorization(HOST, "CreateImage", utf8("{}"), Instant.parse("2026-01-01T20:00:00Z"));

        assertTrue(authorization.contains("/2026-01-01/cvm/tc3_request"), authorization);
    }

    @Test
    void derivesAnotherKeyForAnotherDayAlsoWhenManyThreadsSign() throws Exception {
        TencentSigner shared = new TencentSigner(KEY, "cvm");
        Map<Instant, String> expected = Map.of(
                TIME,
                signature(new TencentSigner(KEY, "cvm"), TIME),
                TIME.plusSeconds(86_400),
                signature(new TencentSigner(KEY, "cvm"), TIME.plusSeconds(86_400)));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                Instant time = i % 2 == 0 ? TIME : TIME.plusSeconds(86_400);
                tasks.add(() -> expected.get(time).equals(signature(shared, time)));
            }
            for (Future<Boolean> result : threads.invokeAll(tasks)) {
                assertTrue(result.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static String signature(TencentSigner signer, Instant time) {
        return signer.authorization(HOST, "DescribeImages", utf8("{}"), time);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
