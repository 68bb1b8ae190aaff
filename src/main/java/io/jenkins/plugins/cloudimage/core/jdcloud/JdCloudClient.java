package io.jenkins.plugins.cloudimage.core.jdcloud;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.InstancePages;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.Pages;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A client of JD Cloud Virtual Machines, version v1. */
final class JdCloudClient implements Cloud {
    static final int PAGE = 100;

    private static final int SMALLEST_PAGE = 10;
    static final String SERVICE = "vm";
    private static final String PRIVATE = "private";
    /** The path of an action on several images, as it is signed. */
    private static final String COPY = "/images%3AcopyImages";

    private static final SortedMap<String, String> NO_QUERY = Collections.emptySortedMap();

    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private final JdCloudCalls calls;
    private final String regionPath;

    JdCloudClient(CloudConnection connection, SignedCalls calls, Supplier<String> nonces) {
        this.calls =
                new JdCloudCalls(calls, connection.endpoint(), connection.region(), SERVICE, connection.key(), nonces);
        this.regionPath = "/v1/regions/" + Percent.encode(connection.region());
    }

    @Override
    public CreateAnswer create(ImageRequest request, String token) throws CloudException {
        JdCloudImageRequest image = request.as(JdCloudImageRequest.class);
        JsonNode answer = post(path("instances", image.instanceId() + ":createImage"), body(image));
        return created(answer, Json.id(answer.path("result"), "imageId"));
    }

    private static CreateAnswer created(JsonNode answer, @CheckForNull String imageId) throws CloudException {
        String requestId = Json.text(answer, "requestId");
        if (imageId == null && requestId == null) {
            throw Json.notUnderstood(answer.toString()).exception();
        }
        return new CreateAnswer(imageId, requestId, false);
    }

    static ObjectNode body(JdCloudImageRequest image) {
        ObjectNode body = JSON.createObjectNode().put("name", image.imageName());
        // The API page requires a description, newer libraries do not.
        body.put("description", Rules.isGiven(image.description()) ? image.description() : image.imageName());
        if (!image.dataDisks().isEmpty()) {
            body.set("dataDisks", JSON.valueToTree(image.dataDisks()));
        }
        return body;
    }

    @Override
    public CreateAnswer copy(CopyRequest request, String token) throws CloudException {
        ObjectNode body = JSON.createObjectNode()
                .put("destinationRegion", request.region())
                .put("name", request.imageName())
                .put("description", request.description());
        body.putArray("sourceImageIds").add(request.imageId());
        JsonNode answer = post(regionPath + COPY, body);
        JsonNode copy = answer.path("result").path("copyImages").path(0);
        return created(answer, Json.id(copy, "destinationImageId"));
    }

    @Override
    public List<CloudImage> describe(Collection<String> imageIds) throws CloudException {
        SortedMap<String, String> query = page(1, PAGE);
        int number = 1;
        for (String id : imageIds) {
            query.put("ids." + number++, id);
        }
        return page(get(path("images"), query)).images();
    }

    @Override
    public List<CloudImage> findByName(String name) throws CloudException {
        // The filter also matches parts of names, so the image may be on any page.
        return Pages.find(
                number -> {
                    SortedMap<String, String> query = page(number + 1, PAGE);
                    query.put("imageSource", PRIVATE);
                    query.put("imageName", name);
                    return page(get(path("images"), query));
                },
                image -> image.name().equals(name),
                Integer.MAX_VALUE);
    }

    /** The filter for names also finds names that contain the text elsewhere. */
    @Override
    public List<CloudImage> find(ImageQuery query) throws CloudException {
        return Pages.find(
                Pages.unchanged(number -> {
                    SortedMap<String, String> parameters = page(number + 1, PAGE);
                    parameters.put("imageSource", PRIVATE);
                    parameters.put("status", "ready");
                    return page(get(path("images"), parameters), JdCloudClient::ownImage);
                }),
                image -> query.matches(image, null, Map.of()),
                Integer.MAX_VALUE);
    }

    /** {@code deleteSnapshot} also deletes the snapshots of the system disk and of all data disks in the image. */
    @Override
    public void delete(String imageId) throws CloudException {
        call("DELETE", path("images", imageId), new TreeMap<>(Map.of("deleteSnapshot", "true")), JdCloudCalls.NO_BODY);
    }

    @Override
    public List<String> instancesUsing(String imageId) throws CloudException {
        List<InstancePages.Instance> listed = InstancePages.numbered((number, offset) -> {
            SortedMap<String, String> query = page(number + 1, InstancePages.PAGE);
            query.put("filters.1.name", "imageId");
            query.put("filters.1.values.1", imageId);
            JsonNode answer = get(path("instances"), query);
            JsonNode result = answer.path("result");
            return InstancePages.page(
                    answer, result.path("instances"), result.path("totalCount"), "instanceId", "imageId");
        });
        return InstancePages.using(listed, imageId);
    }

    @Override
    public List<ImageTemplate> templates() throws CloudException {
        return JdCloudTemplates.list(number -> get(path("instanceTemplates"), page(number, PAGE)));
    }

