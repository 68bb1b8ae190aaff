package io.jenkins.plugins.cloudimage.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraSettings;
import io.jenkins.plugins.cloudimage.core.http.CannedTransport;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.Request;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random responses from a cloud or from something in its place: every call ends with a result or a {@link
 * CloudException} after a bounded number of requests; no failure counts as success; an image id comes only from the
 * field for it; and a call that may have been carried out is never reported as not carried out.
 */
class AnswersFuzzTest {
    /** The maximum number of requests of a call; the cloud decides how long a paged list is. */
    private static final int MOST_CALLS = 250;

    private static final List<Integer> STATUSES = List.of(
            200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 407, 408, 409, 418, 422, 429,
            500, 501, 502, 503, 504, 599);
    private static final List<String> HEADERS =
            List.of("Retry-After", "Date", "x-acs-retry-after", "x-acs-request-id", "x-jdcloud-request-id");
    private static final List<String> HEADER_VALUES = List.of(
            "0",
            "7",
            "-1",
            "999999",
            "99999999999999999999",
            "1e9",
            "soon",
            "",
            "Fri, 02 Jan 2026 03:04:05 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Thu, 01 Jan 0001 00:00:00 GMT",
            "Mon, 01 Jan 292278994 00:00:00 GMT",
            "2026-01-02T03:04:05Z",
            "\u00e9\u4e2d",
            "Signature=abc");

    private enum Operation {
        CREATE(true, "CreateImage"),
        DELETE(true, "DeleteImage"),
        STOP(true, "StopInstance"),
        START(true, "StartInstance"),
        DESCRIBE(false, "DescribeImages", "DescribeSelfImages"),
        DESCRIBE_SEVERAL(false, "DescribeImages", "DescribeSelfImages"),
        FIND(false, "FindByName", "DescribeImages", "DescribeSelfImages"),
        QUERY(false, "FindByName", "DescribeImages", "DescribeSelfImages"),
        POWER(false, "DescribeInstance"),
        QUOTA(false, "Quota", "DescribeQuotas"),
        PROBE(false, "Probe", "DescribeImages", "DescribeSelfImages");

        private final boolean acts;
        private final List<String> files;

        Operation(boolean acts, String... files) {
            this.acts = acts;
            this.files = List.of(files);
        }
    }

    /** One call and its responses; the last response is repeated. */
    private record Trial(Operation operation, ApsaraSettings.Gateway gateway, List<Answer> answers) {
        @Override
        public String toString() {
            return operation + " by " + gateway + ", answered\n"
                    + answers.stream()
                            .map(answer -> answer.status() + " " + answer.headers() + "\n"
                                    + new String(answer.body(), StandardCharsets.UTF_8))
                            .collect(Collectors.joining("\n"));
        }
    }

    private final Map<Operation, List<Answer>> proper = new HashMap<>();
    private final Map<Operation, List<JsonNode>> documents = new HashMap<>();
    private final HttpTransport transport = CannedTransport.answering(this::next);
    private final List<Answer> given = new ArrayList<>();
    private Trial current;
    private List<Answer> oddities;

    @ParameterizedTest
    @EnumSource(Subject.class)
    void nothingThatIsAnsweredLeadsAstray(Subject cloud) {
        oddities = cloud.oddities();
        assertTrue(oddities.size() > 5, () -> "Answers of " + cloud);
        for (Operation operation : Operation.values()) {
            List<Answer> answers = new ArrayList<>(cloud.answers(operation.files));
            answers.addAll(oddities);
            proper.put(operation, answers);
            documents.put(
                    operation,
                    answers.stream()
                            .map(answer -> Mutation.parse(answer.body()))
                            .filter(Objects::nonNull)
                            .toList());
            for (Answer oddity : oddities) {
                for (ApsaraSettings.Gateway gateway : ApsaraSettings.Gateway.values()) {
                    judge(cloud, new Trial(operation, gateway, List.of(oddity)));
                }
            }
        }
        Fuzzing.check("answers of " + cloud, this::trial, trial -> judge(cloud, trial));
    }

    private Trial trial(RandomSource random) {
        Operation operation = random.of(List.of(Operation.values()));
        ApsaraSettings.Gateway gateway = random.of(List.of(ApsaraSettings.Gateway.values()));
        List<Answer> answers = new ArrayList<>();
        int count = 1 + random.below(4);
        for (int i = 0; i < count; i++) {
            answers.add(answer(operation, random));
        }
        return new Trial(operation, gateway, answers);
    }

