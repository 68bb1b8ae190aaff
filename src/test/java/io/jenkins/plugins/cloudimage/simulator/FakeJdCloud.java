package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JD Cloud Virtual Machines of one account, as its API pages tell: errors with their HTTP status and their texts, states
 * pending → ready or error, names that many images may share, instances with a local system disk that must be stopped,
 * 1,000 calls a minute, and 429 for both a quota and a rate.
 */
public final class FakeJdCloud implements FakeTemplates.Account {
    /** The account's access key id. */
    public static final String ACCESS_KEY = "JDC_B2A0C5A8E3B14F7F9D6EEXAMPLE";
    /** The account's secret. */
    public static final String SECRET_KEY = "9C1E6B7A0D5F4C3E8B2AEXAMPLE";

    private static final String HOST = "vm.jdcloud-api.com";
    private static final int CALLS_PER_MINUTE = 1000;
    private static final int DESCRIPTION_LENGTH = 256;
    private static final Pattern PATH = Pattern.compile(
            "/v1/regions/([a-z0-9-]+)/(instances|images|quotas|instanceTemplates)(?:/([^/:]+))?(?::([A-Za-z]+)|/(members))?");
    private static final Pattern NAME = Pattern.compile("[\\p{IsHan}A-Za-z0-9_.-]{2,32}");
    private static final Pattern COPY_NAME = Pattern.compile("[\\p{IsHan}A-Za-z0-9_.-]{1,32}");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Clock clock;
    private final FakeImages images;
    private final FakeInstances instances;
    private final FakeShares shares = new FakeShares("user-1", 20);
    private final FakeJdCopies copies;
    private final FakeTemplates templates = new FakeTemplates();
    private final RateLimit rate;
    private final IssuedKeys issued;
    private final List<JsonNode> creates = new ArrayList<>();
    private final Set<String> snapshots = new HashSet<>();
    /** The region of the present call. */
    private String region = "";

    private String token = "";
    private int quota = 500;
    private boolean localSystemDisk;

    /** Makes an account with the instance {@code i-eumm9d8xvv}, which runs on a cloud disk, and no images. */
    public FakeJdCloud(Clock clock) {
        this.clock = clock;
        this.images = new FakeImages(clock, "img-");
        this.issued = new IssuedKeys(clock);
        this.copies = new FakeJdCopies(images);
        this.instances = new FakeInstances(clock, "img-qv3ttyl7pn").add("i-eumm9d8xvv");
        this.rate = new RateLimit(clock, Duration.ofMinutes(1));
    }

    @Override
    public FakeImages images() {
        return images;
    }

    @Override
    public FakeShares shares() {
        return shares;
    }

    @Override
    public FakeInstances instances() {
        return instances;
    }

    @Override
    public FakeTemplates templates() {
        return templates;
    }

    @Override
    public void requireToken(String sessionToken) {
        token = sessionToken;
    }

    /** The temporary keys of the account's role. */
    public IssuedKeys issued() {
        return issued;
    }

    /** The security token service of the account. */
    public FakeJdSts tokenService() {
        return new FakeJdSts(clock, issued);
    }

    @Override
    public void allowImages(int number) {
        quota = number;
    }

    /** Gives all instances a local system disk, so that they must be stopped before they are imaged. */
    public void useLocalSystemDisks() {
        localSystemDisk = true;
    }

    /** The bodies of all creates that were carried out. */
    public synchronized List<JsonNode> creates() {
        return List.copyOf(creates);
    }

    /** The snapshots that were made for images and still exist, by the image's id. */
    public synchronized Set<String> snapshots() {
        return Set.copyOf(snapshots);
    }

