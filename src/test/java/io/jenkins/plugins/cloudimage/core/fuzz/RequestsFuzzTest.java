package io.jenkins.plugins.cloudimage.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Problem;
import io.jenkins.plugins.cloudimage.core.Redaction;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraSettings;
import io.jenkins.plugins.cloudimage.core.http.CannedTransport;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Request;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random requests: their problems can be listed, twice with the same result; another name changes nothing but the name;
 * and a valid request can be sent, only to its own cloud.
 */
class RequestsFuzzTest {
    private final HttpTransport transport = CannedTransport.answering(this::refuse);
    private final List<Request> sent = new ArrayList<>();
    private int accepted;

    /** A request for a random gateway. */
    private record Trial(ImageRequest request, ApsaraSettings.Gateway gateway, String name) {}

    private Answer refuse(Request request) {
        sent.add(request);
        return new Answer(400, Map.of(), new byte[0]);
    }

    @ParameterizedTest
    @EnumSource(Subject.class)
    void whateverIsAskedForIsRefusedOrCanBeSent(Subject cloud) {
        Fuzzing.check(
                "requests to " + cloud,
                random -> new Trial(
                        RequestGen.near(cloud.request, random),
                        random.of(List.of(ApsaraSettings.Gateway.values())),
                        EdgeCaseTexts.draw(random)),
                trial -> judge(cloud, trial));
        assertTrue(accepted > Fuzzing.CASES / 24, () -> "Only " + accepted + " requests were proper");
    }

    private void judge(Subject cloud, Trial trial) {
        ImageRequest request = trial.request();
        List<Problem> problems = request.problems();
        assertEquals(problems, request.problems());
        for (Problem problem : problems) {
            assertNotNull(problem.severity());
            assertTrue(problem.message().startsWith(problem.field()), problem::message);
        }
        ImageRequest renamed = request.withImageName(trial.name());
        assertEquals(trial.name(), renamed.imageName());
        assertEquals(request, renamed.withImageName(request.imageName()));
        assertEquals(request.connectionSettings(), renamed.connectionSettings());

        boolean proper = problems.stream().noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        try {
            request.check();
            assertTrue(proper);
            accepted++;
            send(cloud, trial);
        } catch (CloudException e) {
            assertFalse(proper);
            assertEquals(ErrorKind.INVALID_REQUEST, e.error().kind());
        }
    }

    private void send(Subject cloud, Trial trial) {
        sent.clear();
        assertTrue(cloud.isOwnEndpoint(cloud.endpoint(transport, trial.request().region())));
        try {
            cloud.connect(transport, trial.gateway(), trial.request()).create(trial.request(), "token-1");
        } catch (CloudException e) {
            assertFalse(sent.isEmpty(), () -> "A proper request was not sent: " + e.getMessage());
        }
        for (Request request : sent) {
            assertEquals("https", request.url().scheme());
            assertEquals("cloud.example.com", request.url().host());
            assertEquals(443, request.url().port());
            assertTrue(cloud.isPath(request.url().encodedPath()), request.url()::encodedPath);
            request.headers()
                    .forEach(header -> assertTrue(
                            header.getSecond().chars().allMatch(c -> c >= ' ' && c < 0x7f), header::toString));
            assertTrue(length(request) > 0 || request.url().query() != null);
        }
    }

    private static long length(Request request) {
        Buffer body = new Buffer();
        try {
            if (request.body() != null) {
                request.body().writeTo(body);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return body.size();
    }

    @Test
    void aKeyIsProperOrItsRefusalDoesNotTellIt() {
        Fuzzing.check(
                "keys",
                random -> List.of(EdgeCaseTexts.draw(random), EdgeCaseTexts.draw(random), EdgeCaseTexts.draw(random)),
                parts -> {
                    try {
                        AccessKey key = new AccessKey(parts.get(0), parts.get(1), parts.get(2));
                        assertTrue(key.id().chars().allMatch(c -> c >= ' ' && c < 0x7f));
                        assertTrue(key.secret().chars().allMatch(c -> c >= ' ' && c < 0x7f));
                        assertEquals("AccessKey[id=****]", key.toString());
                    } catch (IllegalArgumentException e) {
                        String told = e.getMessage();
                        assertTrue(told.startsWith("The "), told);
                        assertTrue(parts.stream().noneMatch(part -> part.length() > 6 && told.contains(part)), told);
                    }
                });
    }

    @Test
    void whateverATextHoldsItCanBeShownAndIsShownTheSameTwice() {
        Fuzzing.check(
                "texts",
                random -> EdgeCaseTexts.draw(random) + EdgeCaseTexts.draw(random) + EdgeCaseTexts.draw(random),
                text -> {
                    String clean = Redaction.clean(text);
                    assertFalse(clean.matches("(?s).*[\\p{Cntrl}&&[^\\n\\t]].*"), clean);
                    assertEquals(Redaction.line(text), Redaction.line(Redaction.line(text)));
                    assertFalse(Redaction.line(text).contains("\n"));
                });
    }
}
