package io.jenkins.plugins.cloudimage.core;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageRequestTest {
    private record Request(List<Problem> problems) implements ImageRequest {
        @Override
        public ImageRequest withImageName(String name) {
            return this;
        }

        @Override
        public String region() {
            return "r";
        }

        @Override
        public String imageName() {
            return "n";
        }

        @Override
        public String instanceId() {
            return "i";
        }

        @Override
        public boolean dryRun() {
            return false;
        }
    }

    @Test
    void everyBrokenRuleIsToldAtOnceAndWarningsAreNot() {
        Request request = new Request(List.of(
                Problem.error("a", "a is bad"), Problem.warning("b", "b is odd"), Problem.error("c", "c is bad")));

        CloudError error = assertThrows(CloudException.class, request::check).error();

        assertEquals(ErrorKind.INVALID_REQUEST, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
        assertEquals("a is bad; c is bad", error.message());
        assertEquals("Correct the parameters; nothing was sent to the cloud.", error.advice());
    }

    @Test
    void doubtsKeepNothingFromBeingSent() {
        assertDoesNotThrow(() -> new Request(List.of(Problem.warning("b", "b is odd"))).check());
    }
}
