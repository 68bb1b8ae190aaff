package io.jenkins.plugins.cloudimage.core.alibaba.ecsapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.alibaba.Acs3Gateway;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaCalls;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaGateway;
import io.jenkins.plugins.cloudimage.core.http.CannedTransport;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that the fakes do not send. */
class EcsApiClientTest {
    private static final AccessKey KEY = new AccessKey("testid", "testsecret", null);

    private static Cloud cloud(Function<HttpUrl, Answer> answers) {
        AlibabaGateway gateway = new Acs3Gateway(URI.create("http://127.0.0.1:1"), "2014-05-26", KEY);
        AlibabaCalls calls = new AlibabaCalls(
                new SignedCalls(
                        CannedTransport.answering(request -> answers.apply(request.url())), Clock.systemUTC(), KEY),
                () -> gateway,
                EcsApiErrors.table(),
                () -> "nonce");
        return new EcsApiClient(calls, "cn-hangzhou", Map.of(), List.of("Available"));
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, Map.of(), Digests.utf8(body));
    }

    private static Answer refusal(int status, String code) {
        return answer(status, "{\"RequestId\":\"r\",\"Code\":\"" + code + "\",\"Message\":\"m\"}");
    }

    private interface Call {
        void run() throws CloudException;
    }

    private static CloudError error(Call call) {
        return assertThrows(CloudException.class, call::run).error();
    }

    private static List<Call> callsAboutImages(Cloud cloud) {
        return List.of(
                () -> cloud.describe(List.of("m-1")),
                () -> cloud.describe(List.of("m-1", "m-2")),
                () -> cloud.findByName("web"),
                () -> cloud.delete("m-1"),
                () -> cloud.snapshotsLeftBy("m-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "InvalidRegionId.NotFound",
                "InvalidFilterKey.NotFound",
                "InvalidAccount.NotFound",
                "InvalidInstanceId.NotFound",
                "InvalidSnapshotId.NotFound",
                "InvalidApi.NotFound"
            })
    void thatSomethingElseIsMissingIsAWrongRequest(String code) {
        for (Call call : callsAboutImages(cloud(url -> refusal(404, code)))) {
            CloudError error = error(call);
            assertEquals(ErrorKind.INVALID_REQUEST, error.kind());
            assertEquals(SideEffect.NONE, error.sideEffect());
            assertEquals(code, error.code());
        }
    }

    @Test
    void anUnknownCodeOrAPageOfAGatewayDoesNotMeanThatAnImageIsMissing() {
        for (Call call : callsAboutImages(cloud(url -> refusal(404, "InvalidThing.NotFound")))) {
            assertEquals(ErrorKind.UNKNOWN_ANSWER, error(call).kind());
        }
        for (Call call : callsAboutImages(cloud(url -> answer(404, "<html><title>404 Not Found</title></html>")))) {
            assertEquals(ErrorKind.UNAVAILABLE, error(call).kind());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidInstanceId.NotFound, true, false",
        "Forbidden.InstanceNotFound, true, false",
        "InvalidSnapshotId.NotFound, false, true",
        "InvalidImageId.NotFound, false, false",
        "InvalidRegionId.NotFound, false, false"
    })
    void anErrorSaysOfNothingButWhatWasAskedForThatItDoesNotExist(String code, boolean instance, boolean snapshot) {
        Cloud cloud = cloud(url -> refusal(404, code));

        for (Call call :
                List.<Call>of(() -> cloud.powerState("i-1"), () -> cloud.stop("i-1"), () -> cloud.start("i-1"))) {
            assertEquals(instance, error(call).kind() == ErrorKind.NOT_FOUND);
        }
        assertEquals(snapshot, error(() -> cloud.deleteSnapshot("s-1")).kind() == ErrorKind.NOT_FOUND);
    }

    @Test
    void anUnknownImageIsLeftOutWhereTheCloudRefusesIt() throws CloudException {
        Cloud cloud = cloud(url -> {
            String ids = url.queryParameter("ImageId");
            return ids.contains("m-3")
                    ? refusal(404, "InvalidImageId.NotFound")
                    : answer(
                            200,
                            "{\"TotalCount\":1,\"Images\":{\"Image\":[{\"ImageId\":\""
                                    + ids.replace(",", "\"},{\"ImageId\":\"") + "\"}]}}");
        });

        assertEquals(List.of(), cloud.describe(List.of("m-3")));
        assertEquals(
                List.of("m-1", "m-2", "m-4"),
                cloud.describe(List.of("m-1", "m-2", "m-3", "m-4")).stream()
                        .map(CloudImage::id)
                        .toList());
    }

    @Test
    void anAnswerWithoutAListOfInstancesSaysNothingOfAnInstance() {
        assertNotEquals(
                ErrorKind.NOT_FOUND,
                error(() -> cloud(url -> answer(200, "{\"RequestId\":\"r\"}")).powerState("i-1"))
                        .kind());
        assertEquals(
                ErrorKind.NOT_FOUND,
                error(() -> cloud(url -> answer(200, "{\"TotalCount\":0,\"Instances\":{\"Instance\":[]}}"))
                                .powerState("i-1"))
                        .kind());
    }

    @ParameterizedTest
    @CsvSource({"Creating, PENDING", "Waiting, PENDING", "Available, READY", "Deprecated, READY", "CreateFailed, FAILED"
    })
    void everyStatusHasAMeaning(String status, String meaning) throws CloudException {
        Cloud cloud = cloud(url -> answer(
                200,
                "{\"TotalCount\":1,\"Images\":{\"Image\":[{\"ImageId\":\"m-1\",\"Status\":\"" + status + "\"}]}}"));

        assertEquals(meaning, cloud.describe(List.of("m-1")).get(0).state().name());
    }
}
