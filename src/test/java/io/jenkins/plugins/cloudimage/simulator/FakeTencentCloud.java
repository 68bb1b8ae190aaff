package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tencent Cloud CVM of one account, as its pages, its SDKs and recorded answers tell: errors inside HTTP 200, states
 * CREATING → NORMAL or CREATEFAILED, names unique in the region, a snapshot for each image, 10 creates and 40 other calls a
 * second. Parameters come as JSON, in the query or in a form; those that no page knows are refused.
 */
public final class FakeTencentCloud implements FakeTemplates.Account {
    /** The account's SecretId. */
    public static final String SECRET_ID = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
    /** The account's SecretKey. */
    public static final String SECRET_KEY = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";

    private static final String HOST = "cvm.tencentcloudapi.com";
    private static final int CREATES_PER_SECOND = 10;
    private static final int CALLS_PER_SECOND = 40;
    private static final int NAME_LENGTH = 60;
    private static final int DESCRIPTION_LENGTH = 256;
    private static final int PAGE = 20;
    private static final int MOST = 100;
    private static final int MOST_TAGS = 50;
    private static final Map<String, Set<String>> PARAMETERS = Map.of(
            "CreateImage",
            Set.of(
                    "ImageName",
                    "InstanceId",
                    "ImageDescription",
                    "ForcePoweroff",
                    "Sysprep",
                    "Reboot",
                    "DataDiskIds",
                    "SnapshotIds",
                    "DryRun",
                    "TagSpecification",
                    "ImageFamily"),
            "SyncImages",
            Set.of("ImageIds", "DestinationRegions", "ImageName", "ImageSetRequired", "Encrypt", "KmsKeyId", "DryRun"),
            "DescribeImages",
            Set.of("ImageIds", "Filters", "Offset", "Limit", "InstanceType"),
            "DeleteImages",
            Set.of("ImageIds", "DeleteBindedSnap", "DryRun"),
            "ModifyImageSharePermission",
            Set.of("ImageId", "AccountIds", "Permission"),
            "DescribeImageSharePermission",
            Set.of("ImageId"),
            "DescribeInstances",
            Set.of("InstanceIds", "Filters", "Offset", "Limit"),
            "StopInstances",
            Set.of("InstanceIds", "ForceStop", "StopType", "StoppedMode"),
            "StartInstances",
            Set.of("InstanceIds"),
            "DescribeImageQuota",
            Set.of());
    private static final Set<String> CREATING = Set.of("CreateImage", "SyncImages");
    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/]+)/");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Clock clock;
    private final FakeImages images;
    private final FakeInstances instances;
    private final FakeShares shares = new FakeShares("100000000001", 500);
    private final RateLimit rate;
    private final List<JsonNode> creates = new ArrayList<>();
    private final Set<String> snapshots = new HashSet<>();
    private final Map<String, JsonNode> requests = new HashMap<>();
    private final Set<String> deprecated = new HashSet<>();
    private final Set<String> copies = new HashSet<>();
    private final List<JsonNode> syncs = new ArrayList<>();
    /** The region of the present call. */
    private String region = "";

    private final String keyId;
    private final String secret;
    private final IssuedKeys issued;
    private final FakeTemplates templates = new FakeTemplates();
    private final FakeTencentTemplates launchTemplates = new FakeTencentTemplates(templates);
    private String token = "";
    private Instant tokenEnd = Instant.MAX;
    private int quota = 500;
    private boolean namesNoId;
    private boolean refusesUnknownKeys;

    /** Makes an account with the instance {@code ins-6pb6lrmy} and no images. */
    public FakeTencentCloud(Clock clock) {
        this(clock, SECRET_ID, SECRET_KEY);
    }

    /** Makes another account, with a key of its own. */
    public FakeTencentCloud(Clock clock, String keyId, String secret) {
        this.keyId = keyId;
        this.secret = secret;
        this.clock = clock;
        this.issued = new IssuedKeys(clock);
        this.images = new FakeImages(clock, "img-");
        this.instances = new FakeInstances(clock, "img-pi0ii46r").add("ins-6pb6lrmy");
        this.rate = new RateLimit(clock, Duration.ofSeconds(1));
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
    public FakeTencentScaling scalingService() {
        return new FakeTencentScaling(this);
    }

    @Override
    public void requireToken(String sessionToken) {
        token = sessionToken;
    }

    /** Lets the token expire. */
    public void expireToken(Instant end) {
        tokenEnd = end;
    }

    /** The temporary keys of the account's role. */
    public IssuedKeys issued() {
        return issued;
    }

    /** The security token service of the account. */
    public FakeTencentSts tokenService() {
        return new FakeTencentSts(clock, issued, keyId, secret);
    }

    /** The metadata service of an instance in the account. */
    public FakeTencentMetadata metadata() {
        return new FakeTencentMetadata(clock, issued);
    }

    @Override
    public void allowImages(int number) {
        quota = number;
    }

    /** Lets creates answer a null ImageId, as the API page allows. */
    public void nameNoId() {
        namesNoId = true;
    }

    /** Marks an image as outdated, as somebody could in the cloud's console. */
    public synchronized void deprecate(String imageId) {
        deprecated.add(imageId);
    }

    /** Has creates refused whose tag keys do not exist; by default they are created. */
    public void refuseUnknownTagKeys() {
        refusesUnknownKeys = true;
    }

    /** The parameters of every create that was carried out. */
    public synchronized List<JsonNode> creates() {
        return List.copyOf(creates);
    }

    /** The parameters of every copy that was carried out. */
    public synchronized List<JsonNode> syncs() {
        return List.copyOf(syncs);
    }

    /** The snapshots that were made for images and still exist, by the image's id. */
    public synchronized Set<String> snapshots() {
        return Set.copyOf(snapshots);
    }

    @Override
    public String action(Received request) {
        return new TencentParameters(request).common("Action");
    }

    @Override
    public Answer throttled() {
        return error("RequestLimitExceeded", "Your current request times exceed the frequency limit.");
    }

    @Override
    public synchronized Answer answer(Received request) {
        TencentParameters parameters = new TencentParameters(request);
        Answer refusal = refusal(request, parameters, HOST, "2017-03-12");
        if (refusal != null) {
            return refusal;
        }
        String action = parameters.common("Action");
        ObjectNode own = parameters.own();
        if (own == null) {
            return error("InvalidRequest", "The body is not JSON.");
        }
        Set<String> known = PARAMETERS.getOrDefault(action, FakeTencentTemplates.PARAMETERS.get(action));
        if (known == null) {
            return error("InvalidAction", "The action does not exist.");
        }
        for (String name : (Iterable<String>) own::fieldNames) {
            if (!known.contains(name)) {
                return error("UnknownParameter", "The parameter `" + name + "` is not recognized.");
            }
        }
        for (String list : List.of("ImageIds", "InstanceIds", "Filters", "SnapshotIds", "DataDiskIds", "AccountIds")) {
            if (own.has(list) && !own.path(list).isArray()) {
                return error("InvalidParameter", "The type of parameter `" + list + "` is wrong.");
            }
        }
        region = parameters.common("Region");
        return carryOut(action, own);
    }

    /** Why one of the account's services refuses a request whatever it asks for, or null. */
    synchronized Answer refusal(Received request, TencentParameters parameters, String host, String version) {
        IssuedKeys.Key temporary = temporary(request);
        String refusal = temporary == null
                ? new Tc3Check(keyId, secret, host).refusal(request, parameters, token, clock.instant())
                : new Tc3Check(temporary.id(), temporary.secret(), host)
                        .refusal(request, parameters, temporary.token(), clock.instant());
        if (refusal == null && temporary != null && issued.isExpired(temporary)) {
            refusal = "AuthFailure.TokenFailure";
        }
        if (refusal == null
                && temporary == null
                && !token.isEmpty()
                && clock.instant().isAfter(tokenEnd)) {
            refusal = "AuthFailure.TokenFailure";
        }
        if (refusal != null) {
            // The real one explains a wrong signature; nothing of it may reach a log.
            return error(
                    refusal,
                    "The provided credentials could not be validated. Authorization: "
                            + request.header("Authorization"));
        }
        if (!parameters.common("Version").equals(version)) {
            return error("NoSuchVersion", "The version does not exist.");
        }
        if (!parameters.common("Region").matches("[a-z]+-[a-z-]+")) {
            return error("UnsupportedRegion", "The region is not supported.");
        }
        String action = parameters.common("Action");
        String permission = host.substring(0, host.indexOf('.')) + ":" + action;
        if (temporary != null && !temporary.allows(permission)) {
            return error("UnauthorizedOperation", "You are not authorized to perform operation (" + permission + ").");
        }
        return rate.allows(SECRET_ID, action, CREATING.contains(action) ? CREATES_PER_SECOND : CALLS_PER_SECOND)
                ? null
                : throttled();
    }

    private IssuedKeys.Key temporary(Received request) {
        Matcher credential = CREDENTIAL.matcher(request.header("Authorization"));
        return credential.find() ? issued.find(credential.group(1)) : null;
    }

    private Answer carryOut(String action, JsonNode own) {
        return switch (action) {
            case "CreateImage" -> create(own);
            case "SyncImages" -> sync(own);
            case "DescribeImages" -> describe(own);
            case "DeleteImages" -> delete(own);
            case "ModifyImageSharePermission" -> share(own);
            case "DescribeImageSharePermission" ->
                sharedWith(own.path("ImageId").asText());
            case "DescribeInstances" -> describeInstances(own);
            case "StopInstances" -> change(own, FakeInstances.Power.RUNNING);
            case "StartInstances" -> change(own, FakeInstances.Power.STOPPED);
            case "DescribeLaunchTemplates", "DescribeLaunchTemplateVersions" -> launchTemplates.answer(action, own);
            default -> ok(NODES.objectNode().put("ImageNumQuota", quota));
        };
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
        Optional<Answer> badTags = badTags(body);
        if (badTags.isPresent()) {
            return badTags.get();
        }
        if (images.isTaken(name, region)) {
            return error("InvalidImageName.Duplicate", "The specified image name already exists.");
        }
        if (isFull(region)) {
            return error("ImageQuotaLimitExceeded", "The image quota has been exceeded.");
        }
        if (body.path("DryRun").asBoolean()) {
            return error("DryRunOperation", "The request would have succeeded, but DryRun is set.");
        }
        creates.add(body);
        FakeImage image = images.create(
                name,
                instanceId.isEmpty() ? null : instanceId,
                body.path("ImageDescription").asText(null));
        images.place(image, region);
        requests.put(image.id(), body);
        if (!instanceId.isEmpty()) {
            this.snapshots.add(image.id());
        }
        return ok(NODES.objectNode().put("ImageId", namesNoId ? null : image.id()));
    }

    private boolean isFull(String where) {
        return images.all().stream().filter(image -> images.isIn(image, where)).count() >= quota;
    }

    /** One image, into other regions; encryption is for the same region. The ids come only if they are asked for. */
    private Answer sync(JsonNode body) {
        List<String> ids = texts(body.path("ImageIds"));
        List<String> targets = texts(body.path("DestinationRegions"));
        if (ids.isEmpty() || targets.isEmpty()) {
            return error("MissingParameter", "ImageIds or DestinationRegions is missing.");
        }
        if (ids.size() > 1) {
            return error("InvalidImageId.TooLarge", "Only one image can be synchronized.");
        }
        Optional<FakeImage> source = images.find(ids.get(0), region);
        if (source.isEmpty()) {
            return error("InvalidImageId.NotFound", "The image does not exist: " + ids.get(0));
        }
        if (!state(source.get()).equals("NORMAL")) {
            return error("FailedOperation.InvalidImageState", "The image is not in the state NORMAL.");
        }
        boolean encrypt = body.path("Encrypt").asBoolean();
        if (targets.stream().anyMatch(target -> target.equals(region) != encrypt)) {
            return error("InvalidParameterValue.InvalidRegion", "The destination region is not valid.");
        }
        if (targets.stream().anyMatch(target -> !target.matches("[a-z]+-[a-z-]+"))) {
            return error("InvalidRegion.NotFound", "The region does not exist.");
        }
        String name = body.path("ImageName").asText(source.get().name());
        if (targets.stream().anyMatch(target -> images.isTaken(name, target))) {
            return error("InvalidImageName.Duplicate", "The specified image name already exists.");
        }
        if (targets.stream().anyMatch(this::isFull)) {
            return error("ImageQuotaLimitExceeded", "The image quota has been exceeded.");
        }
        if (body.path("DryRun").asBoolean()) {
            return error("DryRunOperation", "The request would have succeeded, but DryRun is set.");
        }
        syncs.add(body);
        ObjectNode response = NODES.objectNode();
        ArrayNode set = response.putArray("ImageSet");
        for (String target : targets) {
            FakeImage copy = images.create(name, null);
            images.place(copy, target);
            copies.add(copy.id());
            snapshots.add(copy.id());
            if (body.path("ImageSetRequired").asBoolean() && !namesNoId) {
                set.addObject().put("ImageId", copy.id()).put("Region", target);
            }
        }
        return ok(response);
    }

    /** The checks of tags in CreateImage. The account has the keys "team" and "env". */
    private Optional<Answer> badTags(JsonNode body) {
        Set<String> keys = new HashSet<>();
        for (JsonNode specification : body.path("TagSpecification")) {
            if (!"image".equals(specification.path("ResourceType").asText())) {
                return Optional.of(error("InvalidParameterValue", "The ResourceType is not image."));
            }
            for (JsonNode tag : specification.path("Tags")) {
                String key = tag.path("Key").asText();
                if (!keys.add(key)) {
                    return Optional.of(error("InvalidParameterValue.DuplicateTags", "The tags are duplicate."));
                }
                if (refusesUnknownKeys && !Set.of("team", "env").contains(key)) {
                    return Optional.of(error("InvalidParameterValue.TagKeyNotFound", "The tag does not exist."));
                }
            }
        }
        return keys.size() > MOST_TAGS
                ? Optional.of(error("InvalidParameterValue.TagQuotaLimitExceeded", "Too many tags."))
                : Optional.empty();
    }

    private boolean isChanging(String instanceId) {
        return instances
                .power(instanceId)
                .filter(power -> power == FakeInstances.Power.STOPPING || power == FakeInstances.Power.STARTING)
                .isPresent();
    }

    private Answer describe(JsonNode body) {
        List<String> ids = texts(body.path("ImageIds"));
        if (body.has("ImageIds") && body.has("Filters")) {
            return error("InvalidParameter.InvalidParameterCoexistImageIdsFilters", "ImageIds and Filters coexist.");
        }
        if (tooMany(body) || ids.size() > MOST) {
            return error("InvalidParameterValue.LimitExceeded", "The parameter value exceeds the maximum limit.");
        }
        if (ids.stream().anyMatch(id -> !id.startsWith("img-"))) {
            return error("InvalidImageId.Malformed", "The image id is malformed.");
        }
        List<FakeImage> found = new ArrayList<>(ids.isEmpty() ? images.listed() : images.listed(ids));
        found.removeIf(image -> !images.isIn(image, region));
        for (JsonNode filter : body.path("Filters")) {
            String name = filter.path("Name").asText();
            List<String> values = texts(filter.path("Values"));
            if (body.path("Filters").size() > 10 || values.size() > 5) {
                return error("InvalidFilterValue.LimitExceeded", "Too many filters or values.");
            }
            if (!filter(found, name, values)) {
                return error("InvalidFilter", "The filter `" + name + "` is not supported.");
            }
        }
        ObjectNode response = NODES.objectNode().put("TotalCount", found.size());
        ArrayNode set = response.putArray("ImageSet");
        page(body, found).forEach(image -> set.add(image(image)));
        return ok(response);
    }

    static boolean tooMany(JsonNode body) {
        return body.path("Limit").asInt(PAGE) > MOST;
    }

    static <T> Stream<T> page(JsonNode body, List<T> found) {
        return found.stream()
                .skip(body.path("Offset").asInt())
                .limit(body.path("Limit").asInt(PAGE));
    }

    /** The name's filter finds parts of names, as users report of the real one. */
    private boolean filter(List<FakeImage> found, String filter, List<String> values) {
        switch (filter) {
            case "image-id" -> found.removeIf(image -> !values.contains(image.id()));
            case "image-name" -> found.removeIf(image -> values.stream().noneMatch(image.name()::contains));
            case "image-type" -> found.removeIf(image -> !values.contains(type(image)));
            case "image-state" -> found.removeIf(image -> !values.contains(state(image)));
            case "platform" -> found.removeIf(image -> !values.contains("TencentOS"));
            case "tag-key" ->
                found.removeIf(image -> tags(image).stream()
                        .noneMatch(tag -> values.contains(tag.path("Key").asText())));
            case "tag-value" ->
                found.removeIf(image -> tags(image).stream()
                        .noneMatch(tag -> values.contains(tag.path("Value").asText())));
            default -> {
                if (!filter.startsWith("tag:")) {
                    return false;
                }
                String key = filter.substring("tag:".length());
                found.removeIf(image -> tags(image).stream()
                        .noneMatch(tag -> tag.path("Key").asText().equals(key)
                                && values.contains(tag.path("Value").asText())));
            }
        }
        return true;
    }

    private String type(FakeImage image) {
        return images.isShared(image) ? "SHARED_IMAGE" : "PRIVATE_IMAGE";
    }

    /** Tags are bound behind the create, so an image that is being made has none yet. */
    private List<JsonNode> tags(FakeImage image) {
        List<JsonNode> tags = new ArrayList<>();
        if (!images.finished(image)) {
            return tags;
        }
        JsonNode request = requests.getOrDefault(image.id(), NODES.objectNode());
        request.path("TagSpecification")
                .forEach(specification -> specification.path("Tags").forEach(tags::add));
        return tags;
    }

    /** The fields that recorded answers have, but those that are about other products. */
    private ObjectNode image(FakeImage image) {
        ObjectNode node = NODES.objectNode()
                .put("ImageId", image.id())
                .put("OsName", "TencentOS Server 3.1 (TK4)")
                .put("ImageType", type(image))
                .put(
                        "CreatedTime",
                        image.created().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("ImageName", image.name())
                .put("ImageDescription", image.description() == null ? "" : image.description())
                .put("ImageSize", 50)
                .put("Architecture", "x86_64")
                .put("ImageState", state(image))
                .put("Platform", "TencentOS")
                .put("ImageCreator", "100000000001")
                .put("ImageSource", "CREATE_IMAGE")
                .put("IsSupportCloudinit", true)
                .put("LicenseType", "TencentCloud")
                .put("ImageDeprecated", deprecated.contains(image.id()));
        boolean copy = copies.contains(image.id());
        node.putNull("SyncPercent");
        node.putNull("CreatePercent");
        if (!images.finished(image)) {
            node.put(copy ? "SyncPercent" : "CreatePercent", 50);
        }
        ArrayNode snapshotSet = node.putArray("SnapshotSet");
        if (snapshots.contains(image.id())) {
            snapshotSet
                    .addObject()
                    .put("SnapshotId", image.id().replace("img-", "snap-"))
                    .put("DiskUsage", "SYSTEM_DISK")
                    .put("DiskSize", 50);
        }
        ArrayNode tags = node.putArray("Tags");
        tags(image).forEach(tags::add);
        String family = requests.getOrDefault(image.id(), NODES.objectNode())
                .path("ImageFamily")
                .asText();
        if (!family.isEmpty()) {
            node.put("ImageFamily", family);
        }
        return node;
    }

    private Answer delete(JsonNode body) {
        List<String> ids = texts(body.path("ImageIds"));
        if (ids.isEmpty()) {
            return error("MissingParameter", "ImageIds is missing.");
        }
        for (String id : ids) {
            if (images.find(id).isEmpty() && !id.startsWith("img-")) {
                return error("InvalidImageId.Malformed", "The image id is malformed: " + id);
            }
            if (images.find(id, region).isEmpty()) {
                return error("InvalidImageId.NotFound", "The image does not exist: " + id);
            }
            if (!images.finished(images.find(id).get())) {
                return error("InvalidImageId.IncorrectState", "The image is being created: " + id);
            }
            if (!shares.of(id).isEmpty()) {
                return error("InvalidImageId.InShared", "The image is shared: " + id);
            }
        }
        if (body.path("DryRun").asBoolean()) {
            return ok(NODES.objectNode());
        }
        for (String id : ids) {
            images.remove(id);
            if (body.path("DeleteBindedSnap").asBoolean()) {
                snapshots.remove(id);
            }
        }
        return ok(NODES.objectNode());
    }

    private Answer share(JsonNode body) {
        String id = body.path("ImageId").asText();
        List<String> accounts = texts(body.path("AccountIds"));
        String permission = body.path("Permission").asText();
        if (accounts.isEmpty() || permission.isEmpty()) {
            return error("MissingParameter", "AccountIds or Permission is missing.");
        }
        Answer refusal = noImage(id);
        if (refusal != null) {
            return refusal;
        }
        if (!state(images.find(id).orElseThrow()).equals("NORMAL")) {
            return error("InvalidParameterValue.InvalidImageState", "The state of the image does not allow it.");
        }
        if (permission.equals("CANCEL")) {
            shares.unshare(id, accounts);
            return ok(NODES.objectNode());
        }
        if (!permission.equals("SHARE")) {
            return error("InvalidParameterValue", "The value of Permission is wrong.");
        }
        if (accounts.stream().anyMatch(shares.of(id)::contains)) {
            return error("FailedOperation.AccountAlreadyExists", "The image is shared with the account already.");
        }
        return shares.share(id, accounts)
                .map(why -> switch (why) {
                    case UNKNOWN -> error("InvalidAccountId.NotFound", "The account does not exist.");
                    case OWN -> error("FailedOperation.AccountIsYourSelf", "The account is your own.");
                    case TOO_MANY -> error("OverQuota", "The image is shared with too many accounts.");
                })
                .orElseGet(() -> ok(NODES.objectNode()));
    }

    private Answer sharedWith(String id) {
        Answer refusal = noImage(id);
        if (refusal != null) {
            return refusal;
        }
        ObjectNode response = NODES.objectNode();
        ArrayNode set = response.putArray("SharePermissionSet");
        shares.of(id)
                .forEach(account ->
                        set.addObject().put("AccountId", account).put("CreatedTime", "2026-01-02T03:04:05Z"));
        return ok(response);
    }

    private Answer noImage(String id) {
        if (!id.startsWith("img-")) {
            return error("InvalidImageId.Malformed", "The image id is malformed: " + id);
        }
        return images.find(id, region).isEmpty()
                ? error("InvalidImageId.NotFound", "The image does not exist: " + id)
                : null;
    }

    private Answer describeInstances(JsonNode body) {
        List<String> ids = texts(body.path("InstanceIds"));
        if (tooMany(body) || ids.size() > MOST) {
            return error("InvalidParameterValue.LimitExceeded", "The parameter value exceeds the maximum limit.");
        }
        if (!ids.isEmpty() && body.has("Filters")) {
            return error("InvalidParameter", "InstanceIds and Filters cannot be given together.");
        }
        List<String> found = new ArrayList<>(new TreeSet<>(instances.all().keySet()));
        found.removeIf(id -> !ids.isEmpty() && !ids.contains(id));
        for (JsonNode filter : body.path("Filters")) {
            List<String> values = texts(filter.path("Values"));
            switch (filter.path("Name").asText()) {
                case "instance-id" -> found.removeIf(id -> !values.contains(id));
                case "instance-state" ->
                    found.removeIf(id -> !values.contains(power(id).name()));
                default -> {
                    return error("InvalidFilter", "The filter is not supported.");
                }
            }
        }
        ObjectNode response = NODES.objectNode().put("TotalCount", found.size());
        ArrayNode set = response.putArray("InstanceSet");
        page(body, found)
                .forEach(id -> set.addObject()
                        .put("InstanceId", id)
                        .put("InstanceName", "web")
                        .put("InstanceType", "SA2.SMALL1")
                        .put("ImageId", instances.imageOf(id))
                        .put("InstanceChargeType", "POSTPAID_BY_HOUR")
                        .put("InstanceState", power(id).name())
                        .put("RestrictState", "NORMAL")
                        .put("StopChargingMode", "KEEP_CHARGING")
                        .put("LatestOperationState", isChanging(id) ? "OPERATING" : "SUCCESS"));
        return ok(response);
    }

    private FakeInstances.Power power(String id) {
        return instances.power(id).orElseThrow();
    }

    /** Stops what runs, or starts what is stopped; all of them or none. */
    private Answer change(JsonNode body, FakeInstances.Power from) {
        List<String> ids = texts(body.path("InstanceIds"));
        if (ids.isEmpty()) {
            return error("MissingParameter", "InstanceIds is missing.");
        }
        if (ids.size() > MOST) {
            return error("InvalidParameterValue.LimitExceeded", "The parameter value exceeds the maximum limit.");
        }
        if (body.has("ForceStop") && body.has("StopType")) {
            return error("InvalidParameterCombination", "ForceStop and StopType cannot be given together.");
        }
        if (!Set.of("", "SOFT", "HARD", "SOFT_FIRST")
                        .contains(body.path("StopType").asText())
                || !Set.of("", "KEEP_CHARGING", "STOP_CHARGING")
                        .contains(body.path("StoppedMode").asText())) {
            return error("InvalidParameterValue", "The value of StopType or StoppedMode is wrong.");
        }
        for (String id : ids) {
            if (instances.power(id).isEmpty() && !id.startsWith("ins-")) {
                return error("InvalidInstanceId.Malformed", "The instance id is malformed: " + id);
            }
            if (instances.power(id).isEmpty()) {
                return error("InvalidInstanceId.NotFound", "The specified instance ID `['" + id + "']` is not found.");
            }
            if (power(id) != from) {
                String state = power(id).name();
                return error(
                        "UnsupportedOperation.InstanceState" + state.charAt(0)
                                + state.substring(1).toLowerCase(Locale.ROOT),
                        "The specified instance `['" + id + "']` state `" + state + "` is not supported.");
            }
        }
        ids.forEach(from == FakeInstances.Power.RUNNING ? instances::stop : instances::start);
        return ok(NODES.objectNode());
    }

    private String state(FakeImage image) {
        if (!images.finished(image)) {
            return copies.contains(image.id()) ? "SYNCING" : "CREATING";
        }
        return image.fails() ? "CREATEFAILED" : "NORMAL";
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    static Answer ok(ObjectNode response) {
        return respond(response);
    }

    static Answer error(String code, String message) {
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
