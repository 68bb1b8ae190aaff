package io.jenkins.plugins.cloudimage.core.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Problem;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaParameters;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What public ECS has beyond the rules of all clouds with the ECS API, and that it has those. */
class EcsImageRequestTest {
    private static EcsImageRequest request(String name, String family, String version) {
        return own(name, null, family, version, null, null);
    }

    private static EcsImageRequest own(
            String name, String boot, String family, String version, String detection, String imds) {
        return new EcsImageRequest(
                "cn-hangzhou",
                name,
                null,
                "i-1",
                null,
                null,
                null,
                null,
                null,
                null,
                boot,
                family,
                version,
                detection,
                imds,
                true);
    }

    private static List<String> fields(EcsImageRequest request, Problem.Severity severity) {
        return request.problems().stream()
                .filter(problem -> problem.severity() == severity)
                .map(Problem::field)
                .toList();
    }

    private static List<String> errors(EcsImageRequest request) {
        return fields(request, Problem.Severity.ERROR);
    }

    @Test
    void hasTheRulesOfTheEcsApi() {
        assertEquals(List.of(), errors(request("ab", null, null)));
        assertEquals(List.of("imageName"), errors(request("a", null, null)));
    }

    @Test
    void familyHasTwoTo128CharactersAndNoReservedWord() {
        assertEquals(List.of(), errors(request("web", "ab", null)));
        assertEquals(List.of(), errors(request("web", "f".repeat(128), null)));
        assertEquals(List.of("imageFamily"), errors(request("web", "f", null)));
        assertEquals(List.of("imageFamily"), errors(request("web", "f".repeat(129), null)));
        assertEquals(List.of("imageFamily"), errors(request("web", "1family", null)));
        assertEquals(List.of("imageFamily"), errors(request("web", "aliyun-x", null)));
        assertEquals(List.of("imageFamily"), errors(request("web", "acs:x", null)));
    }

    @Test
    void versionHasOneTo40Characters() {
        assertEquals(List.of(), errors(request("web", null, "1")));
        assertEquals(List.of(), errors(request("web", null, "1".repeat(40))));
        assertEquals(List.of("imageVersion"), errors(request("web", null, "1".repeat(41))));
    }

    @Test
    void otherValuesThanTheDocumentedAreDoubtful() {
        assertEquals(
                List.of(),
                own("web", "UEFI-Preferred", null, null, "Standard", "v2").problems());
        assertEquals(
                List.of("bootMode", "detectionStrategy", "imdsSupport"),
                fields(own("web", "EFI", null, null, "Strict", "v3"), Problem.Severity.WARNING));
    }

    @Test
    void theNewestParametersAreSent() {
        EcsImageRequest request = newest("unsupported", "arn:acs:cloudbox:cn-hangzhou:1:cb-1");
        AlibabaParameters sent = new AlibabaParameters();
        request.addOwn(sent);

        assertEquals(List.of(), request.problems());
        assertEquals(
                new AlibabaParameters()
                        .put("SecureBootOptions.SecureBootSupport", "unsupported")
                        .put("StorageLocationArn", "arn:acs:cloudbox:cn-hangzhou:1:cb-1")
                        .toString(),
                sent.toString());
        assertEquals(
                List.of("secureBootSupport", "storageLocationArn"),
                fields(newest("yes", "cloudbox"), Problem.Severity.WARNING));
        assertEquals(request, request.withImageName("x").withImageName("web"));
        assertEquals("x", request.withDescription("x").description());
    }

    private static EcsImageRequest newest(String secureBoot, String location) {
        return new EcsImageRequest(
                "cn-hangzhou",
                "web",
                null,
                "i-1",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                secureBoot,
                location,
                false);
    }

    @Test
    void survivesTheLedger() throws JsonProcessingException {
        EcsImageRequest request = own("web", "UEFI", "web", "1", "Standard", "v2");
        ObjectMapper json = JsonMapper.builder()
                .registerSubtypes(new NamedType(EcsImageRequest.class, EcsProvider.ID))
                .build();

        assertEquals(request, json.readValue(json.writeValueAsString(request), ImageRequest.class));
    }
}
