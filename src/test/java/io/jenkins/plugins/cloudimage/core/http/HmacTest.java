package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The vectors are those of RFC 2202 and RFC 4231. */
class HmacTest {
    private static final byte[] KEY = Digests.utf8("Jefe");
    private static final String TEXT = "what do ya want for nothing?";

    @Test
    void theAlgorithmIsTheOneThatIsNamed() {
        assertEquals(
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                Digests.hex(new Hmac("HmacSHA256", KEY).of(TEXT)));
        assertEquals("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", Digests.hex(new Hmac("HmacSHA1", KEY).of(TEXT)));
    }

    @Test
    void anUnknownAlgorithmIsABug() {
        assertThrows(IllegalStateException.class, () -> new Hmac("HmacNone", new byte[] {1}));
    }

    @Test
    void aKeyIsUsedAgainAndByManyThreadsAtOnce() {
        Hmac hmac = new Hmac("HmacSHA256", KEY);

        Set<String> digests = IntStream.range(0, 2000)
                .parallel()
                .mapToObj(i -> i % 2 == 0 ? Digests.hex(hmac.of(TEXT)) : Digests.hex(hmac.of("another text")))
                .collect(Collectors.toSet());

        assertEquals(2, digests.size(), digests.toString());
    }
}
