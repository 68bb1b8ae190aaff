package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Tencent Cloud CVM of one account, as its API page tells: errors inside HTTP 200, states CREATING → NORMAL or
 * CREATEFAILED, names unique in the region, a snapshot for each image, 10 creates and 40 other calls a second.
 */
public final class FakeTencentCloud implements FakeCloud {
    /** The account's SecretId. */
    public static final String SECRET_ID = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
    /** The account's SecretKey. */
    public static final String SECRET_KEY = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";

    private static final String HOST = "cvm.tencentcloudapi.com";
    private static final int CREATES_PER_SECOND = 10;
    private static final int CALLS_PER_SECOND = 40;
    private static final int NAME_LENGTH = 60;
    private static final int DESCRIPTION_LENGTH = 256;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Clock clock;
    private final FakeImages images;
    private final FakeInstances instances;
    private final RateLimit rate;
    private final List<JsonNode> creates = new ArrayList<>();
    private final Set<String> snapshots = new HashSet<>();
    private String token = "";
    private int quota = 500;
    private boolean namesNoId;

    /** Makes an account with the machine {@code ins-6pb6lrmy} and no images. */
    public FakeTencentCloud(Clock clock) {
        this.clock = clock;
        this.images = new FakeImages(clock, "img-");
        this.instances = new FakeInstances(clock).add("ins-6pb6lrmy");
        this.rate = new RateLimit(clock, Duration.ofSeconds(1));
    }

    /** The account's images. */
    public FakeImages images() {
        return images;
    }

    /** The account's machines. */
    public FakeInstances instances() {
        return instances;
    }

    /** Makes the key a temporary one that needs this token. */
    public void requireToken(String sessionToken) {
        token = sessionToken;
    }

    /** Sets how many images the account may have. */
    public void allowImages(int number) {
        quota = number;
    }

    /** Lets creates answer a null ImageId, as the API page allows. */
    public void nameNoId() {
        namesNoId = true;
    }

    /** The parameters of every create that was carried out. */
    public synchronized List<JsonNode> creates() {
        return List.copyOf(creates);
    }

    /** The snapshots that were made for images and still exist, by the image's id. */
    public synchronized Set<String> snapshots() {
        return Set.copyOf(snapshots);
    }

    @Override
    public String action(Received request) {
        return request.header("X-TC-Action");
    }

    @Override
    public Answer throttled() {
        return error("RequestLimitExceeded", "Your current request times exceed the frequency limit.");
    }

