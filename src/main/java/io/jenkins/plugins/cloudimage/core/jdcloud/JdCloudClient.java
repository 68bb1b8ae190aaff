package io.jenkins.plugins.cloudimage.core.jdcloud;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.HttpAnswer;
import io.jenkins.plugins.cloudimage.core.http.HttpCall;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.Pages;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/** JD Cloud Virtual Machines, version v1: resources in paths, JSON bodies, errors with their HTTP status. */
final class JdCloudClient implements Cloud {
    static final int PAGE = 100;

    private static final int SMALLEST_PAGE = 10;
    private static final String SERVICE = "vm";
    private static final String JSON_TYPE = "application/json";
    private static final String PRIVATE = "private";
    /** JD Cloud does not say how far off a clock may be; a call with a right key passes at this distance. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);

    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private final SignedCalls calls;
    private final HttpUrl regionUrl;
    private final JdCloudSigner signer;
    private final Supplier<String> nonces;

    JdCloudClient(CloudConnection connection, SignedCalls calls, Supplier<String> nonces) {
        this.calls = calls;
        this.regionUrl = HttpUrl.get(connection.endpoint().resolve("/").toString())
                .newBuilder()
                .addPathSegments("v1/regions")
                .addPathSegment(connection.region())
                .build();
        this.signer = new JdCloudSigner(connection.key(), connection.region(), SERVICE);
        this.nonces = nonces;
    }

    @Override
    public CreateAnswer create(ImageRequest request, String token) throws CloudException {
        JdCloudImageRequest image = request.as(JdCloudImageRequest.class);
        JsonNode answer = post(url("instances", image.instanceId() + ":createImage"), body(image));
        String imageId = Json.id(answer.path("result"), "imageId");
        String requestId = Json.text(answer, "requestId");
        if (imageId == null && requestId == null) {
            throw Json.notUnderstood(answer.toString()).exception();
        }
        return new CreateAnswer(imageId, requestId, false);
    }

    static ObjectNode body(JdCloudImageRequest image) {
        ObjectNode body = JSON.createObjectNode().put("name", image.imageName());
        // The API page wants a description, newer libraries do not.
        body.put("description", Rules.isGiven(image.description()) ? image.description() : image.imageName());
        if (!image.dataDisks().isEmpty()) {
            body.set("dataDisks", JSON.valueToTree(image.dataDisks()));
        }
        return body;
    }

    @Override
    public List<CloudImage> describe(Collection<String> imageIds) throws CloudException {
        HttpUrl.Builder query = page(url("images"), 1, PAGE);
        int number = 1;
        for (String id : imageIds) {
            parameter(query, "ids." + number++, id);
        }
        return page(get(query.build())).images();
    }

    @Override
    public List<CloudImage> findByName(String name) throws CloudException {
        // The filter is fuzzy, and the name that is meant may be on any page.
        return Pages.find(
                number -> {
                    HttpUrl.Builder query = page(url("images"), number + 1, PAGE);
                    parameter(query, "imageSource", PRIVATE);
                    parameter(query, "imageName", name);
                    return page(get(query.build()));
                },
                image -> image.name().equals(name),
                Integer.MAX_VALUE);
    }

    /** {@code deleteSnapshot} takes along the snapshots of the system disk and of all data disks in the image. */
    @Override
    public void delete(String imageId) throws CloudException {
        HttpUrl.Builder url = url("images", imageId).newBuilder();
        parameter(url, "deleteSnapshot", "true");
        try {
            call("DELETE", url.build(), new byte[0]);
        } catch (CloudException e) {
            throw new CloudException(JdCloudErrors.ofDeletion(e.error()), e);
        }
    }

    @Override
    public PowerState powerState(String instanceId) throws CloudException {
        JsonNode answer = get(url("instances", instanceId));
        JsonNode instance = answer.path("result").path("instance");
        if (!instanceId.equals(Json.text(instance, "instanceId"))) {
            throw Json.notUnderstood(answer.toString()).exception();
        }
        return JdCloudStates.power(Json.word(instance, "status"));
    }

    @Override
    public void stop(String instanceId) throws CloudException {
        // A machine that stops its charges gives its local disks away.
        post(
                url("instances", instanceId + ":stopInstance"),
                JSON.createObjectNode().put("chargeOnStopped", "keepCharging"));
    }

    @Override
    public void start(String instanceId) throws CloudException {
        post(url("instances", instanceId + ":startInstance"), JSON.createObjectNode());
    }

