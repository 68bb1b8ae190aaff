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
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JD Cloud Virtual Machines of one account, as its API pages tell: errors with their HTTP status, states pending → ready
 * or error, names that many images may share, a machine that must be stopped, 1,000 calls a minute, and 429 for both a
 * quota and a rate.
 */
public final class FakeJdCloud implements FakeCloud {
    /** The account's access key id. */
    public static final String ACCESS_KEY = "JDC_B2A0C5A8E3B14F7F9D6EEXAMPLE";
    /** The account's secret. */
    public static final String SECRET_KEY = "9C1E6B7A0D5F4C3E8B2AEXAMPLE";

    private static final String HOST = "vm.jdcloud-api.com";
    private static final int CALLS_PER_MINUTE = 1000;
    private static final int DESCRIPTION_LENGTH = 256;
    private static final Pattern PATH =
            Pattern.compile("/v1/regions/([a-z0-9-]+)/(instances|images|quotas)(?:/([^/:]+)(?::([A-Za-z]+))?)?");
    private static final Pattern NAME = Pattern.compile("[\\p{IsHan}A-Za-z0-9_.-]{2,32}");
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
    private boolean runningAllowed;

    /** Makes an account with the machine {@code i-eumm9d8xvv}, which runs, and no images. */
    public FakeJdCloud(Clock clock) {
        this.clock = clock;
        this.images = new FakeImages(clock, "img-");
        this.instances = new FakeInstances(clock).add("i-eumm9d8xvv");
        this.rate = new RateLimit(clock, Duration.ofMinutes(1));
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

    /** Lets machines be imaged while they run, as newer pages say of those with a cloud system disk. */
    public void allowRunning() {
        runningAllowed = true;
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
            return request.method().equals("POST") ? action : "unknown";
        }
        boolean one = path.group(3) != null;
        return switch (request.method() + " " + path.group(2)) {
            case "GET images" -> one ? "describeImage" : "describeImages";
            case "DELETE images" -> one ? "deleteImage" : "unknown";
            case "GET instances" -> one ? "describeInstance" : "unknown";
            case "GET quotas" -> one ? "unknown" : "describeQuotas";
            default -> "unknown";
        };
    }

    @Override
    public Answer throttled() {
        return error(429, "RATE_LIMIT", "API call rate limit exceeded.");
    }

    @Override
    public synchronized Answer answer(Received request) {
        String refusal = JdCloud2Check.refusal(request, ACCESS_KEY, SECRET_KEY, token, HOST, clock.instant());
        if (refusal != null) {
            return error(401, "UNAUTHENTICATED", refusal);
        }
        if (!rate.allows(ACCESS_KEY, "any", CALLS_PER_MINUTE)) {
            return throttled();
        }
        Matcher path = PATH.matcher(request.uri().getPath());
        String id = path.matches() ? path.group(3) : null;
        Map<String, String> query = query(request.uri().getRawQuery());
        try {
            return switch (action(request)) {
                case "createImage" -> create(id, JSON.readTree(request.body()));
                case "describeImages" -> describeImages(query);
                case "describeImage" -> describeImage(id);
                case "deleteImage" -> delete(id, query);
                case "describeInstance" -> describeInstance(id);
                case "stopInstance" -> change(id, FakeInstances.Power.RUNNING);
                case "startInstance" -> change(id, FakeInstances.Power.STOPPED);
                case "describeQuotas" -> quotas(query);
                default -> error(501, "NOT_IMPLEMENTED", "The API does not exist.");
            };
        } catch (IOException e) {
            return error(400, "INVALID_ARGUMENT", "The body is not JSON.");
        }
    }

    private Answer create(String instanceId, JsonNode body) {
        String wrong = wrong(body);
        if (wrong != null) {
            return error(400, "INVALID_ARGUMENT", wrong);
        }
        FakeInstances.Power power = instances.power(instanceId).orElse(null);
        if (power == null) {
            return error(404, "NOT_FOUND", "Instance '" + instanceId + "' not found");
        }
        if (power == FakeInstances.Power.STOPPING || power == FakeInstances.Power.STARTING) {
            return error(400, "FAILED_PRECONDITION", "Conflict with underlay vm task");
        }
        if (power == FakeInstances.Power.RUNNING && !runningAllowed) {
            return error(400, "FAILED_PRECONDITION", "Invalid instance status: running");
        }
        if (images.all().size() >= quota) {
            return error(429, "QUOTA_EXCEEDED", "Image quota limit exceeded");
        }
        creates.add(body);
        FakeImage image = images.create(body.path("name").asText(), instanceId);
        snapshots.add(image.id());
        return ok(NODES.objectNode().put("imageId", image.id()));
    }

    private static String wrong(JsonNode body) {
        if (!NAME.matcher(body.path("name").asText()).matches()) {
            return "Invalid name";
        }
        String description = body.path("description").asText();
        if (description.isEmpty() || description.length() > DESCRIPTION_LENGTH) {
            return "Invalid description";
        }
        for (JsonNode disk : body.path("dataDisks")) {
            JsonNode spec = disk.path("cloudDiskSpec");
            if (disk.path("noDevice").asBoolean()
                    && disk.path("deviceName").asText().isEmpty()) {
                return "noDevice needs deviceName";
            }
            if (spec.isObject() && !isDisk(spec)) {
                return "Invalid cloudDiskSpec";
            }
        }
        return null;
    }