    @Override
    public synchronized Answer answer(Received request) {
        String refusal = Tc3Check.refusal(request, SECRET_ID, SECRET_KEY, token, HOST, clock.instant());
        if (refusal != null) {
            // The real one explains a wrong signature; nothing of it may reach a log.
            return error(
                    refusal,
                    "The provided credentials could not be validated. Authorization: "
                            + request.header("Authorization"));
        }
        if (!request.header("X-TC-Version").equals("2017-03-12")) {
            return error("NoSuchVersion", "The version does not exist.");
        }
        if (!request.header("X-TC-Region").matches("[a-z]+-[a-z-]+")) {
            return error("UnsupportedRegion", "The region is not supported.");
        }
        String action = action(request);
        if (!rate.allows(SECRET_ID, action, action.equals("CreateImage") ? CREATES_PER_SECOND : CALLS_PER_SECOND)) {
            return throttled();
        }
        try {
            JsonNode body = JSON.readTree(request.body());
            return switch (action) {
                case "CreateImage" -> create(body);
                case "DescribeImages" -> describe(body);
                case "DeleteImages" -> delete(body);
                case "DescribeInstances" -> describeInstances(body);
                case "StopInstances" -> stop(body);
                case "StartInstances" -> start(body);
                case "DescribeImageQuota" -> ok(NODES.objectNode().put("ImageNumQuota", quota));
                default -> error("InvalidAction", "The action does not exist.");
            };
        } catch (JsonProcessingException e) {
            return error("InvalidRequest", "The body is not JSON.");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer create(JsonNode body) {
        String name = body.path("ImageName").asText();
        String instanceId = body.path("InstanceId").asText();
        List<String> snapshots = texts(body.path("SnapshotIds"));
        if (name.isEmpty()) {
            return error("MissingParameter", "ImageName is missing.");
        }
        if (name.length() > NAME_LENGTH
                || body.path("ImageDescription").asText().length() > DESCRIPTION_LENGTH) {
            return error("InvalidParameter.ValueTooLarge", "The length of parameter exceeds the limit.");
        }
        if (instanceId.isEmpty() && snapshots.isEmpty()) {
            return error("InvalidParameter.SpecifyOneParameter", "InstanceId or SnapshotIds must be passed in.");
        }
        if (!instanceId.isEmpty() && !snapshots.isEmpty()) {
            return error("InvalidParameterConflict", "InstanceId and SnapshotIds conflict.");
        }
        if (snapshots.isEmpty() && instances.power(instanceId).isEmpty()) {
            return error("InvalidInstanceId.NotFound", "No instance found: " + instanceId);
        }
        if (snapshots.isEmpty() && isChanging(instanceId)) {
            return error("OperationDenied.InstanceOperationInProgress", "The instance has an operation in progress.");
        }
        if (images.isTaken(name)) {
            return error("InvalidImageName.Duplicate", "The specified image name already exists.");
        }
        if (images.all().size() >= quota) {
            return error("ImageQuotaLimitExceeded", "The image quota has been exceeded.");
        }
        if (body.path("DryRun").asBoolean()) {
            return error("DryRunOperation", "The request would have succeeded, but DryRun is set.");
        }
        creates.add(body);
        FakeImage image = images.create(name, instanceId.isEmpty() ? null : instanceId);
        if (!instanceId.isEmpty()) {
            this.snapshots.add(image.id());
        }
        return ok(NODES.objectNode().put("ImageId", namesNoId ? null : image.id()));
    }

    private boolean isChanging(String instanceId) {
        return instances
                .power(instanceId)
                .filter(power -> power == FakeInstances.Power.STOPPING || power == FakeInstances.Power.STARTING)
                .isPresent();
    }

    private Answer describe(JsonNode body) {
        if (body.has("ImageIds") && body.has("Filters")) {
            return error("InvalidParameter.InvalidParameterCoexistImageIdsFilters", "ImageIds and Filters coexist.");
        }
        int limit = body.path("Limit").asInt(20);
        if (limit > 100 || body.path("ImageIds").size() > 100) {
            return error("InvalidParameterValue.TooLarge", "The parameter value exceeds the maximum limit.");
        }
        List<FakeImage> found =
                body.has("ImageIds") ? images.listed(texts(body.path("ImageIds"))) : filtered(body.path("Filters"));
        ObjectNode response = NODES.objectNode().put("TotalCount", found.size());
        ArrayNode set = response.putArray("ImageSet");
        found.stream()
                .skip(body.path("Offset").asInt())
                .limit(limit)
                .forEach(image -> set.addObject()
                        .put("ImageId", image.id())
                        .put("ImageName", image.name())
                        .put("ImageState", state(image))
                        .put("SyncPercent", images.finished(image) ? 100 : 50)
                        .put("ImageType", "PRIVATE_IMAGE")
                        .put(
                                "CreatedTime",
                                image.created().truncatedTo(ChronoUnit.SECONDS).toString()));
        return ok(response);
    }

    /** The name's filter finds parts of names, as users report of the real one. */
    private List<FakeImage> filtered(JsonNode filters) {
        List<FakeImage> found = new ArrayList<>(images.listed());
        for (JsonNode filter : filters) {
            if (filter.path("Name").asText().equals("image-name")) {
                List<String> names = texts(filter.path("Values"));
                found.removeIf(image -> names.stream().noneMatch(image.name()::contains));
            }
        }
        return found;
    }

    private Answer delete(JsonNode body) {
        for (String id : texts(body.path("ImageIds"))) {
            if (images.find(id).isEmpty()) {
                return error("InvalidImageId.NotFound", "The image does not exist: " + id);
            }
            if (!images.finished(images.find(id).get())) {
                return error("InvalidImageId.IncorrectState", "The image is being created: " + id);
            }
            images.remove(id);
            if (body.path("DeleteBindedSnap").asBoolean()) {
                snapshots.remove(id);
            }
        }
        return ok(NODES.objectNode());
    }

    private Answer describeInstances(JsonNode body) {
        ObjectNode response = NODES.objectNode();
        ArrayNode set = response.putArray("InstanceSet");
        for (String id : texts(body.path("InstanceIds"))) {
            instances
                    .power(id)
                    .ifPresent(power -> set.addObject()
                            .put("InstanceId", id)
                            .put("InstanceState", power.name())
                            .put("LatestOperationState", isChanging(id) ? "OPERATING" : "SUCCESS"));
        }
        return ok(response.put("TotalCount", set.size()));
    }

    private Answer stop(JsonNode body) {
        texts(body.path("InstanceIds")).forEach(instances::stop);
        return ok(NODES.objectNode());
    }

    private Answer start(JsonNode body) {
        for (String id : texts(body.path("InstanceIds"))) {
            if (instances.power(id).filter(FakeInstances.Power.STOPPED::equals).isEmpty()) {
                return error("UnsupportedOperation.InstanceStateRunning", "The instance is not stopped.");
            }
            instances.start(id);
        }
        return ok(NODES.objectNode());
    }

    private String state(FakeImage image) {
        if (!images.finished(image)) {
            return "CREATING";
        }
        return image.fails() ? "CREATEFAILED" : "NORMAL";
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static Answer ok(ObjectNode response) {
        return respond(response);
    }

    private static Answer error(String code, String message) {
        ObjectNode response = NODES.objectNode();
        response.putObject("Error").put("Code", code).put("Message", message);
        return respond(response);
    }

    private static Answer respond(ObjectNode response) {
        response.put("RequestId", UUID.randomUUID().toString());
        ObjectNode envelope = NODES.objectNode();
        envelope.set("Response", response);
        return Answer.json(200, envelope);
    }
}
