package io.jenkins.plugins.cloudimage.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fake takes what any client may send, not only ours: the published examples, by GET and in several parts. */
class FakeQcloudTest {
    private static final Instant EXAMPLE = Instant.ofEpochSecond(1465185768);

    private final FakeQcloud fake = new FakeQcloud(Clock.fixed(EXAMPLE, ZoneOffset.UTC));

    private int code(String method, String host, String query, String type, String body) throws IOException {
        Headers headers = new Headers();
        headers.set("Host", host);
        headers.set("Content-Type", type);
        Received request = new Received(
                method, URI.create("/v2/index.php" + query), headers, body.getBytes(StandardCharsets.UTF_8));
        JsonNode answer = new ObjectMapper().readTree(fake.answer(request).body());
        return answer.path("code").asInt();
    }

    @ParameterizedTest
    @CsvSource({
        "&SignatureMethod=HmacSHA256, 0EEm%2FHtGRr%2FVJXTAD9tYMth1Bzm3lLHz5RCDv1GdM8s%3D, 0",
        "&SignatureMethod=HmacSHA1, nPVnY6njQmwQ8ciqbPl5Qe%2BOru4%3D, 0",
        "'', nPVnY6njQmwQ8ciqbPl5Qe%2BOru4%3D, 4100",
        "&SignatureMethod=HmacSHA256, 0EEm%2FHtGRr%2FVJXTAD9tYMth1Bzm3lLHz5RCDv1GdM8t%3D, 4100"
    })
    void takesThePublishedExampleByGet(String algorithm, String signature, int code) throws IOException {
        String query = "?Action=DescribeInstances&InstanceIds.0=ins-09dx96dg&Nonce=11886&Region=ap-guangzhou"
                + "&SecretId=" + FakeQcloud.SECRET_ID + algorithm + "&Timestamp=1465185768&Signature=" + signature;

        assertEquals(code, code("GET", "127.0.0.1:8080", query, "", ""));
        if (code == 0) {
            assertEquals(4500, code("GET", "127.0.0.1:8080", query, "", ""), "the same nonce once more");
        }
    }

    @Test
    void takesAFormOfSeveralParts() throws IOException {
        String[] fields = {
            "Action=CreateImage",
            "Nonce=11886",
            "Region=ap-guangzhou",
            "SecretId=" + FakeQcloud.SECRET_ID,
            "SignatureMethod=HmacSHA256",
            "Timestamp=1465185768",
            "imageDescription=夜间-1",
            "imageName=test",
            "instanceId=ins-12345678",
            "Signature=H2kqwAuCq1vqiii2YxOT7iwYE/Vso7pzSYXvLFBj1Bc="
        };
        StringBuilder body = new StringBuilder();
        for (String field : fields) {
            String[] parts = field.split("=", 2);
            body.append("--XyZ\r\nContent-Disposition: form-data; name=\"")
                    .append(parts[0])
                    .append("\"\r\n\r\n")
                    .append(parts[1])
                    .append("\r\n");
        }
        String type = "multipart/form-data; boundary=XyZ";

        // Signed right; only the instance does not exist.
        assertEquals(5000, code("POST", "image.api.qcloud.com", "", type, body + "--XyZ--\r\n"));
        String changed = body.toString().replace("\r\ntest\r\n", "\r\ntesu\r\n");
        assertEquals(4100, code("POST", "image.api.qcloud.com", "", type, changed + "--XyZ--\r\n"));
    }
}
