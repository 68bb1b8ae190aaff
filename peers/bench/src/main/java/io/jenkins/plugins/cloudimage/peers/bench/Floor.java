package io.jenkins.plugins.cloudimage.peers.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.Callable;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What no signer can undercut: the digests that a scheme asks for each request, over texts as long as those of this
 * request, by objects of the JDK that are reused without end. No text is put together, nothing is written in
 * hexadecimal, and a key that holds for a day is at hand.
 */
final class Floor implements Callable<Object> {
    private static final String HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final MessageDigest sha256;
    private final Mac mac;
    private final List<byte[]> hashed;
    private final byte[] signed;

    private Floor(String hmac, List<String> hashed, String signed) {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
            mac = Mac.getInstance(hmac);
            mac.init(new SecretKeySpec(new byte[32], hmac));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        this.hashed = hashed.stream().map(text -> text.getBytes(UTF_8)).toList();
        this.signed = signed.getBytes(UTF_8);
    }

    /** The floor of a scheme. */
    static Floor of(Scheme scheme) {
        return switch (scheme) {
            case TC3 ->
                new Floor(
                        "HmacSHA256",
                        List.of(
                                "{\"ImageName\":\"web-1234\",\"InstanceId\":\"ins-6pb6lrmy\","
                                        + "\"ImageDescription\":\"nightly web tier\"}",
                                "POST\n/\n\ncontent-type:application/json; charset=utf-8\nhost:127.0.0.1:12345\n"
                                        + "x-tc-action:createimage\n\ncontent-type;host;x-tc-action\n" + HASH),
                        "TC3-HMAC-SHA256\n1700000000\n2026-01-02/cvm/tc3_request\n" + HASH);
            case JDCLOUD2 ->
                new Floor(
                        "HmacSHA256",
                        List.of(
                                "{\"name\":\"web-1234\",\"description\":\"nightly web tier\"}",
                                "POST\n/v1/regions/cn-north-1/instances/i-eumm9d8xvv%3AcreateImage\n\n"
                                        + "content-type:application/json\nhost:127.0.0.1:12345\n"
                                        + "x-jdcloud-date:20260102T030405Z\nx-jdcloud-nonce:" + Ours.NONCE
                                        + "\n\ncontent-type;host;x-jdcloud-date;x-jdcloud-nonce\n" + HASH),
                        "JDCLOUD2-HMAC-SHA256\n20260102T030405Z\n20260102/cn-north-1/vm/jdcloud2_request\n" + HASH);
            case RPC ->
                new Floor(
                        "HmacSHA1",
                        List.of(),
                        "POST&%2F&AccessKeyId%3DAKIDz8krbsJ5yKBZ%26Action%3DCreateImage%26ClientToken%3D" + Ours.NONCE
                                + "%26Description%3Dnightly%2520web%2520tier%26Format%3DJSON%26ImageName%3Dweb-1234"
                                + "%26InstanceId%3Di-bp1g6zv0ce8oghu7k2xd%26Product%3DEcs%26RegionId%3Dcn-hangzhou"
                                + "%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D" + Ours.NONCE
                                + "%26SignatureVersion%3D1.0%26Timestamp%3D2026-01-02T03%253A04%253A05Z"
                                + "%26Version%3D2014-05-26");
            // There is no body, so its digest is a constant.
            case ACS3 ->
                new Floor(
                        "HmacSHA256",
                        List.of("POST\n/\nClientToken=" + Ours.NONCE + "&Description=nightly%20web%20tier"
                                + "&ImageName=web-1234&InstanceId=i-bp1g6zv0ce8oghu7k2xd&RegionId=cn-hangzhou\n"
                                + "host:127.0.0.1:12345\nx-acs-action:CreateImage\nx-acs-content-sha256:" + HASH
                                + "\nx-acs-date:2026-01-02T03:04:05Z\nx-acs-signature-nonce:" + Ours.NONCE
                                + "\nx-acs-version:2014-05-26\n\nhost;x-acs-action;x-acs-content-sha256;x-acs-date;"
                                + "x-acs-signature-nonce;x-acs-version\n" + HASH),
                        "ACS3-HMAC-SHA256\n" + HASH);
        };
    }

    @Override
    public Object call() {
        int last = 0;
        for (byte[] text : hashed) {
            last += sha256.digest(text)[0];
        }
        return last + mac.doFinal(signed)[0];
    }
}
