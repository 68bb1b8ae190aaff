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
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * What Alibaba's ECS API does in one account, without gateway and signature: states Creating → Available or
 * CreateFailed, only Available ones listed unless others are asked for, a token makes one image for a day, a snapshot for
 * each image that cannot be deleted before it, 1,000 DescribeImages in 60 seconds. How long a token lasts is not
 * documented. Actions need a region where Alibaba's API metadata says so.
 */
final class FakeEcsApi {
    private static final int DESCRIBES = 1000;
    private static final int OTHER_CALLS = 3000;
    private static final int MAX_PAGE = 100;
    private static final int TAGS = 20;
    private static final Duration DELETING = Duration.ofSeconds(5);
    private static final Duration USABLE_AFTER = Duration.ofSeconds(30);
    private static final Duration TOKEN_LASTS = Duration.ofHours(24);
    private static final Set<String> WITHOUT_REGION =
            Set.of("DeleteSnapshot", "StopInstance", "StartInstance", "RebootInstance");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clock clock;
    private final boolean tellsUsable;
    private final FakeImages images;
    private final FakeInstances instances;
    private final FakeShares shares = new FakeShares("1234567890123456", 50);
    private final FakeEcsCopies copies;
    private final RateLimit rate;
    private final List<Map<String, String>> creates = new ArrayList<>();
    private final Map<String, Map<String, String>> createOf = new HashMap<>();
    private final Map<String, Token> tokens = new HashMap<>();
    private final Map<String, Instant> snapshots = new TreeMap<>();
    private final Map<String, String> snapshotOfImage = new HashMap<>();
    private final Map<String, Instant> heldUntil = new HashMap<>();
    private final Set<String> deprecated = new HashSet<>();
    private Duration processing = Duration.ZERO;
    private int quota = 100;

    /** A create that its token stands for. */
    private record Token(Map<String, String> call, String imageId, Instant first) {}

    FakeEcsApi(Clock clock, String instanceId, boolean tellsUsable) {
        this.clock = clock;
        this.tellsUsable = tellsUsable;
        this.images = new FakeImages(clock, "m-");
        this.instances = new FakeInstances(clock, "ubuntu_22_04_x64_20G_alibase_20230815.vhd").add(instanceId);
        this.copies = new FakeEcsCopies(clock, images);
        this.rate = new RateLimit(clock, Duration.ofMinutes(1));
    }

    FakeImages images() {
        return images;
    }

    FakeShares shares() {
        return shares;
    }

    FakeInstances instances() {
        return instances;
    }

    void allowImages(int number) {
        quota = number;
    }

    void deprecate(String imageId) {
        deprecated.add(imageId);
    }

    void processTokens(Duration duration) {
        processing = duration;
    }

    void addSnapshot(String id) {
        snapshots.put(id, clock.instant());
    }

    List<String> snapshots() {
        return List.copyOf(snapshots.keySet());
    }

    FakeEcsCopies copies() {
        return copies;
    }

    List<Map<String, String>> creates() {
        return List.copyOf(creates);
    }

