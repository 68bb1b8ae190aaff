package io.jenkins.plugins.cloudimage.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.creation.TestCloud;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceTest {
    private static final Provenance PROVENANCE = new Provenance("folder/web", "42", "0123abc");
    private static final Clouds CLOUDS = new Clouds(TestTransport.direct(), Clock.systemUTC());
    private static final TagSupport SMALL = new TagSupport(3, 8, Set.of());

    private static ImageRequest request(ImageTag... tags) {
        return TestCloud.ALIBABA_ECS.request("web-1", "i-1").withTags(List.of(tags));
    }

    private static ImageTag tag(String key, String value) {
        return new ImageTag(key, value);
    }

    private static TagSupport support(TestCloud cloud) {
        return CLOUDS.provider(cloud.id).capabilities().tags();
    }

    @Test
    void theTagsComeAfterTheUsers() throws CloudException {
        assertEquals(
                List.of(
                        tag("env", "prod"),
                        tag("jenkins:job", "folder/web"),
                        tag("jenkins:build", "42"),
                        tag("jenkins:commit", "0123abc"),
                        tag("jenkins:source-instance", "i-1")),
                PROVENANCE
                        .addTo(request(tag("env", "prod")), support(TestCloud.ALIBABA_ECS))
                        .tags());
    }

    @Test
    void theUsersTagsAreNeverPushedOut() throws CloudException {
        assertEquals(
                List.of(tag("a", "1"), tag("b", "2"), tag("jenkins:job", "folder/w")),
                PROVENANCE.addTo(request(tag("a", "1"), tag("b", "2")), SMALL).tags());
    }

    @Test
    void aKeyOfTheUserMustNotLookLikeOneOfThese() {
        CloudException error =
                assertThrows(CloudException.class, () -> PROVENANCE.addTo(request(tag("jenkins:node", "x")), SMALL));

        assertEquals(ErrorKind.INVALID_REQUEST, error.error().kind());
        assertTrue(error.getMessage().contains("jenkins:node"), error.getMessage());
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void everyCloudAcceptsTheTagsOrGetsNone(TestCloud cloud) throws CloudException {
        ImageRequest plain = cloud.request("web-1", cloud == TestCloud.QCLOUD ? "ins-1" : "i-1");

        ImageRequest tagged = PROVENANCE.addTo(plain, support(cloud));

        assertEquals(plain.problems(), tagged.problems());
        assertEquals(support(cloud) != null, Provenance.isIn(tagged));
        assertEquals(plain, Provenance.removedFrom(tagged));
        if (support(cloud) == null) {
            assertSame(plain, tagged);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%2Fb",
                "acs:x",
                "aliyunx",
                "http://x.example.com/y",
                "https:///x",
                " x ",
                "\u540d\u5b57 \ud83d\ude00 <b>&\n",
                "\u202ex",
                "qcs:x"
            })
    void anyJobHasAValidName(String job) throws CloudException {
        for (TestCloud cloud : List.of(TestCloud.TENCENT, TestCloud.ALIBABA_ECS, TestCloud.APSARA_STACK)) {
            for (String name : List.of(job, job.repeat(100))) {
                ImageRequest plain = cloud.request("web-1", null).withTags(List.of());
                ImageRequest tagged = new Provenance(name, "1", null).addTo(plain, support(cloud));

                assertEquals(plain.problems(), tagged.problems(), tagged.toString());
                String value = tagged.tags().get(0).value();
                assertEquals(value.strip(), value);
                assertFalse(value.contains("//"));
            }
        }
    }

    @Test
    void aCharacterIsNotCutInHalf() throws CloudException {
        String wide = "\ud840\udc00".repeat(9);

        ImageRequest tagged = new Provenance(wide, "1", null).addTo(request(), SMALL);

        assertEquals(wide.substring(0, 16), tagged.tags().get(0).value());
    }

    @Test
    void whatTheBuildDoesNotKnowIsLeftOut() throws CloudException {
        ImageRequest tagged = new Provenance("web", "1", null)
                .addTo(TestCloud.ALIBABA_ECS.request("web-1", null), support(TestCloud.ALIBABA_ECS));

        assertEquals(List.of(tag("jenkins:job", "web"), tag("jenkins:build", "1")), tagged.tags());
    }

    @ParameterizedTest
    @EnumSource(
            value = TestCloud.class,
            names = {"TENCENT", "ALIBABA_ECS", "APSARA_STACK"})
    void theMaximumIsTheRuleOfTheCloud(TestCloud cloud) {
        int maximum = support(cloud).maximum();
        List<ImageTag> tags = IntStream.rangeClosed(0, maximum)
                .mapToObj(i -> tag("k" + i, "v"))
                .toList();

        assertTrue(cloud.request("web-1", "i-1").withTags(tags.subList(0, maximum)).problems().stream()
                .noneMatch(problem -> problem.field().equals("tags")));
        assertTrue(cloud.request("web-1", "i-1").withTags(tags).problems().stream()
                .anyMatch(problem -> problem.field().equals("tags")));
    }

    @Test
    void aKeyInBothListsIsNamed() {
        List<Problem> problems = request(tag("env", "prod"), tag("env", "test")).problems();

        assertEquals(1, problems.size());
        assertTrue(problems.get(0).message().contains("\"env\" twice"), problems.toString());
    }
}
