package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Alibaba Cloud ENS of one account: states Creating → Packing → Uploading → Available or Upload_failed, told by
 * DescribeSelfImages alone, which pages by 50 and whose filters find parts; names may repeat, and there is no token. A success has the code 0.
 */
public final class FakeAlibabaEns implements FakeAccount {
    /** The account's AccessKey id. */
    public static final String KEY_ID = AlibabaAccount.KEY_ID;
    /** The account's AccessKey secret. */
    public static final String SECRET = AlibabaAccount.SECRET;
    /** The account's instance. */
    public static final String INSTANCE = "i-5rr1bnyrc4tswr8cq3w6y";
    /** The account's instance that is there to build images. */
    public static final String BUILD_MACHINE = "i-5rr1buildmachine";

    private static final String HOST = "ens.aliyuncs.com";
    private static final int CALLS_PER_SECOND = 100;
    private static final int MAX_PAGE = 50;
    private static final int MAX_INSTANCES_PAGE = 100;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clock clock;
    private final AlibabaAccount account;
    private final FakeImages images;
    private final FakeInstances instances;
    private final FakeShares shares = new FakeShares("1234567890123456", 50);
    private final RateLimit rate;
    private final List<Map<String, String>> creates = new ArrayList<>();
    private final Map<String, FakeImage> released = new HashMap<>();
    private int quota = 200;

    /** Makes an account with two instances and no images. */
    public FakeAlibabaEns(Clock clock) {
        this.clock = clock;
        this.account = new AlibabaAccount(clock);
        this.images = new FakeImages(clock, "m-5");
        this.instances = new FakeInstances(clock, "m-public").add(INSTANCE).add(BUILD_MACHINE);
        this.rate = new RateLimit(clock, Duration.ofSeconds(1));
    }

    /** The security token service of the account. */
    public FakeAlibabaSts tokenService() {
        return new FakeAlibabaSts(clock, account);
    }

    /** The metadata service of an instance in the account. */
    public FakeAlibabaMetadata metadata() {
        return new FakeAlibabaMetadata(clock, account.issued());
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
    public synchronized void requireToken(String sessionToken) {
        account.requireToken(sessionToken);
    }

    @Override
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
        Map<String, String> call = new TreeMap<>(AlibabaQuery.parameters(request));
        if (!AlibabaQuery.version(request).equals("2017-11-10")) {
            return refuse(404, "InvalidProduct.NotFound", "Cannot find product according to your specified domain.");
        }
        call.keySet().removeAll(AlibabaQuery.COMMON);
        String action = action(request);
        if (!rate.allows(KEY_ID, action, CALLS_PER_SECOND)) {
            return throttled();
        }
        return switch (action) {
            case "CreateImage" -> create(call);
            case "DescribeSelfImages" -> describe(call);
            case "DeleteImage" -> delete(call);
            case "ModifyImageSharePermission" -> share(call);
            case "DescribeImageSharePermission" -> sharedWith(call);
            case "DescribeInstances" -> describeInstances(call);
            case "StopInstance" -> power(call, FakeInstances.Power.RUNNING, "InstanceIdNotFound");
            case "StartInstance" -> power(call, FakeInstances.Power.STOPPED, "InstanceNotFound");
            default -> refuse(404, "InvalidApi.NotFound", "Specified api is not found.");
        };
    }

    private Answer create(Map<String, String> call) {
        String name = call.getOrDefault("ImageName", "");
        String instanceId = call.get("InstanceId");
        if (name.isEmpty() || instanceId == null && !call.containsKey("SnapshotId")) {
            return missing();
        }
        if (!name.matches("(?U)\\p{Alpha}[\\w:-]{1,127}")) {
            return invalid("ImageName");
        }
        if (instanceId != null && power(instanceId).isEmpty()) {
            return noInstance("InstanceIdNotFound");
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
        int size = number(call, "PageSize");
        int page = call.containsKey("PageNumber") ? number(call, "PageNumber") : 1;
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
                        .put("ImageOwnerAlias", images.isShared(image) ? "others" : "self")
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
            return refuse(400, "Error.DeleteImage", "The image is not exist.");
        }
        if (!images.finished(image.get())) {
            return refuse(
                    400, "IncorrectStatus.Image", "The current status of the image does not support this operation.");
        }
        if (instances.use(image.get().id())) {
            return refuse(400, "Forbidden.DelerrorteImage", "The image is used by instance.");
        }
        images.remove(image.get().id());
        return ok(NODES.objectNode());
    }

