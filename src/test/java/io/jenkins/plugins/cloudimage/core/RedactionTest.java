package io.jenkins.plugins.cloudimage.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String SECRET = "S3cr3tV4lue";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: TC3-HMAC-SHA256 Credential=S3cr3tV4lue/2026-01-02/cvm/tc3_request, Signature=S3cr3tV4lue",
                "Authorization: JDCLOUD2-HMAC-SHA256 Credential=S3cr3tV4lue/20260102, SignedHeaders=host, Signature=S3cr3tV4lue",
                "Authorization: ACS3-HMAC-SHA256 Credential=S3cr3tV4lue,SignedHeaders=host,Signature=S3cr3tV4lue",
                "Authorization: acs S3cr3tV4lue:S3cr3tV4lue=",
                "authorization=S3cr3tV4lue",
                "X-TC-Token: S3cr3tV4lue",
                "{X-TC-Token=[S3cr3tV4lue], Host=[x]}",
                "x-jdcloud-security-token:S3cr3tV4lue",
                "x-acs-security-token = S3cr3tV4lue",
                "https://image.api.qcloud.com/v2/index.php?Action=CreateImage&SecretId=S3cr3tV4lue&Signature=S3cr3tV4lue",
                "https://ens.aliyuncs.com/?AccessKeyId=S3cr3tV4lue&SecurityToken=S3cr3tV4lue&Signature=S3cr3tV4lue",
                "{\"SecretKey\":\"S3cr3tV4lue\",\"a\":1}",
                "{\"AccessKeySecret\" : \"S3cr3tV4lue\"}",
                "{\"body\":\"{\\\"AccessKeySecret\\\":\\\"S3cr3tV4lue\\\"}\"}",
                "{'sessionToken': 'S3cr3tV4lue'}",
                "password=S3cr3tV4lue",
                "access_key_id=S3cr3tV4lue",
                "server string to sign is:POST&%2F&AccessKeyId%3DS3cr3tV4lue%26Action%3DCreateImage",
                "string to sign: GET&%2F&Action%3DCreateImage%26SecurityToken%3DS3cr3tV4lue%26SignatureMethod",
                "GET&%2F&Action%3DX%26SecurityToken%253DS3cr3tV4lue%2526b",
            })
    void credentialsAreTakenOut(String text) {
        String clean = Redaction.clean(text);

        assertFalse(clean.contains(SECRET), clean);
        assertTrue(clean.contains("****"), clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The image name already exists: web-1",
                "Specified signature is not matched with our calculation.",
                "The token is expired, please log in",
                "RequestId 3c140219-cfe9-470e-b241-907877d6fb03, code AuthFailure.TokenFailure",
                "镜像不存在",
                "two\nlines\tand a tab"
            })
    void otherTextsStayAsTheyAre(String text) {
        assertEquals(text, Redaction.clean(text));
    }

    @Test
    void whatFollowsACredentialStays() {
        assertEquals(
                "Signature=****&Action=CreateImage", Redaction.clean("Signature=" + SECRET + "&Action=CreateImage"));
        assertEquals(
                "Authorization: **** ****\nnext line",
                Redaction.clean("Authorization: TC3-HMAC-SHA256 Credential=" + SECRET + "\nnext line"));
    }

    @Test
    void controlCharactersBecomeSpaces() {
        assertEquals("a b [31m", Redaction.clean("a\u0000\u0007b\u001b[31m"));
    }

    @Test
    void longTextsAreCut() {
        assertEquals(2000, Redaction.clean("x".repeat(2000)).length());
        assertEquals("x".repeat(2000) + "…", Redaction.clean("x".repeat(2001)));
    }
}
