package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What Alibaba's ECS API does in one account, without gateway and signature: states Creating → Available or
 * CreateFailed, only Available ones listed unless others are asked for, a token makes one image, a snapshot for each
 * image that cannot be deleted before it, 1,000 DescribeImages in 60 seconds.
 */
final class FakeEcsApi {
    private static final int DESCRIBES = 1000;
    private static final int OTHER_CALLS = 3000;
    private static final int MAX_PAGE = 100;
    private static final int TAGS = 20;
    private static final Duration DELETING = Duration.ofSeconds(5);
    private static final Duration USABLE_AFTER = Duration.ofSeconds(30);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clock clock;
    private final boolean tellsUsable;
    private final FakeImages images;
    private final FakeInstances instances;
    private final RateLimit rate;
    private final List<Map<String, String>> creates = new ArrayList<>();
    private final Map<String, Map<String, String>> tokens = new HashMap<>();
    private final Map<String, String> imageOfToken = new HashMap<>();
    private final Map<String, Instant> snapshots = new TreeMap<>();
    private final Map<String, String> snapshotOfImage = new HashMap<>();
    private final Map<String, Instant> heldUntil = new HashMap<>();
    private int quota = 100;

    FakeEcsApi(Clock clock, String instanceId, boolean tellsUsable) {
        this.clock = clock;
        this.tellsUsable = tellsUsable;
        this.images = new FakeImages(clock, "m-");
        this.instances = new FakeInstances(clock).add(instanceId);
        this.rate = new RateLimit(clock, Duration.ofMinutes(1));
    }

    FakeImages images() {
        return images;
    }

    FakeInstances instances() {
        return instances;
    }

    void allowImages(int number) {
        quota = number;
    }

    void addSnapshot(String id) {
        snapshots.put(id, clock.instant());
    }

    List<String> snapshots() {
        return List.copyOf(snapshots.keySet());
    }

    List<Map<String, String>> creates() {
        return List.copyOf(creates);
    }

    Answer answer(String action, Map<String, String> call) {
        if (!rate.allows("account", action, action.equals("DescribeImages") ? DESCRIBES : OTHER_CALLS)) {
            return throttled();
        }
        if (!call.getOrDefault("RegionId", "").matches("[a-z]+-[a-z0-9-]+")) {
            return refuse(404, "InvalidRegionId.NotFound", "The specified RegionId does not exist.");
        }
        return switch (action) {
            case "CreateImage" -> create(call);
            case "DescribeImages" -> describe(call);
            case "DeleteImage" -> delete(call);
            case "DescribeSnapshots" -> describeSnapshots(call);
            case "DeleteSnapshot" -> deleteSnapshot(call);
            case "DescribeInstances" -> describeInstances(call);
            case "StopInstance", "StopInstances" -> power(call, FakeInstances.Power.RUNNING);
            case "StartInstance", "StartInstances" -> power(call, FakeInstances.Power.STOPPED);
            default -> refuse(404, "InvalidAction.NotFound", "Specified api is not found.");
        };
    }

    Answer throttled() {
        return refuse(400, "Throttling.User", "Request was denied due to user flow control.")
                .header("x-acs-retry-after", "1500");
    }

    private Answer create(Map<String, String> call) {
        Map<String, String> known = tokens.get(call.getOrDefault("ClientToken", ""));
        if (known != null) {
            return known.equals(call)
                    ? ok(NODES.objectNode().put("ImageId", imageOfToken.get(call.get("ClientToken"))))
                    : refuse(400, "IdempotentParameterMismatch", "The token was used with other parameters.");
        }
        Answer refusal = refusal(call);
        if (refusal != null) {
            return refusal;
        }
        if (call.getOrDefault("DryRun", "").equals("true")) {
            return refuse(400, "DryRunOperation", "Request validation has been passed with DryRun flag set.");
        }
        creates.add(new TreeMap<>(call));
        FakeImage image = images.create(call.get("ImageName"), call.get("InstanceId"));
        String given = call.getOrDefault("SnapshotId", call.get("DiskDeviceMapping.1.SnapshotId"));
        String snapshot = call.containsKey("InstanceId") || given == null
                ? "s-" + image.id().substring(2)
                : given;
        snapshots.putIfAbsent(snapshot, clock.instant());
        snapshotOfImage.put(image.id(), snapshot);
        if (call.containsKey("ClientToken")) {
            tokens.put(call.get("ClientToken"), call);
            imageOfToken.put(call.get("ClientToken"), image.id());
        }
        return ok(NODES.objectNode().put("ImageId", image.id()));
    }