    Answer answer(String action, Map<String, String> call) {
        if (!rate.allows("account", action, action.equals("DescribeImages") ? DESCRIBES : OTHER_CALLS)) {
            return throttled();
        }
        String region = call.getOrDefault("RegionId", "");
        if (region.isEmpty() && !WITHOUT_REGION.contains(action)) {
            return missing("RegionId");
        }
        if (!region.isEmpty() && !region.matches("[a-z]+-[a-z0-9-]+")) {
            return refuse(404, "InvalidRegionId.NotFound", "The specified RegionId does not exist.");
        }
        return switch (action) {
            case "CreateImage" -> create(call);
            case "CopyImage" -> copy(call);
            case "CancelCopyImage" -> cancelCopy(call);
            case "DescribeImages" -> describe(call);
            case "ModifyImageAttribute" -> modify(call);
            case "DeleteImage" -> delete(call);
            case "ModifyImageSharePermission" -> share(call);
            case "DescribeImageSharePermission" -> sharedWith(call);
            case "DescribeSnapshots" -> describeSnapshots(call);
            case "DeleteSnapshot" -> deleteSnapshot(call);
            case "DescribeInstances" -> describeInstances(call);
            case "StopInstance" -> power(call, FakeInstances.Power.RUNNING);
            case "StartInstance" -> power(call, FakeInstances.Power.STOPPED);
            case "StopInstances" -> powerOfAll(call, FakeInstances.Power.RUNNING);
            case "StartInstances" -> powerOfAll(call, FakeInstances.Power.STOPPED);
            default ->
                refuse(404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method.");
        };
    }

    private static Answer missing(String parameter) {
        return refuse(
                400,
                "MissingParameter",
                "The input parameter \"" + parameter
                        + "\" that is mandatory for processing this request is not supplied.");
    }

    Answer throttled() {
        return refuse(400, "Throttling.User", "Request was denied due to user flow control.")
                .header("x-acs-retry-after", "1500");
    }

    /** The answer to a call with a token that was used before, or null. */
    private Answer repeated(Map<String, String> call) {
        Token known = tokens.get(call.getOrDefault("ClientToken", ""));
        if (known == null || !clock.instant().isBefore(known.first().plus(TOKEN_LASTS))) {
            return null;
        }
        if (clock.instant().isBefore(known.first().plus(processing))) {
            return refuse(403, "LastTokenProcessing", "The last token request is processing.");
        }
        return known.call().equals(call)
                ? ok(NODES.objectNode().put("ImageId", known.imageId()))
                : refuse(
                        400,
                        "IdempotentParameterMismatch",
                        "Request uses a client token in a previous request but is not identical to that request.");
    }

    private Answer create(Map<String, String> call) {
        Answer repeated = repeated(call);
        Answer refusal = repeated == null ? refusal(call) : repeated;
        if (refusal != null) {
            return refusal;
        }
        if (isDryRun(call)) {
            return dryRunPassed();
        }
        creates.add(new TreeMap<>(call));
        FakeImage image = images.create(call.get("ImageName"), call.get("InstanceId"), call.get("Description"));
        images.place(image, call.get("RegionId"));
        createOf.put(image.id(), new TreeMap<>(call));
        String given = call.getOrDefault("SnapshotId", call.get("DiskDeviceMapping.1.SnapshotId"));
        String snapshot = call.containsKey("InstanceId") || given == null
                ? "s-" + image.id().substring(2)
                : given;
        snapshots.putIfAbsent(snapshot, clock.instant());
        snapshotOfImage.put(image.id(), snapshot);
        return made(call, image);
    }

    private Answer made(Map<String, String> call, FakeImage image) {
        if (call.containsKey("ClientToken")) {
            tokens.put(call.get("ClientToken"), new Token(call, image.id(), clock.instant()));
        }
        return ok(NODES.objectNode().put("ImageId", image.id()));
    }

    /** The copy gets a snapshot of its own. */
    private Answer copy(Map<String, String> call) {
        Answer repeated = repeated(call);
        Answer refusal = repeated == null ? copies.refusal(call) : repeated;
        if (refusal != null) {
            return refusal;
        }
        if (inRegion(call.get("DestinationRegionId")) >= quota) {
            return refuse(403, "QuotaExceed.Image", "The Image quota exceeds.");
        }
        if (isDryRun(call)) {
            return dryRunPassed();
        }
        FakeImage image = copies.make(call);
        createOf.put(image.id(), new TreeMap<>(call));
        String snapshot = "s-" + image.id().substring(2);
        snapshots.put(snapshot, clock.instant());
        snapshotOfImage.put(image.id(), snapshot);
        return made(call, image);
    }

    private long inRegion(String region) {
        return images.all().stream().filter(image -> images.isIn(image, region)).count();
    }

    private Answer cancelCopy(Map<String, String> call) {
        Answer refusal = copies.refusalToCancel(call);
        if (refusal != null) {
            return refusal;
        }
        removeImage(call.get("ImageId"));
        return ok(NODES.objectNode());
    }

    private void removeImage(String id) {
        images.remove(id);
        String snapshot = snapshotOfImage.remove(id);
        if (snapshot != null) {
            heldUntil.put(snapshot, clock.instant().plus(DELETING));
        }
    }

    private static boolean isDryRun(Map<String, String> call) {
        return call.getOrDefault("DryRun", "").equals("true");
    }

    private static Answer dryRunPassed() {
        return refuse(400, "DryRunOperation", "Request validation has been passed with DryRun flag set.");
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
            return refuse(
                    400,
                    "MissingParameter",
                    "The input parameter SnapshotId or InstanceId or DiskDeviceMapping that is mandatory for processing"
                            + " this request is not supplied.");
        }
        Optional<FakeInstances.Power> power = instanceId == null ? Optional.empty() : instances.power(instanceId);
        if (instanceId != null && power.isEmpty()) {
            return refuse(404, "InvalidInstanceId.NotFound", "The specified InstanceId does not exist.");
        }
        if (power.filter(FakeEcsApi::isChanging).isPresent()) {
            return refuse(
                    400,
                    "IncorrectInstanceStatus",
                    "The current status of the instance does not support this operation.");
        }
        if (instanceId == null && snapshotId != null && !snapshots.containsKey(snapshotId)) {
            return refuse(404, "InvalidSnapshotId.NotFound", "The specified SnapshotId does not exist.");
        }
        if (images.isTaken(name, call.get("RegionId"))) {
            return refuse(400, "InvalidImageName.Duplicated", "The specified Image name has already been used.");
        }
        return inRegion(call.get("RegionId")) >= quota
                ? refuse(403, "QuotaExceed.Image", "The Image quota exceeds.")
                : null;
    }