    @Override
    public String action(Received request) {
        Matcher path = PATH.matcher(request.uri().getPath());
        if (!path.matches()) {
            return "unknown";
        }
        String action = path.group(4);
        if (action != null) {
            boolean many = action.equals("copyImages") && path.group(2).equals("images");
            if (!request.method().equals("POST") || many == (path.group(3) != null)) {
                return "unknown";
            }
            return switch (action) {
                case "share" -> "shareImage";
                case "unshare" -> "unShareImage";
                default -> action;
            };
        }
        if (path.group(5) != null) {
            return request.method().equals("GET") && path.group(2).equals("images")
                    ? "describeImageMembers"
                    : "unknown";
        }
        boolean one = path.group(3) != null;
        return switch (request.method() + " " + path.group(2)) {
            case "GET images" -> one ? "describeImage" : "describeImages";
            case "DELETE images" -> one ? "deleteImage" : "unknown";
            case "GET instances" -> one ? "describeInstance" : "describeInstances";
            case "GET quotas" -> one ? "unknown" : "describeQuotas";
            case "GET instanceTemplates" -> one ? "unknown" : "describeInstanceTemplates";
            default -> "unknown";
        };
    }

    @Override
    public Answer throttled() {
        return error(429, "RATE_LIMIT", "API call rate limit exceeded.");
    }

    @Override
    public synchronized Answer answer(Received request) {
        IssuedKeys.Key temporary = issued.find(JdCloud2Check.keyId(request));
        String refusal = temporary == null
                ? JdCloud2Check.refusal(request, ACCESS_KEY, SECRET_KEY, token, HOST, clock.instant())
                : JdCloud2Check.refusal(
                        request, temporary.id(), temporary.secret(), temporary.token(), HOST, clock.instant());
        if (refusal == null && temporary != null && issued.isExpired(temporary)) {
            refusal = "the security token has expired";
        }
        if (refusal != null) {
            return error(401, "ACCESS_ERROR", refusal);
        }
        if (temporary != null && !temporary.allows("vm:" + action(request))) {
            return error(403, "HTTP_FORBIDDEN", "The policy does not allow vm:" + action(request));
        }
        if (!rate.allows(ACCESS_KEY, "any", CALLS_PER_MINUTE)) {
            return throttled();
        }
        Matcher path = PATH.matcher(request.uri().getPath());
        String id = path.matches() ? path.group(3) : null;
        region = path.matches() ? path.group(1) : "";
        Map<String, String> query = query(request.uri().getRawQuery());
        try {
            return switch (action(request)) {
                case "createImage" -> create(id, JSON.readTree(request.body()));
                case "copyImages" -> copy(JSON.readTree(request.body()));
                case "describeImages" -> describeImages(query);
                case "describeImage" -> describeImage(id);
                case "deleteImage" -> delete(id, query);
                case "shareImage", "unShareImage" -> share(id, action(request), JSON.readTree(request.body()));
                case "describeImageMembers" -> members(id);
                case "describeInstance" -> describeInstance(id);
                case "describeInstances" -> describeInstances(query);
                case "stopInstance" -> change(id, FakeInstances.Power.RUNNING);
                case "startInstance" -> change(id, FakeInstances.Power.STOPPED);
                case "describeQuotas" -> quotas(query);
                case "describeInstanceTemplates" -> templates(query);
                default -> error(404, "NOT_FOUND", "no route and no API found with those values");
            };
        } catch (IOException e) {
            return error(400, "INVALID_ARGUMENT", "The body is not JSON.");
        }
    }

    private Answer create(String instanceId, JsonNode body) {
        Answer wrong = wrong(body);
        if (wrong != null) {
            return wrong;
        }
        FakeInstances.Power power = instances.power(instanceId).orElse(null);
        if (power == null) {
            return noInstance(instanceId);
        }
        if (power == FakeInstances.Power.STOPPING || power == FakeInstances.Power.STARTING) {
            return error(400, "FAILED_PRECONDITION", "Conflict with underlay task " + power);
        }
        if (power == FakeInstances.Power.RUNNING && localSystemDisk) {
            return error(400, "FAILED_PRECONDITION", "Please stop the instance first");
        }
        if (isFull(region)) {
            return error(429, "QUOTA_EXCEEDED", "Image quota limit exceeded");
        }
        creates.add(body);
        FakeImage image = images.create(
                body.path("name").asText(), instanceId, body.path("description").asText(null));
        images.place(image, region);
        snapshots.add(image.id());
        return ok(NODES.objectNode().put("imageId", image.id()));
    }

