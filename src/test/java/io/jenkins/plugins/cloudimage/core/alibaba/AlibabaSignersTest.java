package io.jenkins.plugins.cloudimage.core.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The published vectors of Alibaba's signatures, and more that follow from them. */
class AlibabaSignersTest {
    private static final AccessKey TEST = new AccessKey("testid", "testsecret", null);

    @Test
    void encodesByRfc3986() {
        assertEquals(
                "123abc%21%40%23%24%25%5E%26%2A%28%29-%3D_%2B%20~%7C%5C%2F",
                Percent.encode("123abc!@#$%^&*()-=_+ ~|\\/"));
        assertEquals("%E4%B8%AD%F0%9F%9A%80", Percent.encode("中\uD83D\uDE80"));
        assertEquals("", Percent.encode(""));
    }

    @Test
    void signsThePublishedRpcExample() {
        SortedMap<String, String> parameters = new TreeMap<>(Map.of(
                "AccessKeyId", "testid",
                "Action", "DescribeRegions",
                "Format", "XML",
                "SignatureMethod", "HMAC-SHA1",
                "SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
                "SignatureVersion", "1.0",
                "Timestamp", "2016-02-23T12:46:24Z",
                "Version", "2014-05-26"));

        assertEquals(
                "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML%26SignatureMethod%3DHMAC-SHA1"
                        + "%26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion%3D1.0"
                        + "%26Timestamp%3D2016-02-23T12%253A46%253A24Z%26Version%3D2014-05-26",
                RpcSigner.toSign("GET", Percent.pairs(parameters)));
        assertEquals("OLeaidS1JvxuMvnyHOwuJ+uX5qY=", new RpcSigner(TEST).signature("GET", Percent.pairs(parameters)));
    }

    /** Also computed with Alibaba's Java core 4.7.10. */
    @Test
    void signsQueryAndFormTogether() {
        Instant time = Instant.parse("2026-01-02T03:04:05.678Z");
        SortedMap<String, String> instance = new TreeMap<>(Map.of("InstanceId", "i-1"));
        SortedMap<String, String> name = new TreeMap<>(Map.of("ImageName", "a b*c~d/é中"));
        RpcSigner signer = new RpcSigner(TEST);

        String nameInForm =
                signer.query("CreateImage", "2017-11-10", instance, Percent.encode(name), "nonce-0001", time);
        String nameInQuery =
                signer.query("CreateImage", "2017-11-10", name, Percent.encode(instance), "nonce-0001", time);

        assertEquals(
                "AccessKeyId=testid&Action=CreateImage&Format=JSON&InstanceId=i-1&SignatureMethod=HMAC-SHA1"
                        + "&SignatureNonce=nonce-0001&SignatureVersion=1.0&Timestamp=2026-01-02T03%3A04%3A05Z"
                        + "&Version=2017-11-10&Signature=VZ33EDqILL4%2FRAc5UOEtZcTvXT0%3D",
                nameInForm);
        assertTrue(nameInQuery.endsWith("&Signature=VZ33EDqILL4%2FRAc5UOEtZcTvXT0%3D"), nameInQuery);
    }

    @Test
    void signsThePublishedAcs3Example() {
        SortedMap<String, String> query = new TreeMap<>(
                Map.of("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId", "cn-shanghai"));
        SortedMap<String, String> headers = new TreeMap<>(Map.of(
                "host", "ecs.cn-shanghai.aliyuncs.com",
                "x-acs-action", "RunInstances",
                "x-acs-content-sha256", Digests.sha256Hex(new byte[0]),
                "x-acs-date", "2023-10-26T10:22:32Z",
                "x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d",
                "x-acs-version", "2014-05-26"));

        assertEquals(
                "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;"
                        + "x-acs-date;x-acs-signature-nonce;x-acs-version,"
                        + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
                new Acs3Signer(new AccessKey("YourAccessKeyId", "YourAccessKeySecret", null))
                        .authorization("POST", "/", Percent.pairs(query), headers, Digests.sha256Hex(new byte[0])));
    }

    @Test
    void signsThePublishedRoaExample() {
        byte[] body = Digests.utf8("{\"CategoryName\":\"test\",\"CategoryType\":\"UNSTRUCTURED\"}");
        SortedMap<String, String> headers = new TreeMap<>(Map.of(
                "accept", "application/json",
                "content-type", "application/json",
                "content-md5", RoaSigner.contentMd5(body),
                "date", RoaSigner.date(Instant.parse("2025-04-16T03:44:46Z")),
                "regionid", "of no meaning to the signature",
                "x-acs-signature-method", "HMAC-SHA1",
                "x-acs-signature-nonce", "ef34aae7-7bd2-413d-a541-680cd2c48538",
                "x-acs-signature-version", "1.0",
                "x-acs-version", "2023-12-29"));

        assertEquals("q2qaEcR4P47+Z7CUzHRTBw==", headers.get("content-md5"));
        assertEquals("Wed, 16 Apr 2025 03:44:46 GMT", headers.get("date"));
        assertEquals(
                "acs testid:AYFXm52Ok0J/NswY03XdQFe/mgc=",
                new RoaSigner(TEST).authorization("POST", "/llm-p2e4XXXXXXXXsvtn/datacenter/category", headers));
    }

    @Test
    void theDayOfADateHasTwoDigits() {
        assertEquals("Fri, 02 Jan 2026 03:04:05 GMT", RoaSigner.date(Instant.parse("2026-01-02T03:04:05Z")));
    }
}
