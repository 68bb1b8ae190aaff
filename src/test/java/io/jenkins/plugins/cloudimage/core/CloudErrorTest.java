package io.jenkins.plugins.cloudimage.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CloudErrorTest {
    private static final CloudError ERROR = CloudError.of(ErrorKind.QUOTA, SideEffect.NONE);

    @Test
    void itsTextHasAllThatIsKnown() {
        assertEquals(
                "Full [Limit.Images] (request id r-1) → Delete some.",
                ERROR.message("Full")
                        .advice("Delete some.")
                        .code("Limit.Images", "r-1")
                        .text());
        assertEquals("Full", ERROR.message("Full").text());
        assertEquals("→ Delete some.", ERROR.advice("Delete some.").text());
        assertEquals("", ERROR.text());
    }

    @Test
    void copiesKeepTheOtherParts() {
        CloudError error = ERROR.message("m").advice("a").code("c", "r").retryAfter(Duration.ofSeconds(3));

        assertEquals(
                new CloudError(ErrorKind.QUOTA, SideEffect.NONE, "m", "a", "c", "r", Duration.ofSeconds(3)), error);
        assertEquals(error, error.retryAfter(null).retryAfter(Duration.ofSeconds(3)));
        assertEquals(error, error.message("x").message("m"));
    }

    @Test
    void textsFromOutsideAreCleaned() {
        CloudError error = ERROR.message("SecretKey=abc1").code("token=abc2", "token=abc3");

        assertFalse(error.toString().contains("abc"), error.toString());
        assertFalse(error.text().contains("abc"), error.text());
    }

    @Test
    void theExceptionCarriesErrorTextAndCause() {
        CloudError error = ERROR.message("Full").advice("Delete some.");
        IOException cause = new IOException("x");

        assertSame(error, error.exception().error());
        assertEquals(error.text(), error.exception().getMessage());
        assertSame(cause, new CloudException(error, cause).getCause());
    }

    @Test
    void fourKindsPassByThemselves() {
        Set<ErrorKind> passing = EnumSet.noneOf(ErrorKind.class);
        for (ErrorKind kind : ErrorKind.values()) {
            if (kind.isRetryable()) {
                passing.add(kind);
            }
        }
        assertEquals(
                EnumSet.of(ErrorKind.BUSY, ErrorKind.THROTTLED, ErrorKind.UNAVAILABLE, ErrorKind.UNKNOWN_ANSWER),
                passing);
    }
}
