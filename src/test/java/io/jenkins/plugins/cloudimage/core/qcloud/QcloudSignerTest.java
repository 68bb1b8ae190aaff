package io.jenkins.plugins.cloudimage.core.qcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published vectors of the API's signatures, and more that follow from them. */
class QcloudSignerTest {
    private static final AccessKey KEY =
            new AccessKey("AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA", "Gu5t9xGARNpq86cd98joQYCN3Cozk1qA", null);

    private static String sign(String method, String host, String query) {
        SortedMap<String, String> parameters = new TreeMap<>();
        for (String pair : query.split("&")) {
            parameters.put(pair.split("=")[0], pair.split("=")[1]);
        }
        return new QcloudSigner(KEY).signature(method, host, parameters);
    }

    @ParameterizedTest
    @CsvSource({"HmacSHA256, 0EEm/HtGRr/VJXTAD9tYMth1Bzm3lLHz5RCDv1GdM8s=", "HmacSHA1, nPVnY6njQmwQ8ciqbPl5Qe+Oru4="})
    void signsThePublishedExampleByTheMethodThatIsAskedFor(String algorithm, String signature) {
        assertEquals(
                signature,
                sign(
                        "GET",
                        "cvm.api.qcloud.com",
                        "Action=DescribeInstances&InstanceIds.0=ins-09dx96dg&Nonce=11886&Region=ap-guangzhou"
                                + "&SecretId=AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA&SignatureMethod=" + algorithm
                                + "&Timestamp=1465185768"));
    }

    /** The older example names no method; its names are out of order here, and small ones come after capitals. */
    @Test
    void signsThePublishedExampleWithoutAMethodByHmacSha1() {
        assertEquals(
                "NSI3UqqD99b/UJb4tbG/xZpRW64=",
                sign(
                        "GET",
                        "cvm.api.qcloud.com",
                        "offset=0&limit=20&instanceIds.0=ins-09dx96dg&Timestamp=1465185768"
                                + "&SecretId=AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA&Region=gz&Nonce=11886"
                                + "&Action=DescribeInstances"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, '', mx6WMlPM+6An3SPkkTPEWqK/00FQi3A78KBTOTMm3oA=",
        "POST, &imageDescription=夜间-1, H2kqwAuCq1vqiii2YxOT7iwYE/Vso7pzSYXvLFBj1Bc="
    })
    void signsCreateImage(String method, String description, String signature) {
        assertEquals(
                signature,
                sign(
                        method,
                        "image.api.qcloud.com",
                        "Action=CreateImage&Nonce=11886&Region=ap-guangzhou"
                                + "&SecretId=AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA&SignatureMethod=HmacSHA256"
                                + "&Timestamp=1465185768&imageName=test&instanceId=ins-12345678" + description));
    }

    @Test
    void hostMethodAndEveryValueCount() {
        String signature = sign("POST", "image.api.qcloud.com", "Action=CreateImage&Nonce=1");

        assertNotEquals(signature, sign("GET", "image.api.qcloud.com", "Action=CreateImage&Nonce=1"));
        assertNotEquals(signature, sign("POST", "cvm.api.qcloud.com", "Action=CreateImage&Nonce=1"));
        assertNotEquals(signature, sign("POST", "image.api.qcloud.com", "Action=CreateImage&Nonce=2"));
    }
}
