package io.jenkins.plugins.cloudimage.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\t", "\u0085", "\u2028", "\u2029", "\n\n\n"})
    void lineBreaksBecomeOneSpace(String lineBreak) {
        assertEquals("no Finished: SUCCESS", OneLine.of("no" + lineBreak + "Finished: SUCCESS"));
    }

    @Test
    void whatIsHiddenBecomesVisible() {
        assertEquals("\\u001b[31m", OneLine.of("\u001b[31m"));
        assertEquals("\\u009b31m", OneLine.of("\u009b31m"));
        assertEquals("\\u0008\\u0000", OneLine.of("\b\0"));
        assertEquals("\\u202a\\u202e\\u2066\\u2069", OneLine.of("\u202a\u202e\u2066\u2069"));
        assertEquals("\\u200b\\ufeff", OneLine.of("\u200b\ufeff"));
        assertEquals("\\ue0041", OneLine.of(Character.toString(0xE0041)));
    }

    @Test
    void otherTextStaysAsItIs() {
        for (String text : new String[] {"", "The image img-1 → C:\\u $1", "镜像 web-1 已就绪 🎉"}) {
            assertEquals(text, OneLine.of(text));
        }
    }

    @Test
    void anErrorIsOneLineWhateverTheCloudSays() {
        String text = CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.POSSIBLE)
                .message("no\nFinished: SUCCESS\u2028\u202e")
                .code("Odd\u009b", "r-1\u0085x")
                .text();

        assertEquals("no Finished: SUCCESS \\u202e [Odd\\u009b] " + Messages.CloudError_requestId("r-1 x"), text);
    }
}
