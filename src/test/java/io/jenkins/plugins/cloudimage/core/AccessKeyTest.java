package io.jenkins.plugins.cloudimage.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeyTest {

    @Test
    void surroundingWhiteSpaceIsRemoved() {
        assertEquals(new AccessKey("id", "secret", "token"), new AccessKey(" id\n", "\tsecret\r\n", " token "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void anEmptyTokenIsNone(String token) {
        assertNull(new AccessKey("id", "secret", token).sessionToken());
        assertNull(new AccessKey("id", "secret", null).sessionToken());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t"})
    void idAndSecretMustBeGiven(String empty) {
        assertEquals("The access key id is empty", message(empty, "secret", null));
        assertEquals("The access key id is empty", message(null, "secret", null));
        assertEquals("The secret key is empty", message("id", empty, null));
        assertEquals("The secret key is empty", message("id", null, null));
    }

    /** The HTTP library refuses other characters in headers, with the value in its message. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\tb",
                "a\nb",
                "a\r\nb",
                "a\u00a0b",
                "a\u200bb",
                "\ufeffab",
                "ab\u00a0",
                "geheim\u00e9",
                "\u5bc6\u94a5",
                "a\u0000b"
            })
    void whatIsNoPrintableAsciiIsRefusedWithoutTellingIt(String odd) {
        for (String message :
                new String[] {message(odd, "s3cr3t", "t0k3n"), message("i4", odd, "t0k3n"), message("i4", "s3cr3t", odd)
                }) {
            assertTrue(message.endsWith("paste it again"), message);
            assertFalse(message.contains(odd), message);
            assertFalse(message.contains("s3cr3t"), message);
        }
    }

    @Test
    void everyPrintableCharacterIsTaken() {
        StringBuilder printable = new StringBuilder();
        for (char c = '!'; c <= '~'; c++) {
            printable.append(c);
        }
        assertEquals(printable.toString(), new AccessKey("id", printable.toString(), null).secret());
    }

    /** JD Cloud publishes a signature with such a key. */
    @Test
    void spacesInsideAreKept() {
        AccessKey key = new AccessKey(" access key ", "secret  key", "session token");

        assertEquals("access key", key.id());
        assertEquals("secret  key", key.secret());
        assertEquals("session token", key.sessionToken());
    }

    @Test
    void itsTextShowsNoPart() {
        String text = new AccessKey("AKIDpublic", "s3cr3t", "t0k3n").toString();

        assertEquals("AccessKey[id=****]", text);
    }

    @Test
    void keysDifferInEachPart() {
        AccessKey key = new AccessKey("id", "secret", "token");

        assertNotEquals(key, new AccessKey("id2", "secret", "token"));
        assertNotEquals(key, new AccessKey("id", "secret2", "token"));
        assertNotEquals(key, new AccessKey("id", "secret", null));
    }

    private static String message(String id, String secret, String token) {
        return assertThrows(IllegalArgumentException.class, () -> new AccessKey(id, secret, token))
                .getMessage();
    }
}
