package io.jenkins.plugins.cloudimage.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {
    private final Rules rules = new Rules();

    private void assertErrors(String... messages) {
        assertEquals(
                List.of(messages),
                rules.problems().stream().map(Problem::message).toList());
        assertTrue(rules.problems().stream().allMatch(problem -> problem.severity() == Problem.Severity.ERROR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ap-guangzhou", "cn-north-1", "gz", "1", "cn-some-new-region-99"})
    void anyCodeInTheShapeOfARegionIsTaken(String region) {
        rules.region(region).region("a".repeat(63));

        assertErrors();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ap-guangzhou", "ap_guangzhou", "ap--guangzhou", "-ap", "ap-", "a.b", "a/b", "a b", "ä"})
    void whatCouldNotBeInAHostNameIsNoRegion(String region) {
        rules.region(region);

        assertErrors("region \"" + region
                + "\" is not a region code: use only lower-case letters, digits and single hyphens");
    }

    @Test
    void aRegionFitsIntoAHostName() {
        rules.region("a".repeat(64));

        assertEquals(1, rules.problems().size());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \t"})
    void aMissingValueIsTold(String missing) {
        assertFalse(rules.required("imageName", missing, "the name of the new image"));
        rules.region(missing);

        assertErrors(
                "imageName is missing: give the name of the new image",
                "region is missing: give the code of the region in which the instance is, for example ap-guangzhou");
        assertEquals("imageName", rules.problems().get(0).field());
    }

    @Test
    void aGivenValueIsNotMissing() {
        assertTrue(rules.required("imageName", "x", "it"));

        assertErrors();
    }

    @Test
    void lengthsAreCountedInCharacters() {
        rules.length("a", "xx", 2, 4)
                .length("a", "xxxx", 2, 4)
                .length("a", "🚀🚀🚀🚀", 2, 4)
                .length("a", "镜像", 2, 4);
        rules.length("a", null, 2, 4).length("a", "", 2, 4).length("a", " ", 2, 4);
        assertErrors();

        rules.length("b", "x", 2, 4).length("c", "xxxxx", 2, 4);
        assertErrors("b has 1 characters; the cloud takes 2 to 4", "c has 5 characters; the cloud takes 2 to 4");
    }

    @Test
    void aNameOfTheWrongLengthIsAnsweredWithARightOne() {
        rules.name("a", "镜像", 2, 4, "镜像").name("b", "xxxxx", 2, 4, "xxxx").name("c", "x\n", 2, 4, "x-1");

        assertErrors(
                "b has 5 characters; the cloud takes 2 to 4, for example \"xxxx\"",
                "c contains a line break or another control character; remove it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000b", "a\u007fb", "a\rb", "a\tb"})
    void controlCharactersAreRefused(String text) {
        rules.length("description", text, 0, 9);

        assertErrors("description contains a line break or another control character; remove it");
    }

    @Test
    void exactlyOneOfTwo() {
        rules.exactlyOne("a", true, "b", false).exactlyOne("a", false, "b", true);
        assertErrors();

        rules.exactlyOne("a", true, "b", true).exactlyOne("a", false, "b", false);
        assertErrors(
                "b cannot be given together with a: the image is made from one of them; remove one",
                "a is missing: give a or b, the source of the image");
    }

    @Test
    void oneOnlyWithAnother() {
        rules.onlyWith("a", true, "b", true).onlyWith("a", false, "b", true).onlyWith("a", false, "b", false);
        assertErrors();

        rules.onlyWith("a", true, "b", false);
        assertErrors("a can be given only together with b; add b or remove a");
    }

    @Test
    void listsHaveNoGapsAndNoTwins() {
        rules.distinct("ids", List.of()).distinct("ids", List.of("a", "b"));
        assertErrors();

        rules.distinct("ids", Arrays.asList("a", " ")).distinct("ids", List.of("a", "b", "a"));
        assertErrors("ids contains an empty element; remove it", "ids contains the same id twice: a, b, a");
    }

    @Test
    void anIdOfAnotherKindIsADoubtOnly() {
        rules.looksLike("ids", Arrays.asList("ins-1", null, " "), "ins-");
        assertErrors();

        rules.looksLike("ids", List.of("img-1"), "ins-");
        assertEquals(
                List.of(Problem.warning(
                        "ids", "ids \"img-1\" does not look like an id of this kind, which begins with ins-")),
                rules.problems());
    }
}