    private boolean isFull(String where) {
        return images.all().stream().filter(image -> images.isIn(image, where)).count() >= quota;
    }

    private Answer copy(JsonNode body) {
        Answer wrong = wrongCopy(body);
        if (wrong != null) {
            return wrong;
        }
        ObjectNode result = NODES.objectNode();
        ArrayNode made = result.putArray("copyImages");
        for (JsonNode source : body.path("sourceImageIds")) {
            FakeImage copy = copies.make(images.find(source.asText()).orElseThrow(), region, body);
            snapshots.add(copy.id());
            made.addObject().put("sourceImageId", source.asText()).put("destinationImageId", copy.id());
        }
        return ok(result);
    }

    private Answer wrongCopy(JsonNode body) {
        String target = body.path("destinationRegion").asText();
        int number = body.path("sourceImageIds").size();
        if (number == 0 || !target.matches("[a-z]+-[a-z0-9-]+")) {
            return error(400, "INVALID_ARGUMENT", "Invalid " + (number == 0 ? "sourceImageIds" : "destinationRegion"));
        }
        if (number > 10) {
            return error(400, "OUT_OF_RANGE", "SourceImageIds out of range");
        }
        if (body.hasNonNull("name")
                && !COPY_NAME.matcher(body.path("name").asText()).matches()) {
            return error(400, "INVALID_ARGUMENT", "Invalid name");
        }
        if (body.path("description").asText().length() > DESCRIPTION_LENGTH) {
            return error(400, "OUT_OF_RANGE", "Invalid description");
        }
        for (JsonNode source : body.path("sourceImageIds")) {
            FakeImage image = images.find(source.asText(), region).orElse(null);
            if (image == null) {
                return noImage(source.asText());
            }
            if (!status(image).equals("ready")) {
                return error(400, "FAILED_PRECONDITION", "Invalid image status " + status(image));
            }
            if (localSystemDisk) {
                return error(400, "FAILED_PRECONDITION", "Only images with a cloud disk can be copied");
            }
            if (copies.isCopying(image.id())) {
                return error(400, "FAILED_PRECONDITION", "Conflict with underlay image task 'copy_image'");
            }
        }
        return isFull(target) ? error(429, "QUOTA_EXCEEDED", "Image quota limit exceeded") : null;
    }