    private Answer answer(Operation operation, RandomSource random) {
        Operation meant = random.oneIn(10) ? random.of(List.of(Operation.values())) : operation;
        Answer answer = random.of(proper.get(meant));
        Map<String, String> headers = new HashMap<>(answer.headers());
        int count = random.below(3);
        for (int i = 0; i < count; i++) {
            headers.put(random.of(HEADERS), random.of(HEADER_VALUES));
        }
        return new Answer(
                random.oneIn(4) ? random.of(STATUSES) : answer.status(),
                headers,
                new Mutation(random, documents.get(meant)).of(answer.body()));
    }

    private Answer next(Request request) {
        assertTrue(given.size() < MOST_CALLS, "The call does not end");
        assertEquals("cloud.example.com", request.url().host());
        Answer answer =
                current.answers().get(Math.min(given.size(), current.answers().size() - 1));
        given.add(answer);
        return answer;
    }

    private void judge(Subject cloud, Trial trial) {
        current = trial;
        given.clear();
        Cloud client = cloud.connect(transport, trial.gateway(), cloud.request);
        try {
            Object result = call(client, cloud, trial.operation());
            judgeSuccess(cloud, trial.operation(), given, result);
        } catch (CloudException e) {
            judgeFailure(cloud, trial.operation(), given, e.error());
        }
    }

    private static Object call(Cloud client, Subject cloud, Operation operation) throws CloudException {
        String instance = Objects.requireNonNull(cloud.request.instanceId());
        switch (operation) {
            case DELETE -> client.delete(cloud.imageId);
            case STOP -> client.stop(instance);
            case START -> client.start(instance);
            default -> {
                return switch (operation) {
                    case CREATE -> client.create(cloud.request, "token-1");
                    case DESCRIBE -> client.describe(List.of(cloud.imageId));
                    case DESCRIBE_SEVERAL -> client.describe(List.of(cloud.imageId, "img-2"));
                    case FIND -> client.findByName(cloud.request.imageName());
                    case QUERY -> client.find(new ImageQuery(cloud.request.imageName(), null, null, null));
                    case POWER -> client.powerState(instance);
                    case QUOTA -> client.quota();
                    default -> client.probe();
                };
            }
        }
        return "";
    }

    private static void judgeSuccess(Subject cloud, Operation operation, List<Answer> given, Object result) {
        assertNotNull(result);
        if (given.isEmpty()) {
            // Some clouds have no call for a quota.
            assertEquals(Operation.QUOTA, operation);
            return;
        }
        Answer last = given.get(given.size() - 1);
        // "There is no such image" is a valid response for one image; several images are then requested one by one.
        boolean describes = operation == Operation.DESCRIBE || operation == Operation.DESCRIBE_SEVERAL;
        boolean none = describes && result.equals(List.of());
        assertTrue(none || !cloud.failed(last), "A failure was taken for a success");
        if (result instanceof CreateAnswer answer) {
            assertFalse(answer.dryRun());
            JsonNode id = cloud.createdId(last);
            assertTrue(
                    answer.imageId() == null
                            ? !Subject.isGiven(id) || id.asText().isEmpty()
                            : id.isTextual(),
                    "The image id is not what the answer says");
            if (answer.imageId() != null) {
                assertEquals(id.textValue(), answer.imageId());
                assertTrue(answer.imageId().matches("[!-~]+"));
            }
        } else if (result instanceof List<?> images) {
            Set<String> ids = cloud.listedIds(given);
            for (Object image : images) {
                CloudImage one = (CloudImage) image;
                assertTrue(ids.contains(one.id()), "An image is from the wrong field");
                assertNotNull(one.name());
                assertFalse(one.cloudState().matches("(?s).*\\p{Cntrl}.*"), "A state breaks lines");
                if (operation == Operation.FIND) {
                    assertEquals(cloud.request.imageName(), one.name());
                } else if (operation == Operation.QUERY) {
                    assertTrue(one.name().startsWith(cloud.request.imageName()), one.name());
                    assertEquals(ImageState.READY, one.state());
                }
            }
        }
    }

    private static void judgeFailure(Subject cloud, Operation operation, List<Answer> given, CloudError error) {
        assertNotNull(error.kind());
        assertFalse(error.text().isBlank());
        assertTrue(error.text().length() < 10_000, "The error is too long");
        assertFalse(error.text().matches("(?s).*[\\p{Cntrl}&&[^\\n\\t]].*"), "The error has control characters");
        if (error.retryAfter() != null) {
            assertFalse(error.retryAfter().isNegative());
        }
        if (operation.acts && error.sideEffect() == SideEffect.NONE) {
            assertTrue(
                    given.stream().anyMatch(cloud::refused) || operation == Operation.DELETE,
                    "What may have been carried out is told as surely not done");
        }
    }
}
