package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PercentTest {
    @Test
    void unreservedCharactersStayAndAllOthersAreEncoded() {
        assertEquals("azAZ09-._~", Percent.encode("azAZ09-._~"));
        assertEquals("%20%2A%2B%3A%2F%25%3D%26%21%27%28%29", Percent.encode(" *+:/%=&!'()"));
        assertEquals("%E9%95%9C%F0%9F%9A%80", Percent.encode("镜\uD83D\uDE80"));
    }
}
