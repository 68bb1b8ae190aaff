package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Alibaba Cloud ENS of one account: states Creating → Packing → Uploading → Available or Upload_failed, told by
 * DescribeSelfImages alone, which pages by 50 and whose filters find parts; names may repeat, and there is no token.
 */
public final class FakeAlibabaEns implements FakeCloud {
    /** The account's AccessKey id. */
    public static final String KEY_ID = AlibabaAccount.KEY_ID;
    /** The account's AccessKey secret. */
    public static final String SECRET = AlibabaAccount.SECRET;
    /** The account's machine. */
    public static final String INSTANCE = "i-5rr1bnyrc4tswr8cq3w6y";
    /** The account's machine that is there to build images. */
    public static final String BUILD_MACHINE = "i-5rr1buildmachine";

    private static final String HOST = "ens.aliyuncs.com";
    private static final int CALLS_PER_SECOND = 100;
    private static final int MAX_PAGE = 50;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clock clock;
    private final AlibabaAccount account = new AlibabaAccount();
    private final FakeImages images;
    private final FakeInstances instances;
    private final RateLimit rate;
    private final List<Map<String, String>> creates = new ArrayList<>();
    private final Map<String, FakeImage> released = new HashMap<>();
    private int quota = 200;

    /** Makes an account with two machines and no images. */
    public FakeAlibabaEns(Clock clock) {
        this.clock = clock;
        this.images = new FakeImages(clock, "m-5");
        this.instances = new FakeInstances(clock).add(INSTANCE).add(BUILD_MACHINE);
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
    public synchronized void requireToken(String sessionToken) {
        account.requireToken(sessionToken);
    }

    /** Sets how many images the account may have. */
    public synchronized void allowImages(int number) {
        quota = number;
    }

    /** The parameters of every create that was carried out. */
    public synchronized List<Map<String, String>> creates() {
        return List.copyOf(creates);
    }

    @Override
    public String action(Received request) {
        return AlibabaQuery.action(request);
    }

    @Override
    public Answer throttled() {
        return refuse(400, "Throttling.User", "Request was denied due to user flow control.")
                .header("x-acs-retry-after", "1500");
    }

    @Override
    public synchronized Answer answer(Received request) {
        AlibabaRefusal refusal = AlibabaChecks.publicGateway(request, account, HOST, clock.instant());
        if (refusal != null) {
            return refusal.answer();
        }
        Map<String, String> call = AlibabaQuery.parameters(request);
        if (!AlibabaQuery.version(request).equals("2017-11-10")) {
            return refuse(404, "InvalidProduct.NotFound", "Cannot find product according to your specified domain.");
        }
        String action = action(request);
        if (!rate.allows(KEY_ID, action, CALLS_PER_SECOND)) {
            return throttled();
        }
        return switch (action) {
            case "CreateImage" -> create(call);
            case "DescribeSelfImages" -> describe(call);
            case "DeleteImage" -> delete(call);
            case "DescribeInstances" -> describeInstances(call);
            case "StopInstance" -> power(call, FakeInstances.Power.RUNNING);
            case "StartInstance" -> power(call, FakeInstances.Power.STOPPED);
            default -> refuse(404, "InvalidApi.NotFound", "Specified api is not found.");
        };
    }

    private Answer create(Map<String, String> call) {
        String name = call.getOrDefault("ImageName", "");
        String instanceId = call.get("InstanceId");
        if (name.isEmpty() || instanceId == null && !call.containsKey("SnapshotId")) {
            return refuse(400, "MissingParameter", "The input parameters that is mandatory is not supplied.");
        }
        if (!name.matches("(?U)\\p{Alpha}[\\w:-]{1,127}")) {
            return invalid("ImageName");
        }
        if (instanceId != null && power(instanceId).isEmpty()) {
            return refuse(404, "InvalidInstanceId.NotFound", "The specified InstanceId does not exist.");
        }
        boolean destroys = call.getOrDefault("DeleteAfterImageUpload", "false").equals("true");
        if (destroys && !BUILD_MACHINE.equals(instanceId)) {
            return invalid("DeleteAfterImageUpload");
        }
        if (images.all().size() >= quota) {
            return refuse(400, "QuotaExceed", "The custom image quota has been used up.");
        }
        creates.add(new TreeMap<>(call));
        FakeImage image = images.create(name, instanceId);
        if (destroys) {
            released.put(instanceId, image);
        }
        return ok(NODES.objectNode().put("ImageId", image.id()));
    }

    private Answer describe(Map<String, String> call) {
        int size = Integer.parseInt(call.getOrDefault("PageSize", "10"));
        int page = Integer.parseInt(call.getOrDefault("PageNumber", "1"));
        if (size > MAX_PAGE) {
            return invalid("PageSize");
        }
        List<FakeImage> found = images.listed().stream()
                .filter(image -> image.id().contains(call.getOrDefault("ImageId", "")))
                .filter(image -> image.name().contains(call.getOrDefault("ImageName", "")))
                .toList();
        ObjectNode body = NODES.objectNode()
                .put("TotalCount", String.valueOf(found.size()))
                .put("PageNumber", String.valueOf(page))
                .put("PageSize", String.valueOf(size));
        ArrayNode list = body.putObject("Images").putArray("Image");
        found.stream()
                .skip((page - 1L) * size)
                .limit(size)
                .forEach(image -> list.addObject()
                        .put("ImageId", image.id())
                        .put("ImageName", image.name())
                        .put("Status", state(image))
                        .put("ImageOwnerAlias", "self")
                        .put("InstanceId", image.sourceId())
                        .put(
                                "CreationTime",
                                image.created().truncatedTo(ChronoUnit.SECONDS).toString()));
        return ok(body);
    }

    private String state(FakeImage image) {
        if (images.finished(image)) {
            return image.fails() ? "Upload_failed" : "Available";
        }
        long whole = Duration.between(image.created(), image.finished()).toMillis();
        long passed = Duration.between(image.created(), clock.instant()).toMillis();
        return List.of("Creating", "Packing", "Uploading").get((int) (passed * 3 / whole));
    }

    private Answer delete(Map<String, String> call) {
        Optional<FakeImage> image = images.find(call.getOrDefault("ImageId", ""));
        if (image.isEmpty()) {
            return refuse(404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");
        }
        images.remove(image.get().id());
        return ok(NODES.objectNode());
    }

    private Answer describeInstances(Map<String, String> call) {
        ObjectNode body = NODES.objectNode();
        ArrayNode list = body.putObject("Instances").putArray("Instance");
        try {
            for (JsonNode id : JSON.readTree(call.get("InstanceIds"))) {
                power(id.asText()).ifPresent(power -> {
                    String word = power.name();
                    list.addObject()
                            .put("InstanceId", id.asText())
                            .put("Status", word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT));
                });
            }
        } catch (JsonProcessingException e) {
            return invalid("InstanceIds");
        }
        return ok(body.put("TotalCount", list.size()));
    }

    private Optional<FakeInstances.Power> power(String id) {
        FakeImage last = released.get(id);
        return last != null && images.finished(last) ? Optional.empty() : instances.power(id);
    }

    private Answer power(Map<String, String> call, FakeInstances.Power wanted) {
        String id = call.getOrDefault("InstanceId", "");
        if (power(id).filter(wanted::equals).isEmpty()) {
            return invalid("InstanceId");
        }
        if (wanted == FakeInstances.Power.RUNNING) {
            instances.stop(id);
        } else {
            instances.start(id);
        }
        return ok(NODES.objectNode());
    }

    private static Answer ok(ObjectNode body) {
        return Answer.json(
                200, body.put("Code", 0).put("RequestId", UUID.randomUUID().toString()));
    }

    private static Answer invalid(String field) {
        return refuse(
                400, "InvalidParameter." + field, "The specified field " + field + " invalid. Please check it again.");
    }

    private static Answer refuse(int status, String code, String message) {
        return new AlibabaRefusal(status, code, message).answer();
    }
}
