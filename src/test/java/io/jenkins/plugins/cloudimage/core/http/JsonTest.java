package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void textsMayBeNumbersOrTruths() throws JsonProcessingException {
        JsonNode node = json("{'a':'x','b':12,'c':true,'d':1234567890123}");

        assertEquals("x", Json.text(node, "a"));
        assertEquals("12", Json.text(node, "b"));
        assertEquals("true", Json.text(node, "c"));
        assertEquals("1234567890123", Json.text(node, "d"));
    }

    @Test
    void whatIsNoTextIsNull() throws JsonProcessingException {
        JsonNode node = json("{'a':null,'b':'','c':{'x':1},'d':['x']}");

        for (String field : new String[] {"a", "b", "c", "d", "missing"}) {
            assertNull(Json.text(node, field), field);
        }
        assertNull(Json.text(json("[]"), "a"));
    }

    @Test
    void aTextMaySayNull() throws JsonProcessingException {
        assertEquals("null", Json.text(json("{'a':'null'}"), "a"));
    }

    @Test
    void percentagesMayBeNumbersOrTexts() throws JsonProcessingException {
        JsonNode node = json("{'a':50,'b':'50%','c':'7','d':0,'e':120,'f':null,'g':'half','h':'50 %','i':-1,'j':1.5}");

        assertEquals(50, Json.percent(node, "a"));
        assertEquals(50, Json.percent(node, "b"));
        assertEquals(7, Json.percent(node, "c"));
        assertEquals(0, Json.percent(node, "d"));
        assertEquals(100, Json.percent(node, "e"));
        for (String field : new String[] {"f", "g", "h", "i", "j", "missing"}) {
            assertNull(Json.percent(node, field), field);
        }
    }

    @Test
    void momentsNeedAnOffset() throws JsonProcessingException {
        JsonNode node = json("{'a':'2026-01-02T03:04:05Z','b':'2026-01-02T11:04:05+08:00','c':'2026-01-02T03:04Z',"
                + "'d':'2026-01-02T03:04:05','e':'yesterday','f':null,'g':17}");

        Instant moment = Instant.parse("2026-01-02T03:04:05Z");
        assertEquals(moment, Json.instant(node, "a"));
        assertEquals(moment, Json.instant(node, "b"));
        assertEquals(moment.minusSeconds(5), Json.instant(node, "c"));
        for (String field : new String[] {"d", "e", "f", "g", "missing"}) {
            assertNull(Json.instant(node, field), field);
        }
    }
}
