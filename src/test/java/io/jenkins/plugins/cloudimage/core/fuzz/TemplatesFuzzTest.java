package io.jenkins.plugins.cloudimage.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraSettings;
import io.jenkins.plugins.cloudimage.core.http.CannedTransport;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import okhttp3.Request;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is answered about launch templates and scaling configurations: none that names an image is lost. */
class TemplatesFuzzTest {
    private static final int MOST_CALLS = 1000;

    /** Where the responses to a call name images. */
    private record Place(String list, String data) {}

    private static final Map<String, Place> PLACES = Map.of(
            "tencent DescribeLaunchTemplateVersions",
            new Place("/Response/LaunchTemplateVersionSet", "/LaunchTemplateVersionData/ImageId"),
            "tencent DescribeLaunchConfigurations",
            new Place("/Response/LaunchConfigurationSet", "/ImageId"),
            "ecs DescribeLaunchTemplateVersions",
            new Place("/LaunchTemplateVersionSets/LaunchTemplateVersionSet", "/LaunchTemplateData/ImageId"),
            "ecs DescribeScalingConfigurations",
            new Place("/ScalingConfigurations/ScalingConfiguration", "/ImageId"),
            "jd",
            new Place("/result/instanceTemplates", "/instanceTemplateData/imageId"));

    /** A response and the call that it was given to. */
    private record Given(String call, Answer answer) {}

    private final List<Given> given = new ArrayList<>();

    /** The responses of one listing, of which the last is repeated. */
    private record Trial(List<Answer> answers) {
        @Override
        public String toString() {
            return answers.stream()
                    .map(answer -> answer.status() + "\n" + new String(answer.body(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("\n"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JD_CLOUD", "TENCENT", "ECS"})
    void noTemplateIsLost(Subject cloud) {
        List<Answer> proper = cloud.answers(List.of("Templates"));
        List<JsonNode> documents = proper.stream()
                .map(answer -> Mutation.parse(answer.body()))
                .filter(Objects::nonNull)
                .toList();
        assertFalse(documents.isEmpty());
        int[] listed = {0};
        Fuzzing.check(
                "templates of " + cloud,
                random -> {
                    // Without a change, most cases would be the same.
                    int changed = random.below(proper.size());
                    List<Answer> answers = new ArrayList<>(proper);
                    for (int i = 0; i < answers.size(); i++) {
                        Answer answer = answers.get(i);
                        if (i == changed || random.oneIn(4)) {
                            byte[] body = new Mutation(random, documents).of(answer.body());
                            answers.set(i, new Answer(answer.status(), answer.headers(), body));
                        }
                    }
                    return new Trial(answers);
                },
                trial -> listed[0] += judge(cloud, trial));
        assertTrue(listed[0] > 10, "only " + listed[0] + " lists were understood");
    }

    private int judge(Subject cloud, Trial trial) {
        given.clear();
        Cloud client = cloud.connect(
                CannedTransport.answering(request -> {
                    assertTrue(given.size() < MOST_CALLS, "The call does not end");
                    Answer answer = trial.answers()
                            .get(Math.min(given.size(), trial.answers().size() - 1));
                    given.add(new Given(call(request), answer));
                    return answer;
                }),
                ApsaraSettings.Gateway.POP,
                cloud.request);
        List<ImageTemplate> templates;
        try {
            templates = client.templates();
        } catch (CloudException e) {
            assertFalse(e.error().text().isBlank());
            return 0;
        }
        for (Given each : given) {
            assertFalse(cloud.failed(each.answer()), "A failure was taken for a list");
            Place place = PLACES.get(each.call());
            if (place != null) {
                cloud.read(each.answer()).at(place.list()).forEach(entry -> assertNamed(templates, entry, place));
            }
        }
        return 1;
    }

    private static String call(Request request) {
        String tencent = request.header("X-TC-Action");
        String ecs = request.header("x-acs-action");
        return tencent != null ? "tencent " + tencent : ecs != null ? "ecs " + ecs : "jd";
    }

    private static void assertNamed(List<ImageTemplate> templates, JsonNode entry, Place place) {
        JsonNode node = entry.at(place.data());
        String image = node.isNull() ? "" : node.asText("");
        assertTrue(
                image.isEmpty() || templates.stream().anyMatch(template -> template.names(image, "")),
                () -> image + " is lost");
    }
}