    /** Several accounts are added at once, and one is removed. */
    private Answer share(Map<String, String> call) {
        String id = call.getOrDefault("ImageId", "");
        String removed = call.getOrDefault("RemoveAccounts", "");
        if (id.isEmpty()) {
            return missing();
        }
        if (images.find(id).isEmpty()) {
            return invalid("ImageId");
        }
        if (removed.contains(",")) {
            return invalid("RemoveAccounts");
        }
        shares.unshare(id, Set.of(removed));
        String added = call.getOrDefault("AddAccounts", "");
        if (!added.matches("(\\d+(,\\d+)*)?")) {
            return invalid("AddAccounts");
        }
        return added.isEmpty() || shares.share(id, Set.of(added.split(","))).isEmpty()
                ? ok(NODES.objectNode())
                : invalid("AddAccounts");
    }

    private Answer sharedWith(Map<String, String> call) {
        String id = call.getOrDefault("ImageId", "");
        int size = number(call, "PageSize");
        int page = call.containsKey("PageNumber") ? number(call, "PageNumber") : 1;
        if (size > MAX_INSTANCES_PAGE) {
            return invalid("PageSize");
        }
        List<String> all = shares.of(id);
        ObjectNode body = NODES.objectNode()
                .put("ImageId", id)
                .put("TotalCount", all.size())
                .put("PageNumber", page)
                .put("PageSize", size);
        ArrayNode accounts = body.putObject("Accounts").putArray("Account");
        all.stream()
                .skip((page - 1L) * size)
                .limit(size)
                .forEach(account -> accounts.addObject().put("AliyunUid", account));
        return ok(body);
    }

    private Answer describeInstances(Map<String, String> call) {
        int size = number(call, "PageSize");
        int page = call.containsKey("PageNumber") ? number(call, "PageNumber") : 1;
        if (size > MAX_INSTANCES_PAGE) {
            return invalid("PageSize");
        }
        Set<String> wanted = new HashSet<>();
        try {
            if (!call.getOrDefault("InstanceIds", "").isEmpty()) {
                JSON.readTree(call.get("InstanceIds")).forEach(id -> wanted.add(id.asText()));
            }
        } catch (JsonProcessingException e) {
            return invalid("InstanceIds");
        }
        if (!call.getOrDefault("InstanceId", "").isEmpty()) {
            wanted.add(call.get("InstanceId"));
        }
        List<String> found = instances.all().keySet().stream()
                .filter(id -> wanted.isEmpty() || wanted.contains(id))
                .filter(id -> power(id).isPresent())
                .filter(id ->
                        call.getOrDefault("ImageId", instances.imageOf(id)).equals(instances.imageOf(id)))
                .sorted()
                .toList();
        ObjectNode body = NODES.objectNode()
                .put("TotalCount", found.size())
                .put("PageNumber", page)
                .put("PageSize", size);
        ArrayNode list = body.putObject("Instances").putArray("Instance");
        found.stream().skip((page - 1L) * size).limit(size).forEach(id -> {
            String word = power(id).orElseThrow().name();
            list.addObject()
                    .put("InstanceId", id)
                    .put("InstanceName", id)
                    .put("ImageId", instances.imageOf(id))
                    .put("InstanceResourceType", id.equals(BUILD_MACHINE) ? "BuildMachine" : "EnsInstance")
                    .put("Status", word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT));
        });
        return ok(body);
    }

    private static int number(Map<String, String> call, String parameter) {
        String value = call.getOrDefault(parameter, "");
        return value.matches("\\d{1,9}") ? Integer.parseInt(value) : 10;
    }

    private Optional<FakeInstances.Power> power(String id) {
        FakeImage last = released.get(id);
        return last != null && images.finished(last) ? Optional.empty() : instances.power(id);
    }

    private Answer power(Map<String, String> call, FakeInstances.Power wanted, String unknown) {
        String id = call.getOrDefault("InstanceId", "");
        if (id.isEmpty()) {
            return missing();
        }
        if (power(id).isEmpty()) {
            return noInstance(unknown);
        }
        if (power(id).get() != wanted) {
            return refuse(
                    400,
                    "IncorrectInstanceStatus",
                    "The current status of the instance does not support this operation.");
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

    private static Answer missing() {
        return refuse(
                400,
                "MissingParameter",
                "The input parameters that is mandatory for processing this request is not supplied.");
    }

    /** Calls have different codes for it, but one text. */
    private static Answer noInstance(String code) {
        return refuse(400, code, "The input parameter instancdId that is not found.");
    }

    private static Answer invalid(String field) {
        return refuse(
                400, "InvalidParameter." + field, "The specified field " + field + " invalid. Please check it again.");
    }

    private static Answer refuse(int status, String code, String message) {
        return new AlibabaRefusal(status, code, message).answer();
    }
}
