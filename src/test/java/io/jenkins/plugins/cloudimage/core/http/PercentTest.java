package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PercentTest {
    @Test
    void unreservedCharactersStayAndAllOthersAreEncoded() {
        assertEquals("azAZ09-._~", Percent.encode("azAZ09-._~"));
        assertEquals("%20%2A%2B%3A%2F%25%3D%26%21%27%28%29", Percent.encode(" *+:/%=&!'()"));
        assertEquals("%E9%95%9C%F0%9F%9A%80", Percent.encode("镜\uD83D\uDE80"));
    }

    @Test
    void pairsAreEncodedInTheOrderOfTheirNames() {
        assertEquals(
                "%E9%95%9C=%3D&empty=&ids.1=a%2A~&ids.10=b&ids.2=c%20d",
                Percent.pairs(
                        new TreeMap<>(Map.of("ids.2", "c d", "ids.10", "b", "ids.1", "a*~", "镜", "=", "empty", ""))));
        assertEquals("", Percent.pairs(new TreeMap<>()));
    }
}