    private static Answer wrong(JsonNode body) {
        if (!NAME.matcher(body.path("name").asText()).matches()) {
            return error(400, "INVALID_ARGUMENT", "Invalid name");
        }
        if (body.path("description").asText().length() > DESCRIPTION_LENGTH) {
            return error(400, "OUT_OF_RANGE", "Invalid description");
        }
        Set<String> devices = new HashSet<>();
        for (JsonNode disk : body.path("dataDisks")) {
            String device = disk.path("deviceName").asText();
            if (!device.isEmpty() && !devices.add(device)) {
                return error(400, "DUPLICATE", "Duplicate deviceName");
            }
            if (disk.path("noDevice").asBoolean() && device.isEmpty()) {
                return error(400, "INVALID_ARGUMENT", "Parameter DataDisks.DeviceName missing");
            }
            Answer wrong = disk.path("cloudDiskSpec").isObject() ? wrongDisk(disk.path("cloudDiskSpec")) : null;
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    /** Neither zone nor name is needed; type and size are not with a snapshot. */
    private static Answer wrongDisk(JsonNode spec) {
        boolean fromSnapshot = spec.hasNonNull("snapshotId");
        String type = spec.path("diskType").asText();
        if (type.isEmpty() && !fromSnapshot) {
            return error(400, "INVALID_ARGUMENT", "Parameter DataDisks.CloudDiskSpec.DiskType missing");
        }
        int size = spec.path("diskSizeGB").asInt();
        int largest =
                switch (type) {
                    case "ssd" -> 1000;
                    case "premium-hdd" -> 3000;
                    default -> 16000;
                };
        if ((size != 0 || !fromSnapshot) && (size < 20 || size > largest || size % 10 != 0)) {
            return error(400, "OUT_OF_RANGE", "DataDisks.CloudDiskSpec.DiskSizeGB out of range");
        }
        int iops = spec.path("iops").asInt(200);
        if (type.equals("ssd.io1") && (iops < 200 || iops > Math.min(32000, size * 50) || iops % 10 != 0)) {
            return error(400, "OUT_OF_RANGE", "DataDisks.CloudDiskSpec.Iops out of range.");
        }
        return null;
    }

    private Answer describeImages(Map<String, String> query) {
        List<String> ids = numbered(query, "ids.");
        int size = Integer.parseInt(query.getOrDefault("pageSize", "20"));
        if (ids.isEmpty() && !query.containsKey("imageSource")) {
            return error(400, "FAILED_PRECONDITION", "Parameter ImageSource missing");
        }
        if (size < 10 || size > 100 || ids.size() > 100) {
            return error(400, "OUT_OF_RANGE", "PageSize out of range");
        }
        List<FakeImage> found = new ArrayList<>(ids.isEmpty() ? images.listed() : images.listed(ids));
        found.removeIf(image -> !images.isIn(image, region));
        if (ids.isEmpty()) {
            List<String> sources = numbered(query, "instanceIds.");
            String status = query.getOrDefault("status", "");
            found.removeIf(image -> !query.get("imageSource").equals(source(image))
                    || !image.name().contains(query.getOrDefault("imageName", ""))
                    || !sources.isEmpty() && !sources.contains(image.sourceId())
                    || !status.isEmpty() && !status.equals(status(image)));
        }
        ObjectNode result = NODES.objectNode();
        ArrayNode page = result.putArray("images");
        paged(found, query, size).forEach(image -> page.add(json(image)));
        return ok(result.put("totalCount", found.size()));
    }

    private static <T> List<T> paged(List<T> all, Map<String, String> query, int size) {
        return all.stream()
                .skip((Integer.parseInt(query.getOrDefault("pageNumber", "1")) - 1L) * size)
                .limit(size)
                .toList();
    }

    private Answer describeImage(String id) {
        ObjectNode result = NODES.objectNode();
        return images.find(id, region)
                .map(image -> ok(result.<ObjectNode>set("image", json(image))))
                .orElseGet(() -> noImage(id));
    }

    private static Answer noImage(String id) {
        return error(404, "NOT_FOUND", "Image '" + id + "' not found");
    }

    private static Answer noInstance(String id) {
        return error(404, "NOT_FOUND", "Instance '" + id + "' not found.");
    }

    private String source(FakeImage image) {
        return images.isShared(image) ? "shared" : "private";
    }

    private String status(FakeImage image) {
        if (!images.finished(image)) {
            return "pending";
        }
        return image.fails() ? "error" : "ready";
    }

    /** The pages' example is an official image; nothing in it tells from which instance an image was made. */
    private ObjectNode json(FakeImage image) {
        ObjectNode json = NODES.objectNode()
                .put("imageId", image.id())
                .put("name", image.name())
                .put("desc", image.description() == null ? "" : image.description())
                .put("status", status(image))
                .put("imageSource", source(image))
                .put("launchPermission", shares.of(image.id()).isEmpty() ? "ownerOnly" : "specifiedUsers")
                .put("ownerPin", "user-1")
                .put("platform", "CentOS")
                .put("osType", "linux")
                .put("osVersion", "8.2")
                .put("architecture", "x86_64")
                .put("rootDeviceType", localSystemDisk ? "localDisk" : "cloudDisk")
                .put("systemDiskSizeGB", 40)
                .put(
                        "createTime",
                        LocalDateTime.ofInstant(image.created(), ZoneId.of("Asia/Shanghai"))
                                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")));
        if (copies.isCopy(image.id())) {
            json.put("progress", images.finished(image) ? "100" : "50");
        }
        json.set("systemDisk", systemDisk());
        return json;
    }

    private ObjectNode systemDisk() {
        ObjectNode disk = NODES.objectNode()
                .put("diskCategory", localSystemDisk ? "local" : "cloud")
                .put("deviceName", "vda")
                .put("autoDelete", true);
        disk.putObject(localSystemDisk ? "localDisk" : "cloudDisk").put("diskSizeGB", 40);
        return disk;
    }

    private Answer delete(String id, Map<String, String> query) {
        FakeImage image = images.find(id, region).orElse(null);
        if (image == null) {
            return noImage(id);
        }
        if (!images.finished(image) || copies.isCopying(id)) {
            return error(400, "FAILED_PRECONDITION", "Conflict with underlay image task");
        }
        if (!shares.of(id).isEmpty()) {
            return error(400, "FAILED_PRECONDITION", "The image is shared and can't delete");
        }
        if (localSystemDisk && instances.use(id)) {
            return error(400, "FAILED_PRECONDITION", "The image is used by instances");
        }
        images.remove(id);
        if (query.getOrDefault("deleteSnapshot", "").equals("true")) {
            snapshots.remove(id);
        }
        return done();
    }

    private Answer share(String id, String action, JsonNode body) {
        FakeImage image = images.find(id, region).orElse(null);
        List<String> pins = new ArrayList<>();
        body.path("pins").forEach(pin -> pins.add(pin.asText()));
        if (image == null) {
            return noImage(id);
        }
        if (pins.isEmpty()) {
            return error(400, "INVALID_ARGUMENT", "Parameter Pins missing");
        }
        if (action.equals("unShareImage")) {
            shares.unshare(id, pins);
            return done();
        }
        if (!status(image).equals("ready")) {
            return error(400, "FAILED_PRECONDITION", "Invalid image status " + status(image));
        }
        return shares.share(id, pins)
                .map(why -> switch (why) {
                    case UNKNOWN -> error(404, "NOT_FOUND", "User not found");
                    case OWN -> error(400, "FAILED_PRECONDITION", "Can not share image to yourself");
                    case TOO_MANY -> error(429, "QUOTA_EXCEEDED", "Image share quota limit exceeded");
                })
                .orElseGet(FakeJdCloud::done);
    }

    private Answer members(String id) {
        if (images.find(id, region).isEmpty()) {
            return noImage(id);
        }
        ObjectNode result = NODES.objectNode();
        shares.of(id).forEach(result.putArray("pins")::add);
        result.putArray("loginNames");
        return ok(result);
    }

    private Answer describeInstance(String id) {
        ObjectNode result = NODES.objectNode();
        return instances
                .power(id)
                .map(power -> ok(result.<ObjectNode>set("instance", json(id, power))))
                .orElseGet(() -> noInstance(id));
    }

    private Answer describeInstances(Map<String, String> query) {
        int size = Integer.parseInt(query.getOrDefault("pageSize", "20"));
        if (size < 10 || size > 100) {
            return error(400, "OUT_OF_RANGE", "PageSize out of range");
        }
        List<String> found = new ArrayList<>(instances.ids());
        if (query.getOrDefault("filters.1.name", "").equals("instanceId")) {
            found.retainAll(numbered(query, "filters.1.values."));
        }
        if (query.getOrDefault("filters.1.name", "").equals("imageId")) {
            List<String> wanted = numbered(query, "filters.1.values.");
            found.removeIf(id -> !wanted.contains(instances.imageOf(id)));
        }
        ObjectNode result = NODES.objectNode();
        ArrayNode page = result.putArray("instances");
        paged(found, query, size)
                .forEach(id -> page.add(json(id, instances.power(id).orElseThrow())));
        return ok(result.put("totalCount", found.size()));
    }

    private ObjectNode json(String id, FakeInstances.Power power) {
        ObjectNode json = NODES.objectNode()
                .put("instanceId", id)
                .put("instanceName", "web")
                .put("instanceType", "g.n2.large")
                .put("az", "cn-north-1c")
                .put("imageId", instances.imageOf(id))
                .put("status", power.name().toLowerCase(Locale.ROOT));
        json.set("systemDisk", systemDisk().put("status", "attached"));
        return json;
    }

    private Answer change(String id, FakeInstances.Power from) {
        FakeInstances.Power power = instances.power(id).orElse(null);
        if (power == null) {
            return noInstance(id);
        }
        if (power != from) {
            return error(
                    400,
                    "FAILED_PRECONDITION",
                    "Invalid instance status " + power.name().toLowerCase(Locale.ROOT));
        }
        if (from == FakeInstances.Power.RUNNING) {
            instances.stop(id);
        } else {
            instances.start(id);
        }
        return done();
    }

    /** A template has one version only. */
    private Answer templates(Map<String, String> query) {
        int size = Integer.parseInt(query.getOrDefault("pageSize", "20"));
        if (size < 10 || size > 100) {
            return error(400, "OUT_OF_RANGE", "PageSize out of range");
        }
        if (templates.isDenied()) {
            return error(403, "HTTP_FORBIDDEN", "You have no permission to call vm:describeInstanceTemplates");
        }
        List<String> found = templates.ids();
        ObjectNode result = NODES.objectNode();
        ArrayNode page = result.putArray("instanceTemplates");
        paged(found, query, size).forEach(id -> {
            ObjectNode template = page.addObject()
                    .put("id", id)
                    .put("name", "web")
                    .put("description", "")
                    .put("createdTime", "2026-01-02 03:04:05");
            template.putObject("instanceTemplateData")
                    .put("instanceType", "g.n2.large")
                    .put("imageId", templates.versions(id).get(1))
                    .put("includePassword", false);
            template.putArray("ags");
        });
        return ok(result.put("totalCount", found.size()));
    }

    private Answer quotas(Map<String, String> query) {
        List<String> types = numbered(query, "filters.1.values.");
        ObjectNode result = NODES.objectNode();
        ArrayNode quotas = result.putArray("quotas");
        Map.of("image", images.all().size(), "instance", instances.ids().size()).forEach((type, used) -> {
            if (types.isEmpty() || types.contains(type)) {
                quotas.addObject().put("resourceType", type).put("limit", quota).put("used", used);
            }
        });
        return ok(result);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String parameter : raw == null ? new String[0] : raw.split("&")) {
            String[] pair = parameter.split("=", 2);
            query.put(decode(pair[0]), pair.length < 2 ? "" : decode(pair[1]));
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The values of an array, which begins with 1. */
    private static List<String> numbered(Map<String, String> query, String prefix) {
        List<String> values = new ArrayList<>();
        for (int i = 1; query.containsKey(prefix + i); i++) {
            values.add(query.get(prefix + i));
        }
        return values;
    }

    private static Answer ok(ObjectNode result) {
        ObjectNode envelope = envelope();
        envelope.set("result", result);
        return Answer.json(200, envelope);
    }

    /** Calls that return nothing have no result. */
    private static Answer done() {
        return Answer.json(200, envelope());
    }

    static Answer error(int code, String status, String message) {
        ObjectNode envelope = envelope();
        envelope.putObject("error").put("code", code).put("status", status).put("message", message);
        return Answer.json(code, envelope);
    }

    private static ObjectNode envelope() {
        return NODES.objectNode().put("requestId", UUID.randomUUID().toString());
    }
}