    private Answer refusal(Map<String, String> call) {
        String name = call.getOrDefault("ImageName", "");
        String description = call.getOrDefault("Description", "ok");
        String instanceId = call.get("InstanceId");
        String snapshotId = call.get("SnapshotId");
        if (name.length() < 2
                || name.length() > 128
                || !Character.isLetter(name.charAt(0))
                || name.startsWith("http:")) {
            return refuse(400, "InvalidImageName.Malformed", "The specified Image name is wrongly formed.");
        }
        if (description.length() < 2 || description.length() > 256 || description.startsWith("http")) {
            return refuse(400, "InvalidDescription.Malformed", "The specified description is wrongly formed.");
        }
        if (call.getOrDefault("ClientToken", "").length() > 64) {
            return refuse(400, "InvalidClientToken.Malformed", "The token is too long.");
        }
        if (call.keySet().stream().anyMatch(key -> key.startsWith("Tag." + (TAGS + 1) + "."))) {
            return refuse(400, "NumberExceed.Tags", "The Tags parameter number is exceed.");
        }
        if (call.keySet().stream()
                .anyMatch(key -> key.endsWith(".Key") && call.get(key).startsWith("aliyun"))) {
            return refuse(400, "InvalidTagKey.Malformed", "The specified Tag.n.Key is not valid.");
        }
        if (instanceId == null && snapshotId == null && !call.containsKey("DiskDeviceMapping.1.SnapshotId")) {
            return refuse(400, "MissingParameter", "InstanceId, DiskDeviceMapping or SnapshotId must be given.");
        }
        Optional<FakeInstances.Power> power = instanceId == null ? Optional.empty() : instances.power(instanceId);
        if (instanceId != null && power.isEmpty()) {
            return refuse(404, "InvalidInstanceId.NotFound", "The specified InstanceId does not exist.");
        }
        if (power.filter(FakeEcsApi::isChanging).isPresent()) {
            return refuse(400, "IncorrectInstanceStatus", "The current status of the resource does not support this.");
        }
        if (instanceId == null && snapshotId != null && !snapshots.containsKey(snapshotId)) {
            return refuse(404, "InvalidSnapshotId.NotFound", "The specified SnapshotId does not exist.");
        }
        if (images.isTaken(name)) {
            return refuse(400, "InvalidImageName.Duplicated", "The specified Image name has already been used.");
        }
        return images.all().size() >= quota ? refuse(403, "QuotaExceed.Image", "The Image quota exceeds.") : null;
    }

    private static boolean isChanging(FakeInstances.Power power) {
        return power == FakeInstances.Power.STOPPING || power == FakeInstances.Power.STARTING;
    }

    private Answer describe(Map<String, String> call) {
        int size = Integer.parseInt(call.getOrDefault("PageSize", "10"));
        int page = Integer.parseInt(call.getOrDefault("PageNumber", "1"));
        if (size > MAX_PAGE) {
            return refuse(400, "InvalidParameter", "The specified PageSize is not valid.");
        }
        List<String> states = List.of(call.getOrDefault("Status", "Available").split(","));
        List<FakeImage> found = new ArrayList<>(
                call.containsKey("ImageId")
                        ? images.listed(List.of(call.get("ImageId").split(",")))
                        : images.listed());
        found.removeIf(
                image -> !states.contains(state(image)) || !image.name().contains(call.getOrDefault("ImageName", "")));
        ObjectNode body = NODES.objectNode().put("TotalCount", found.size());
        ArrayNode list = body.putObject("Images").putArray("Image");
        found.stream().skip((page - 1L) * size).limit(size).forEach(image -> list.add(node(image)));
        return ok(body);
    }