    private static boolean isChanging(FakeInstances.Power power) {
        return power == FakeInstances.Power.STOPPING || power == FakeInstances.Power.STARTING;
    }

    private Answer describe(Map<String, String> call) {
        int size = number(call, "PageSize", 10);
        int page = number(call, "PageNumber", 1);
        if (size < 1 || size > MAX_PAGE || page < 1) {
            return refuse(400, "InvalidParameter", "The specified PageSize or PageNumber is not valid.");
        }
        List<String> states = List.of(call.getOrDefault("Status", "Available").split(","));
        List<FakeImage> found = new ArrayList<>(
                call.containsKey("ImageId")
                        ? images.listed(List.of(call.get("ImageId").split(",")))
                        : images.listed());
        found.removeIf(image -> !states.contains(state(image)) || !isMeant(image, call));
        // The newest come first.
        Collections.reverse(found);
        ObjectNode body = NODES.objectNode()
                .put("TotalCount", found.size())
                .put("PageNumber", page)
                .put("PageSize", size)
                .put("RegionId", call.get("RegionId"));
        ArrayNode list = body.putObject("Images").putArray("Image");
        found.stream().skip((page - 1L) * size).limit(size).forEach(image -> list.add(node(image)));
        return ok(body);
    }

    private boolean isMeant(FakeImage image, Map<String, String> call) {
        Map<String, String> create = createOf.getOrDefault(image.id(), Map.of());
        return images.isIn(image, call.get("RegionId"))
                && image.name().contains(call.getOrDefault("ImageName", "").replace("*", ""))
                && is(call, "ImageOwnerAlias", owner(image))
                && is(call, "SnapshotId", snapshotOfImage.get(image.id()))
                && is(call, "ImageFamily", create.get("ImageFamily"));
    }

    private String owner(FakeImage image) {
        return images.isShared(image) ? "others" : "self";
    }

    private static boolean is(Map<String, String> call, String filter, String value) {
        return !call.containsKey(filter) || call.get(filter).equals(value);
    }

    private static int number(Map<String, String> call, String parameter, int otherwise) {
        String value = call.getOrDefault(parameter, "");
        if (value.isEmpty()) {
            return otherwise;
        }
        return value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
    }

