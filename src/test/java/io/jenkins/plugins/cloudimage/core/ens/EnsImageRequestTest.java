package io.jenkins.plugins.cloudimage.core.ens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnsImageRequestTest {
    private static final String INSTANCE = "i-5rr1bnyrc4tswr8cq3w6y";

    private static EnsImageRequest name(String name) {
        return new EnsImageRequest(name, INSTANCE, null, false, false, null);
    }

    private static EnsImageRequest sources(String instanceId, String snapshotId) {
        return new EnsImageRequest("web-1", instanceId, snapshotId, false, false, null);
    }

    private static List<String> errors(EnsImageRequest request) {
        return fields(request, Problem.Severity.ERROR);
    }

    private static List<String> warnings(EnsImageRequest request) {
        return fields(request, Problem.Severity.WARNING);
    }

    private static List<String> fields(EnsImageRequest request, Problem.Severity severity) {
        return request.problems().stream()
                .filter(problem -> problem.severity() == severity)
                .map(Problem::field)
                .toList();
    }

    @Test
    void nameHasTwoTo128Characters() {
        assertEquals(List.of(), errors(name("ab")));
        assertEquals(List.of(), errors(name("镜".repeat(128))));
        assertEquals(List.of("imageName"), errors(name("a")));
        assertEquals(List.of("imageName"), errors(name("a".repeat(129))));
        assertEquals(List.of("imageName"), errors(name(null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1web", "_web", "http://web", "https://web", "web 1", "web\n1"})
    void nameBeginsWithALetterAndHasNoSpace(String name) {
        assertTrue(errors(name(name)).contains("imageName"));
    }

    @Test
    void otherCharactersAreDoubtfulOrForbidden() {
        assertEquals(List.of(), warnings(name("web:1_2-3")));
        assertEquals(List.of("imageName"), warnings(name("web.1")));
        assertEquals(List.of("imageName"), errors(name("feature/login-42")));
    }

    @Test
    void sourceIsAnInstanceOrASnapshotNeverBoth() {
        assertEquals(List.of(), errors(sources(INSTANCE, null)));
        assertEquals(List.of(), errors(sources(null, "s-1")));
        assertEquals(List.of("instanceId"), errors(sources(null, null)));
        assertEquals(List.of("snapshotId"), errors(sources(INSTANCE, "s-1")));
        assertEquals(List.of("instanceId"), warnings(sources("ins-1", null)));
        assertEquals(List.of("snapshotId"), warnings(sources(null, "x-1")));
    }

    @Test
    void releasingTheInstanceIsSaidPlainlyAndNeedsOne() {
        EnsImageRequest destroying = new EnsImageRequest("web-1", INSTANCE, null, false, true, null);

        assertEquals(List.of(), errors(destroying));
        String warning = destroying.problems().get(0).message();
        assertTrue(warning.contains("release the instance " + INSTANCE), warning);
        assertTrue(warning.contains("According to the Chinese page, the image is released with the instance"), warning);
        assertEquals(
                List.of("deleteAfterImageUpload"),
                errors(new EnsImageRequest("web-1", null, "s-1", false, true, null)));
    }

    @Test
    void dataDisksAreAMachines() {
        assertEquals(List.of(), warnings(new EnsImageRequest("web-1", INSTANCE, null, true, false, null)));
        assertEquals(List.of("withDataDisks"), warnings(new EnsImageRequest("web-1", null, "s-1", true, false, null)));
    }

    @Test
    void anyRegionOfOssIsTaken() {
        assertEquals(List.of(), warnings(new EnsImageRequest("web-1", INSTANCE, null, false, false, "xx-new-7")));
        assertEquals(
                List.of("targetOSSRegionId"),
                warnings(new EnsImageRequest("web-1", INSTANCE, null, false, false, "Beijing")));
    }

    @Test
    void survivesTheLedger() throws JsonProcessingException {
        EnsImageRequest request = new EnsImageRequest("web-1", INSTANCE, null, true, false, "cn-beijing");
        ObjectMapper json = JsonMapper.builder()
                .registerSubtypes(new NamedType(EnsImageRequest.class, EnsProvider.ID))
                .build();

        ImageRequest read = json.readValue(json.writeValueAsString(request), ImageRequest.class);

        assertEquals(request, read);
        assertEquals("global", read.region());
    }

    @Test
    void theRefusalNamesEveryFieldItsValueAndItsRule() {
        CloudException refusal = assertThrows(
                CloudException.class, () -> new EnsImageRequest("1", null, null, false, false, null).check());

        assertEquals(ErrorKind.INVALID_REQUEST, refusal.error().kind());
        String message = refusal.getMessage();
        assertTrue(message.contains("imageName has 1 characters; the cloud takes 2 to 128"), message);
        assertTrue(message.contains("imageName \"1\" does not begin with a letter"), message);
        assertTrue(message.contains("instanceId is missing: give instanceId or snapshotId"), message);
    }
}