    private static boolean isDisk(JsonNode spec) {
        int size = spec.path("diskSizeGB").asInt();
        int largest = spec.path("diskType").asText().equals("ssd") ? 1000 : 3000;
        JsonNode charge = spec.path("charge");
        boolean prepaid = charge.path("chargeMode").asText().equals("prepaid_by_duration");
        return spec.hasNonNull("az")
                && spec.hasNonNull("name")
                && spec.hasNonNull("diskType")
                && size >= 20
                && size <= largest
                && size % 10 == 0
                && prepaid == charge.has("chargeDuration");
    }

    private Answer describeImages(Map<String, String> query) {
        List<String> ids = numbered(query, "ids.");
        int size = Integer.parseInt(query.getOrDefault("pageSize", "20"));
        if (ids.isEmpty() && !query.containsKey("imageSource")) {
            return error(400, "INVALID_ARGUMENT", "imageSource is required");
        }
        if (size < 10 || size > 100 || ids.size() > 100) {
            return error(400, "OUT_OF_RANGE", "Invalid pageSize");
        }
        List<FakeImage> found = new ArrayList<>(ids.isEmpty() ? images.listed() : images.listed(ids));
        List<String> sources = numbered(query, "instanceIds.");
        found.removeIf(image -> !image.name().contains(query.getOrDefault("imageName", "")));
        found.removeIf(image -> !sources.isEmpty() && !sources.contains(image.sourceId()));
        ObjectNode result = NODES.objectNode();
        ArrayNode page = result.putArray("images");
        found.stream()
                .skip((Integer.parseInt(query.getOrDefault("pageNumber", "1")) - 1L) * size)
                .limit(size)
                .forEach(image -> page.add(json(image)));
        return ok(result.put("totalCount", found.size()));
    }

    private Answer describeImage(String id) {
        ObjectNode result = NODES.objectNode();
        return images.find(id)
                .map(image -> ok(result.<ObjectNode>set("image", json(image))))
                .orElseGet(() -> error(404, "NOT_FOUND", "Image '" + id + "' not found"));
    }

    private ObjectNode json(FakeImage image) {
        String finished = image.fails() ? "error" : "ready";
        return NODES.objectNode()
                .put("imageId", image.id())
                .put("name", image.name())
                .put("status", images.finished(image) ? finished : "pending")
                .put("progress", images.finished(image) ? "100" : "50")
                .put("imageSource", "private")
                .put(
                        "createTime",
                        LocalDateTime.ofInstant(image.created(), ZoneId.of("Asia/Shanghai"))
                                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")))
                .put("instanceId", image.sourceId());
    }

    private Answer delete(String id, Map<String, String> query) {
        FakeImage image = images.find(id).orElse(null);
        if (image == null) {
            return error(404, "NOT_FOUND", "Image '" + id + "' not found");
        }
        if (!images.finished(image)) {
            return error(400, "FAILED_PRECONDITION", "Invalid image status: pending");
        }
        images.remove(id);
        if (query.getOrDefault("deleteSnapshot", "").equals("true")) {
            snapshots.remove(id);
        }
        return ok(NODES.objectNode());
    }

    private Answer describeInstance(String id) {
        ObjectNode result = NODES.objectNode();
        return instances
                .power(id)
                .map(power -> {
                    result.putObject("instance")
                            .put("instanceId", id)
                            .put("status", power.name().toLowerCase(java.util.Locale.ROOT));
                    return ok(result);
                })
                .orElseGet(() -> error(404, "NOT_FOUND", "Instance '" + id + "' not found"));
    }

    private Answer change(String id, FakeInstances.Power from) {
        FakeInstances.Power power = instances.power(id).orElse(null);
        if (power == null) {
            return error(404, "NOT_FOUND", "Instance '" + id + "' not found");
        }
        if (power != from) {
            return error(400, "FAILED_PRECONDITION", "Invalid instance status: " + power);
        }
        if (from == FakeInstances.Power.RUNNING) {
            instances.stop(id);
        } else {
            instances.start(id);
        }
        return ok(NODES.objectNode());
    }

    private Answer quotas(Map<String, String> query) {
        if (query.containsKey("filters.1.name")
                && (!query.get("filters.1.name").equals("resourceTypes")
                        || !numbered(query, "filters.1.values.").contains("image"))) {
            return error(400, "INVALID_ARGUMENT", "Invalid filters");
        }
        ObjectNode result = NODES.objectNode();
        result.putArray("quotas")
                .addObject()
                .put("resourceType", "image")
                .put("limit", quota)
                .put("used", images.all().size());
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

    private static Answer error(int code, String status, String message) {
        ObjectNode envelope = envelope();
        envelope.putObject("error")
                .put("code", code)
                .put("status", status)
                .put("message", message)
                .putArray("details");
        return Answer.json(code, envelope);
    }

    private static ObjectNode envelope() {
        return NODES.objectNode().put("requestId", UUID.randomUUID().toString());
    }
}