    private ObjectNode node(FakeImage image) {
        Map<String, String> create = createOf.getOrDefault(image.id(), Map.of());
        ObjectNode node = NODES.objectNode()
                .put("ImageId", image.id())
                .put("ImageName", image.name())
                .put("Description", image.description() == null ? "" : image.description())
                .put("Status", state(image))
                .put("ImageOwnerAlias", owner(image))
                .put("Progress", images.finished(image) ? "100%" : "50%")
                .put("CreationTime", seconds(image.created()))
                .put("ImageVersion", create.getOrDefault("ImageVersion", ""))
                .put("Architecture", create.getOrDefault("Architecture", "x86_64"))
                .put("Platform", create.getOrDefault("Platform", "CentOS"))
                .put("OSType", "linux")
                .put("Size", 40)
                .put("Usage", "none")
                .put("IsCopied", copies.isCopy(image.id()))
                .put("IsSelfShared", "")
                .put("IsSubscribed", false)
                .put("IsSupportCloudinit", true)
                .put("IsSupportIoOptimized", true)
                .put("ResourceGroupId", create.getOrDefault("ResourceGroupId", ""));
        if (create.containsKey("ImageFamily")) {
            node.put("ImageFamily", create.get("ImageFamily"));
        }
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
                .put("Type", "system")
                .put("Device", "/dev/xvda")
                .put("Size", "40");
        ArrayNode tags = node.putObject("Tags").putArray("Tag");
        for (int n = 1; create.containsKey("Tag." + n + ".Key"); n++) {
            tags.addObject()
                    .put("TagKey", create.get("Tag." + n + ".Key"))
                    .put("TagValue", create.getOrDefault("Tag." + n + ".Value", ""));
        }
        return node;
    }