    @Override
    public Optional<Quota> quota() throws CloudException {
        HttpUrl.Builder query = url("quotas").newBuilder();
        parameter(query, "filters.1.name", "resourceTypes");
        parameter(query, "filters.1.values.1", "image");
        for (JsonNode quota : get(query.build()).path("result").path("quotas")) {
            if ("image".equalsIgnoreCase(quota.path("resourceType").asText())) {
                return Optional.of(new Quota(
                        quota.path("used").asInt(), quota.path("limit").asInt()));
            }
        }
        return Optional.empty();
    }

    @Override
    public String probe() throws CloudException {
        HttpUrl.Builder query = page(url("images"), 1, SMALLEST_PAGE);
        parameter(query, "imageSource", PRIVATE);
        get(query.build());
        return "vm:describeImages";
    }

    private static Pages.Page page(JsonNode answer) throws CloudException {
        JsonNode result = answer.path("result");
        return Pages.page(answer, result.path("images"), result.path("totalCount"), "imageId", JdCloudClient::image);
    }

    private static CloudImage image(JsonNode image) {
        String state = Json.word(image, "status");
        return new CloudImage(
                image.path("imageId").asText(),
                Json.word(image, "name"),
                JdCloudStates.image(state),
                state,
                Json.percent(image, "progress"),
                Json.instant(image, "createTime"),
                Json.text(image, "instanceId"));
    }

    HttpUrl url(String... segments) {
        HttpUrl.Builder url = regionUrl.newBuilder();
        for (String segment : segments) {
            url.addPathSegment(segment);
        }
        return url.build();
    }

    private static HttpUrl.Builder page(HttpUrl url, int number, int size) {
        HttpUrl.Builder query = url.newBuilder();
        parameter(query, "pageNumber", Integer.toString(number));
        parameter(query, "pageSize", Integer.toString(size));
        return query;
    }

    /** On the wire as it is signed, so that nobody in between has anything to decide. */
    private static void parameter(HttpUrl.Builder query, String name, String value) {
        query.addEncodedQueryParameter(Percent.encode(name), Percent.encode(value));
    }

    private JsonNode get(HttpUrl url) throws CloudException {
        return call("GET", url, new byte[0]);
    }

    private JsonNode post(HttpUrl url, ObjectNode body) throws CloudException {
        return call("POST", url, Digests.utf8(body.toString()));
    }

    private JsonNode call(String method, HttpUrl url, byte[] body) throws CloudException {
        AtomicReference<Instant> signed = new AtomicReference<>();
        return calls.call(
                now -> {
                    signed.set(now);
                    return sign(method, url, body, now);
                },
                answer -> response(answer, signed.get()));
    }

    HttpCall sign(String method, HttpUrl url, byte[] body, Instant now) {
        Map<String, String> headers =
                signer.sign(method, url, Map.of("Content-Type", JSON_TYPE), body, now, nonces.get());
        return new HttpCall(method, url, "", headers, JSON_TYPE, body);
    }

    private static JsonNode response(HttpAnswer answer, Instant signed) throws CloudException {
        try {
            return response(answer);
        } catch (CloudException e) {
            boolean wrongClock = e.error().kind() == ErrorKind.AUTHENTICATION
                    && answer.date()
                            .map(date -> Duration.between(signed, date).abs())
                            .filter(drift -> drift.compareTo(CLOCK_TOLERANCE) > 0)
                            .isPresent();
            throw wrongClock ? new CloudException(JdCloudErrors.ofClock(e.error()), e) : e;
        }
    }

    private static JsonNode response(HttpAnswer answer) throws CloudException {
        JsonNode response = answer.json();
        JsonNode error = response.path("error");
        if (!error.isMissingNode() && !error.isNull()) {
            CloudError meaning = JdCloudErrors.meaning(
                    answer.status() == 200 ? error.path("code").asInt() : answer.status(),
                    Json.word(error, "status"),
                    Json.word(error, "message"),
                    requestId(answer, response));
            throw meaning.retryAfter(answer.retryAfter().orElse(null)).exception();
        }
        if (answer.status() != 200) {
            throw answer.failure().exception();
        }
        if (!response.has("requestId") && !response.has("result")) {
            throw answer.notUnderstood().exception();
        }
        return response;
    }

    private static String requestId(HttpAnswer answer, JsonNode response) {
        String id = Json.text(response, "requestId");
        return id == null ? answer.headers().get("x-jdcloud-request-id") : id;
    }
}
