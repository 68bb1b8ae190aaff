package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
    void textsAreUtf8AndHexIsLowerCase() {
        assertArrayEquals(new byte[] {(byte) 0xe9, (byte) 0x95, (byte) 0x9c}, Digests.utf8("镜"));
        assertEquals("e9959c00ff", Digests.hex(new byte[] {(byte) 0xe9, (byte) 0x95, (byte) 0x9c, 0, -1}));
    }
}
