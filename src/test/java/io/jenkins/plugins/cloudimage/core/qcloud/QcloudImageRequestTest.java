package io.jenkins.plugins.cloudimage.core.qcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.Problem;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class QcloudImageRequestTest {
    private static final String INSTANCE = "ins-12345678";

    private static List<String> errors(String region, String imageName, String description, String instanceId) {
        return fields(region, imageName, description, instanceId, Problem.Severity.ERROR);
    }

    private static List<String> warnings(String region, String imageName, String description, String instanceId) {
        return fields(region, imageName, description, instanceId, Problem.Severity.WARNING);
    }

    private static List<String> fields(
            String region, String imageName, String description, String instanceId, Problem.Severity severity) {
        return new QcloudImageRequest(region, imageName, description, instanceId)
                .problems().stream()
                        .filter(problem -> problem.severity() == severity)
                        .map(Problem::field)
                        .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "web-1", "ABCxyz-012345678", "-", "1"})
    void nameHasOneToSixteenLettersDigitsAndHyphens(String name) {
        assertEquals(List.of(), errors("gz", name, null, INSTANCE));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "abcdefgh-12345678", "web_1", "web 1", "web.1", "镜像", "é", "web\n1"})
    void anyOtherNameIsRefused(String name) {
        assertTrue(errors("gz", name, null, INSTANCE).contains("imageName"), name);
    }

    @Test
    void descriptionLeavesRoomForTheMark() {
        assertEquals(List.of(), errors("gz", "web-1", "夜".repeat(44), INSTANCE));
        assertEquals(List.of("description"), errors("gz", "web-1", "夜".repeat(45), INSTANCE));
        assertEquals(List.of(), errors("gz", "web-1", "", INSTANCE));
    }

    @Test
    void theSdksOwnSignatureLeavesOutADescriptionThatBeginsWithAnAt() {
        assertEquals(List.of("description"), errors("gz", "web-1", "@nightly", INSTANCE));
        assertEquals(List.of(), errors("gz", "web-1", "nightly@home", INSTANCE));
    }

    @ParameterizedTest
    @CsvSource({
        "feature/login-42, feature-login-42",
        "'web-1 ', web-1",
        "release_2026.11.29-nightly, release-2026-11",
        "镜像, image-1"
    })
    void aValidNameIsOffered(String name, String valid) {
        String message = new QcloudImageRequest("gz", name, null, INSTANCE)
                .problems().stream()
                        .map(Problem::message)
                        .filter(text -> text.contains("use letters"))
                        .findFirst()
                        .orElseThrow();

        assertTrue(message.endsWith("for example " + valid), message);
        assertEquals(List.of(), errors("gz", valid, null, INSTANCE));
    }

    @Test
    void anUnusualDescriptionIsDoubtfulOnly() {
        assertEquals(List.of(), warnings("gz", "web-1", "夜间_web-1", INSTANCE));
        assertEquals(List.of("description"), warnings("gz", "web-1", "nightly web tier", INSTANCE));
        assertEquals(List.of(), errors("gz", "web-1", "nightly web tier", INSTANCE));
    }

    @Test
    void anImageIsMadeOfAMachine() {
        assertEquals(List.of("instanceId"), errors("gz", "web-1", null, null));
        assertEquals(List.of("instanceId"), errors("gz", "web-1", null, " "));
        assertEquals(List.of(), warnings("gz", "web-1", null, INSTANCE));
        assertEquals(List.of("instanceId"), warnings("gz", "web-1", null, "qcvm12345"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "gzopen", "ap-guangzhou", "ap-shanghai-fsi", "xx-newregion-7"})
    void anyRegionOfTheRightShapeIsTaken(String region) {
        assertEquals(List.of(), errors(region, "web-1", null, INSTANCE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GZ", "ap guangzhou", "ap--x"})
    void aRegionOfAnotherShapeIsRefused(String region) {
        assertEquals(List.of("region"), errors(region, "web-1", null, INSTANCE));
    }

    @Test
    void theRefusalNamesEveryFieldAndItsRule() {
        CloudException refusal = assertThrows(
                CloudException.class, () -> new QcloudImageRequest("gz", "much_too_long_name", null, null).check());

        assertEquals(ErrorKind.INVALID_REQUEST, refusal.error().kind());
        assertTrue(refusal.getMessage().contains("imageName has 18 characters; the cloud takes 1 to 16"));
        assertTrue(refusal.getMessage().contains("use letters A to Z, digits and hyphens only"));
        assertTrue(refusal.getMessage().contains("instanceId is missing: give the source instance"));
    }

    @Test
    void isKeptAsJsonAndKnowsNoDryRun() throws IOException {
        ObjectMapper json = new ObjectMapper();
        json.registerSubtypes(new NamedType(QcloudImageRequest.class, QcloudProvider.ID));
        QcloudImageRequest request = new QcloudImageRequest("gz", "web-1", "夜间", INSTANCE);

        assertEquals(request, json.readValue(json.writeValueAsString(request), QcloudImageRequest.class));
        assertFalse(request.dryRun());
    }
}