    @Override
    public void share(String imageId, List<String> accounts) throws CloudException {
        post(path("images", imageId + ":share"), pins(accounts));
    }

    @Override
    public void unshare(String imageId, List<String> accounts) throws CloudException {
        post(path("images", imageId + ":unshare"), pins(accounts));
    }

    private static ObjectNode pins(List<String> accounts) {
        ObjectNode body = JSON.createObjectNode();
        accounts.forEach(body.putArray("pins")::add);
        return body;
    }

    /** The list is missing if it is empty. */
    @Override
    public List<String> sharedWith(String imageId) throws CloudException {
        JsonNode answer = get(path("images", imageId, "members"), NO_QUERY);
        JsonNode pins = answer.path("result").path("pins");
        return pins.isMissingNode() || pins.isNull() ? List.of() : Json.texts(answer, pins, null);
    }

    @Override
    public PowerState powerState(String instanceId) throws CloudException {
        JsonNode answer = get(path("instances", instanceId), NO_QUERY);
        JsonNode instance = answer.path("result").path("instance");
        if (!instanceId.equals(Json.text(instance, "instanceId"))) {
            throw Json.notUnderstood(answer.toString()).exception();
        }
        return JdCloudStates.power(Json.word(instance, "status"));
    }

    @Override
    public void stop(String instanceId) throws CloudException {
        String stop = path("instances", instanceId + ":stopInstance");
        try {
            // An instance that stops without charges loses its local disks.
            post(stop, JSON.createObjectNode().put("chargeOnStopped", "keepCharging"));
        } catch (CloudException e) {
            if (!JdCloudErrors.isDedicatedHost(e.error())) {
                throw e;
            }
            // An instance on a dedicated host has no such choice.
            post(stop, JSON.createObjectNode());
        }
    }

    @Override
    public void start(String instanceId) throws CloudException {
        post(path("instances", instanceId + ":startInstance"), JSON.createObjectNode());
    }

    @Override
    public Optional<Quota> quota() throws CloudException {
        SortedMap<String, String> query =
                new TreeMap<>(Map.of("filters.1.name", "resourceTypes", "filters.1.values.1", "image"));
        for (JsonNode quota : get(path("quotas"), query).path("result").path("quotas")) {
            if ("image".equalsIgnoreCase(quota.path("resourceType").asText())) {
                return Optional.of(new Quota(
                        quota.path("used").asInt(), quota.path("limit").asInt()));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Instant> time() {
        return calls.time();
    }

    @Override
    public String probe() throws CloudException {
        SortedMap<String, String> query = page(1, SMALLEST_PAGE);
        query.put("imageSource", PRIVATE);
        get(path("images"), query);
        return "vm:describeImages";
    }

    private static Pages.Page page(JsonNode answer) throws CloudException {
        return page(answer, JdCloudClient::image);
    }

    private static Pages.Page page(JsonNode answer, Pages.Entry entry) throws CloudException {
        JsonNode result = answer.path("result");
        return Pages.page(answer, result.path("images"), result.path("totalCount"), "imageId", entry);
    }

    @CheckForNull
    private static CloudImage ownImage(JsonNode image) {
        String source = Json.text(image, "imageSource");
        return source == null || source.equals(PRIVATE) ? image(image) : null;
    }

    private static CloudImage image(JsonNode image) {
        String state = Json.word(image, "status");
        return new CloudImage(
                image.path("imageId").asText(),
                Json.word(image, "name"),
                JdCloudStates.image(state),
                state,
                Json.percent(image, "progress"),
                JdCloudTime.of(image, "createTime"),
                Json.text(image, "instanceId"),
                Json.text(image, "desc"));
    }

    String path(String... segments) {
        StringBuilder path = new StringBuilder(regionPath);
        for (String segment : segments) {
            path.append('/').append(Percent.encode(segment));
        }
        return path.toString();
    }

    private static SortedMap<String, String> page(int number, int size) {
        return new TreeMap<>(Map.of("pageNumber", Integer.toString(number), "pageSize", Integer.toString(size)));
    }

    private JsonNode get(String path, SortedMap<String, String> query) throws CloudException {
        return call("GET", path, query, JdCloudCalls.NO_BODY);
    }

    private JsonNode post(String path, ObjectNode body) throws CloudException {
        return call("POST", path, NO_QUERY, Digests.utf8(body.toString()));
    }

    private JsonNode call(String method, String path, SortedMap<String, String> query, byte[] body)
            throws CloudException {
        return calls.call(method, path, query, body, asked(path));
    }

    private JdCloudErrors.Asked asked(String path) {
        String resource = path.substring(regionPath.length());
        if (resource.startsWith("/instances/")) {
            return JdCloudErrors.Asked.INSTANCE;
        }
        return resource.startsWith("/images/") || resource.equals(COPY)
                ? JdCloudErrors.Asked.IMAGE
                : JdCloudErrors.Asked.NOTHING;
    }
}
