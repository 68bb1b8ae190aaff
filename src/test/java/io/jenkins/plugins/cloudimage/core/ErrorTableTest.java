package io.jenkins.plugins.cloudimage.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErrorTableTest {
    private static final ErrorTable TABLE = ErrorTable.builder()
            .refused(ErrorKind.AUTHENTICATION, () -> "Check the key.", "AuthFailure", "4100")
            .refused(ErrorKind.PERMISSION, () -> "Ask for it.", "AuthFailure.Unauthorized")
            .inDoubt(ErrorKind.UNAVAILABLE, () -> "Wait.", "InternalError")
            .build();

    @Test
    void findsACodeAsItIs() {
        assertEquals(
                Optional.of(CloudError.of(ErrorKind.PERMISSION, Acted.NO).advice("Ask for it.")),
                TABLE.meaning("AuthFailure.Unauthorized"));
        assertEquals(
                Optional.of(CloudError.of(ErrorKind.UNAVAILABLE, Acted.MAYBE).advice("Wait.")),
                TABLE.meaning("InternalError"));
        assertEquals(ErrorKind.AUTHENTICATION, kind("4100"));
    }

    @Test
    void findsTheNearestFamilyOfANewCode() {
        assertEquals(ErrorKind.AUTHENTICATION, kind("AuthFailure.SomethingNew"));
        assertEquals(ErrorKind.AUTHENTICATION, kind("AuthFailure.Some.Thing.New"));
        assertEquals(ErrorKind.PERMISSION, kind("AuthFailure.Unauthorized.New"));
    }

    @Test
    void aFamilyEndsAtADot() {
        assertEquals(Optional.empty(), TABLE.meaning("AuthFailures"));
        assertEquals(Optional.empty(), TABLE.meaning("authfailure"));
        assertEquals(Optional.empty(), TABLE.meaning("Unknown.InternalError"));
        assertEquals(Optional.empty(), TABLE.meaning(""));
        assertEquals(Optional.empty(), TABLE.meaning("."));
        assertEquals(Optional.empty(), TABLE.meaning(null));
    }

    @Test
    void noCodeMeansTwoThings() {
        ErrorTable.Builder builder = ErrorTable.builder().refused(ErrorKind.BUSY, () -> "Wait.", "A");

        assertEquals(
                "Code A is in the table twice",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> builder.inDoubt(ErrorKind.UNAVAILABLE, () -> "Wait.", "A"))
                        .getMessage());
    }

    @Test
    void adviceIsAskedForWhenItIsGiven() {
        List<String> languages = new ArrayList<>(List.of("等待。", "Wait."));
        ErrorTable table = ErrorTable.builder()
                .refused(ErrorKind.BUSY, () -> languages.remove(0), "A")
                .build();

        assertEquals("等待。", table.meaning("A").orElseThrow().advice());
        assertEquals("Wait.", table.meaning("A").orElseThrow().advice());
    }

    private static ErrorKind kind(String code) {
        return TABLE.meaning(code).orElseThrow().kind();
    }
}