    private ObjectNode node(FakeImage image) {
        ObjectNode node = NODES.objectNode()
                .put("ImageId", image.id())
                .put("ImageName", image.name())
                .put("Status", state(image))
                .put("ImageOwnerAlias", "self")
                .put("Progress", images.finished(image) ? "100%" : "50%")
                .put("CreationTime", seconds(image.created()));
        if (tellsUsable) {
            node.put(
                    "Usable",
                    state(image).equals("Available")
                            && !clock.instant().isBefore(image.finished().plus(USABLE_AFTER)));
        }
        node.putObject("DiskDeviceMappings")
                .putArray("DiskDeviceMapping")
                .addObject()
                .put("SnapshotId", snapshotOfImage.get(image.id()))
                .put("Type", "system");
        return node;
    }

    private String state(FakeImage image) {
        if (!images.finished(image)) {
            return "Creating";
        }
        return image.fails() ? "CreateFailed" : "Available";
    }

    /** Unknown ids are ignored; deleting goes on in the background. */
    private Answer delete(Map<String, String> call) {
        Optional<FakeImage> image = images.find(call.get("ImageId"));
        if (image.isPresent() && !images.finished(image.get())) {
            return refuse(403, "IncorrectImageStatus", "The image is being created.");
        }
        images.remove(call.get("ImageId"));
        String snapshot = snapshotOfImage.remove(call.get("ImageId"));
        if (snapshot != null) {
            heldUntil.put(snapshot, clock.instant().plus(DELETING));
        }
        return ok(NODES.objectNode());
    }

    private Answer describeSnapshots(Map<String, String> call) {
        ObjectNode body = NODES.objectNode();
        ArrayNode list = body.putObject("Snapshots").putArray("Snapshot");
        for (JsonNode id : json(call.get("SnapshotIds"))) {
            Instant taken = snapshots.get(id.asText());
            if (taken != null) {
                list.addObject()
                        .put("SnapshotId", id.asText())
                        .put("Status", "accomplished")
                        .put("CreationTime", seconds(taken));
            }
        }
        return ok(body.put("TotalCount", list.size()));
    }

    private Answer deleteSnapshot(Map<String, String> call) {
        String id = call.get("SnapshotId");
        Instant held = heldUntil.getOrDefault(id, Instant.MIN);
        if (snapshotOfImage.containsValue(id) || clock.instant().isBefore(held)) {
            return refuse(403, "SnapshotCreatedImage", "The snapshot has been used to create user defined image(s).");
        }
        snapshots.remove(id);
        return ok(NODES.objectNode());
    }

    private Answer describeInstances(Map<String, String> call) {
        ObjectNode body = NODES.objectNode();
        ArrayNode list = body.putObject("Instances").putArray("Instance");
        for (JsonNode id : json(call.get("InstanceIds"))) {
            instances.power(id.asText()).ifPresent(power -> {
                String word = power.name();
                list.addObject()
                        .put("InstanceId", id.asText())
                        .put("Status", word.charAt(0) + word.substring(1).toLowerCase(java.util.Locale.ROOT));
            });
        }
        return ok(body.put("TotalCount", list.size()));
    }

    private Answer power(Map<String, String> call, FakeInstances.Power wanted) {
        String id = call.getOrDefault("InstanceId", call.get("InstanceId.1"));
        Optional<FakeInstances.Power> power = instances.power(id);
        if (power.isEmpty()) {
            return refuse(404, "InvalidInstanceId.NotFound", "The specified InstanceId does not exist.");
        }
        if (power.get() != wanted) {
            return refuse(403, "IncorrectInstanceStatus", "The current status of the resource does not support this.");
        }
        if (wanted == FakeInstances.Power.RUNNING) {
            instances.stop(id);
        } else {
            instances.start(id);
        }
        return ok(NODES.objectNode());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Answer ok(ObjectNode body) {
        return Answer.json(200, body.put("RequestId", UUID.randomUUID().toString()));
    }

    private static Answer refuse(int status, String code, String message) {
        return new AlibabaRefusal(status, code, message).answer();
    }
}
