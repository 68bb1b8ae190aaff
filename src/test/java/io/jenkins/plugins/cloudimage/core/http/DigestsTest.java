package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Published vectors: FIPS 180-2 appendix B.1, RFC 4231 test case 2, RFC 2202 test case 2. */
class DigestsTest {

    @Test
    void sha256() {
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                Digests.sha256Hex(Digests.utf8("abc")));
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Digests.sha256Hex(new byte[0]));
    }

    @Test
    void hmacWithTheAlgorithmOfTheKey() {
        byte[] key = Digests.utf8("Jefe");
        String text = "what do ya want for nothing?";

        assertEquals(
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                Digests.hex(Digests.hmac(Digests.key("HmacSHA256", key), text)));
        assertEquals(
                "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
                Digests.hex(Digests.hmac(Digests.key("HmacSHA1", key), text)));
    }

    @Test
    void anUnknownAlgorithmIsABug() {
        assertThrows(IllegalStateException.class, () -> Digests.hmac(Digests.key("HmacNone", new byte[] {1}), "x"));
    }

    @Test
    void textsAreUtf8AndHexIsLowerCase() {
        assertArrayEquals(new byte[] {(byte) 0xe9, (byte) 0x95, (byte) 0x9c}, Digests.utf8("镜"));
        assertEquals("e9959c00ff", Digests.hex(new byte[] {(byte) 0xe9, (byte) 0x95, (byte) 0x9c, 0, -1}));
    }
}