    private Answer modify(Map<String, String> call) {
        Optional<FakeImage> image = images.find(call.getOrDefault("ImageId", ""), call.get("RegionId"));
        String status = call.getOrDefault("Status", "");
        if (image.isEmpty()) {
            return refuse(404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");
        }
        if (status.equals("Deprecated") && !state(image.get()).equals("Available")) {
            return refuse(403, "ImageStatus.NotAvailable", "The specified image status is not available.");
        }
        if (status.equals("Deprecated")) {
            deprecated.add(image.get().id());
        } else if (status.equals("Available")) {
            deprecated.remove(image.get().id());
        }
        return ok(NODES.objectNode());
    }

    private String state(FakeImage image) {
        if (!images.finished(image)) {
            return copies.isWaiting(image.id()) ? "Waiting" : "Creating";
        }
        if (deprecated.contains(image.id())) {
            return "Deprecated";
        }
        return image.fails() ? "CreateFailed" : "Available";
    }

    /** Unknown ids are ignored; deleting goes on in the background. */
    private Answer delete(Map<String, String> call) {
        String id = call.getOrDefault("ImageId", "");
        if (id.isEmpty()) {
            return missing("ImageId");
        }
        Optional<FakeImage> image = images.find(id, call.get("RegionId"));
        if (copies.isCopying(id)) {
            return refuse(403, "OperationDenied.ImageCopying", "The specified image is copying.");
        }
        if (image.isPresent() && !images.finished(image.get())) {
            return refuse(403, "ImageIsCreating", "The specified image is being created.");
        }
        if (!shares.of(id).isEmpty()) {
            return refuse(403, "ImageUseShared", "The specified image is shared to others.");
        }
        if (instances.use(id) && !call.getOrDefault("Force", "").equals("true")) {
            return refuse(403, "ImageUsingByInstance", "The specified image is using by instances.");
        }
        if (isDryRun(call)) {
            return dryRunPassed();
        }
        removeImage(id);
        return ok(NODES.objectNode());
    }

    /** Accounts beyond the tenth are ignored. */
    private Answer share(Map<String, String> call) {
        String id = call.getOrDefault("ImageId", "");
        if (images.find(id, call.get("RegionId")).isEmpty()) {
            return refuse(404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");
        }
        Answer refusal = shares.share(id, numbered(call, "AddAccount."))
                .map(why -> switch (why) {
                    case UNKNOWN ->
                        refuse(
                                404,
                                "InvalidAccount.NotFound",
                                "The specified parameter \"AddAccount.n\" does not exist.");
                    case OWN -> refuse(404, "InvalidAccount.Forbbiden", "The specified Account does not yourself.");
                    case TOO_MANY -> refuse(403, "QuotaExceed.ShareImageUser", "The shared Image user Quota exceeds.");
                })
                .orElse(null);
        if (refusal == null) {
            shares.unshare(id, numbered(call, "RemoveAccount."));
        }
        return refusal == null ? ok(NODES.objectNode()) : refusal;
    }

    private static List<String> numbered(Map<String, String> call, String prefix) {
        List<String> values = new ArrayList<>();
        for (int n = 1; n <= 10 && call.containsKey(prefix + n); n++) {
            values.add(call.get(prefix + n));
        }
        return values;
    }

    private Answer sharedWith(Map<String, String> call) {
        String id = call.getOrDefault("ImageId", "");
        int size = Integer.parseInt(call.getOrDefault("PageSize", "10"));
        int page = Integer.parseInt(call.getOrDefault("PageNumber", "1"));
        if (images.find(id, call.get("RegionId")).isEmpty()) {
            return refuse(404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");
        }
        List<String> all = shares.of(id);
        ObjectNode body = NODES.objectNode()
                .put("ImageId", id)
                .put("RegionId", call.get("RegionId"))
                .put("TotalCount", all.size())
                .put("PageNumber", page)
                .put("PageSize", size);
        body.putObject("ShareGroups").putArray("ShareGroup");
        ArrayNode accounts = body.putObject("Accounts").putArray("Account");
        all.stream()
                .skip((page - 1L) * size)
                .limit(Math.min(size, MAX_PAGE))
                .forEach(account -> accounts.addObject().put("AliyunId", account));
        return ok(body);
    }

    private Answer describeSnapshots(Map<String, String> call) {
        List<String> wanted = ids(call.get("SnapshotIds"));
        List<String> found = snapshots.keySet().stream()
                .filter(id -> wanted.isEmpty() || wanted.contains(id))
                .toList();
        return page(
                call,
                "Snapshots",
                "Snapshot",
                found,
                (id, node) -> node.put("SnapshotId", id)
                        .put("Status", "accomplished")
                        .put("Progress", "100%")
                        .put("Usage", snapshotOfImage.containsValue(id) ? "image" : "none")
                        .put("SourceDiskType", "system")
                        .put("SourceDiskSize", "40")
                        .put("CreationTime", seconds(snapshots.get(id))));
    }

    /** A page of a list; no ids ask for all. */
    private Answer page(
            Map<String, String> call,
            String lists,
            String list,
            List<String> ids,
            BiConsumer<String, ObjectNode> describe) {
        int size = number(call, "MaxResults", number(call, "PageSize", 10));
        int page = number(call, "PageNumber", 1);
        if (size < 1 || size > MAX_PAGE || page < 1) {
            return refuse(400, "InvalidParameter", "The specified PageSize or PageNumber is not valid.");
        }
        ObjectNode body = NODES.objectNode()
                .put("TotalCount", ids.size())
                .put("PageNumber", page)
                .put("PageSize", size)
                .put("NextToken", "");
        ArrayNode nodes = body.putObject(lists).putArray(list);
        ids.stream()
                .sorted()
                .skip((page - 1L) * size)
                .limit(size)
                .forEach(id -> describe.accept(id, nodes.addObject()));
        return ok(body);
    }

    private static List<String> ids(String json) {
        List<String> ids = new ArrayList<>();
        if (json != null && !json.isEmpty()) {
            json(json).forEach(id -> ids.add(id.asText()));
        }
        return ids;
    }

    private Answer deleteSnapshot(Map<String, String> call) {
        String id = call.getOrDefault("SnapshotId", "");
        if (id.isEmpty()) {
            return missing("SnapshotId");
        }
        Instant held = heldUntil.getOrDefault(id, Instant.MIN);
        if (snapshotOfImage.containsValue(id) || clock.instant().isBefore(held)) {
            return refuse(403, "SnapshotCreatedImage", "The snapshot has been used to create user defined image(s).");
        }
        if (snapshots.remove(id) == null) {
            return refuse(404, "InvalidSnapshotId.NotFound", "The specified snapshot is not found.");
        }
        return ok(NODES.objectNode());
    }

    private Answer describeInstances(Map<String, String> call) {
        List<String> wanted = ids(call.get("InstanceIds"));
        Map<String, FakeInstances.Power> all = instances.all();
        List<String> found = all.keySet().stream()
                .filter(id -> wanted.isEmpty() || wanted.contains(id))
                .filter(id -> is(call, "Status", word(all.get(id))))
                .filter(id -> is(call, "ImageId", instances.imageOf(id)))
                .toList();
        return page(
                call,
                "Instances",
                "Instance",
                found,
                (id, node) -> node.put("InstanceId", id)
                        .put("InstanceName", id)
                        .put("ImageId", instances.imageOf(id))
                        .put("Status", word(all.get(id)))
                        .put("RegionId", call.get("RegionId"))
                        .put("InstanceType", "ecs.g7.large")
                        .put("InstanceChargeType", "PostPaid")
                        .putObject("OperationLocks")
                        .putArray("LockReason"));
    }

    private static String word(FakeInstances.Power power) {
        String word = power.name();
        return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
    }

    private Answer power(Map<String, String> call, FakeInstances.Power wanted) {
        String id = call.getOrDefault("InstanceId", "");
        Answer refusal = id.isEmpty() ? missing("InstanceId") : powerRefusal(id, wanted);
        if (refusal == null && isDryRun(call)) {
            return dryRunPassed();
        }
        if (refusal == null) {
            change(id, wanted);
        }
        return refusal == null ? ok(NODES.objectNode()) : refusal;
    }

    /** All of them or none. */
    private Answer powerOfAll(Map<String, String> call, FakeInstances.Power wanted) {
        List<String> ids = new ArrayList<>();
        for (int n = 1; call.containsKey("InstanceId." + n); n++) {
            ids.add(call.get("InstanceId." + n));
        }
        if (ids.isEmpty()) {
            return missing("InstanceId.N");
        }
        ObjectNode body = NODES.objectNode();
        ArrayNode responses = body.putObject("InstanceResponses").putArray("InstanceResponse");
        for (String id : ids) {
            Answer refusal = powerRefusal(id, wanted);
            if (refusal != null) {
                return refusal;
            }
            responses
                    .addObject()
                    .put("Code", "200")
                    .put("Message", "success")
                    .put("InstanceId", id)
                    .put("PreviousStatus", word(wanted))
                    .put("CurrentStatus", wanted == FakeInstances.Power.RUNNING ? "Stopping" : "Starting");
        }
        if (isDryRun(call)) {
            return refuse(400, "DRYRUN.SUCCESS", "This request is a dryrun request with successful result.");
        }
        ids.forEach(id -> change(id, wanted));
        return ok(body);
    }

    private Answer powerRefusal(String id, FakeInstances.Power wanted) {
        Optional<FakeInstances.Power> power = instances.power(id);
        if (power.isEmpty()) {
            return refuse(404, "InvalidInstanceId.NotFound", "The specified InstanceId does not exist.");
        }
        return power.get() == wanted
                ? null
                : refuse(
                        403,
                        "IncorrectInstanceStatus",
                        "The current status of the resource does not support this operation.");
    }

    private void change(String id, FakeInstances.Power from) {
        if (from == FakeInstances.Power.RUNNING) {
            instances.stop(id);
        } else {
            instances.start(id);
        }
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
