package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cloudimage.simulator.FakeInstances.Power;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tencent's API v2 of one account, as its pages tell: errors inside HTTP 200, image states 1 → 2, names unique in the
 * region, at most ten images, of instances that are shut down, 100 calls of an action in a minute. A create answers the
 * number of a task and no image, and so does a copy into other regions; an image that fails is no longer listed. Where the
 * pages tell no code, as for a taken name, it answers 5100.
 */
public final class FakeQcloud implements FakeAccount {
    /** The account's SecretId. */
    public static final String SECRET_ID = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA";
    /** The account's SecretKey. */
    public static final String SECRET_KEY = "Gu5t9xGARNpq86cd98joQYCN3Cozk1qA";
    /** An instance that runs. */
    public static final String RUNNING = "ins-6pb6lrmy";
    /** An instance that is shut down. */
    public static final String STOPPED = "ins-r8hr2upy";

    private static final Set<String> IMAGE_ACTIONS = Set.of(
            "CreateImage",
            "DescribeImages",
            "DeleteImages",
            "SyncCvmImage",
            "ShareImage",
            "CancelShareImage",
            "GetImageShareUinInfo");
    private static final int CALLS_PER_MINUTE = 100;
    private static final int DESCRIPTION_LENGTH = 64;
    private static final int PAGE = 100;
    private static final int IDS = 10;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Clock clock;
    private final FakeImages images;
    private final FakeInstances instances;
    private final FakeQcloudCopies copies;
    private final FakeShares shares = new FakeShares("1000", 50);
    private final RateLimit rate;
    private final QcloudCheck check;
    private final IssuedKeys issued;
    private final List<Map<String, String>> creates = new ArrayList<>();
    private final Set<String> used = new HashSet<>();
    private String token = "";
    private Instant tokenEnd = Instant.MAX;
    private int quota = 10;
    private int tasks = 24534340;
    private boolean likeTheSample;
    private boolean terse;
    /** The region of the present call. */
    private String region = "";

    /** Makes an account with two instances, {@link #RUNNING} and {@link #STOPPED}, and no images. */
    public FakeQcloud(Clock clock) {
        this.clock = clock;
        this.images = new FakeImages(clock, "img-");
        this.copies = new FakeQcloudCopies(images);
        this.instances = new FakeInstances(clock, "img-3wnd9xpl").add(RUNNING).addStopped(STOPPED);
        this.rate = new RateLimit(clock, Duration.ofMinutes(1));
        this.check = new QcloudCheck(clock);
        this.issued = new IssuedKeys(clock);
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

    /** The security token service of the account, of API 3.0. */
    public FakeTencentSts tokenService() {
        return new FakeTencentSts(clock, issued, SECRET_ID, SECRET_KEY);
    }

    /** The metadata service of an instance in the account. */
    public FakeTencentMetadata metadata() {
        return new FakeTencentMetadata(clock, issued);
    }

    /** Lets somebody use an image, so that it cannot be deleted. */
    public synchronized void use(String imageId) {
        used.add(imageId);
    }

    @Override
    public void allowImages(int number) {
        quota = number;
    }

    /** Lets creates answer what the sample of the API page shows, which is not JSON. */
    public void answerLikeTheSample() {
        likeTheSample = true;
    }

    /** Lets refused copies say nothing but the documented code. */
    public void refuseWithoutReason() {
        terse = true;
    }

    /** The copies in other regions. */
    public FakeQcloudCopies copies() {
        return copies;
    }

    /** The parameters of every create that was carried out. */
    public synchronized List<Map<String, String>> creates() {
        return List.copyOf(creates);
    }

    @Override
    public String action(Received request) {
        return QcloudParameters.of(request).getOrDefault("Action", "");
    }

    @Override
    public Answer throttled() {
        return error(4400, "InvalidRequest.LimitExceeded", "(110000) the number of requests exceeds the limit");
    }

    @Override
    public synchronized Answer answer(Received request) {
        Map<String, String> parameters = QcloudParameters.of(request);
        IssuedKeys.Key temporary = issued.find(parameters.getOrDefault("SecretId", ""));
        QcloudCheck.Refusal refusal = temporary == null
                ? check.refusal(request, parameters, SECRET_ID, SECRET_KEY, token)
                : check.refusal(request, parameters, temporary.id(), temporary.secret(), temporary.token());
        boolean expired =
                temporary == null ? !token.isEmpty() && clock.instant().isAfter(tokenEnd) : issued.isExpired(temporary);
        if (refusal == null && expired) {
            refusal = QcloudCheck.Refusal.TOKEN;
        }
        if (refusal != null) {
            // Servers like to explain a wrong signature; nothing of it may reach a log.
            return error(refusal.code, refusal.word, "signature check failed for " + parameters);
        }
        String action = parameters.get("Action");
        if (temporary != null && !temporary.allows("cvm:" + action)) {
            return error(4300, null, "access to cvm:" + action + " is denied");
        }
        String host = request.header("Host");
        if (!request.uri().getPath().equals("/v2/index.php")
                || host.equals("cvm.api.qcloud.com") && IMAGE_ACTIONS.contains(action)
                || host.equals("image.api.qcloud.com") && !IMAGE_ACTIONS.contains(action)) {
            return error(6100, "InvalidAction.NotFound", "action not found; check the domain");
        }
        if (!parameters.getOrDefault("Region", "").matches("[a-z]+(-[a-z]+)*")) {
            return error(4000, "InvalidParameter", "Region is missing or invalid");
        }
        if (!rate.allows(SECRET_ID, action, CALLS_PER_MINUTE)) {
            return throttled();
        }
        region = FakeQcloudCopies.region(parameters.get("Region"));
        return switch (action) {
            case "CreateImage" -> create(parameters);
            case "SyncCvmImage" -> copy(parameters);
            case "DescribeImages" -> describe(parameters);
            case "DeleteImages" -> each(parameters, "imageIds", this::delete);
            case "ShareImage", "CancelShareImage" -> share(action, parameters);
            case "GetImageShareUinInfo" -> sharedWith(QcloudParameters.list(parameters, "imageIds"));
            case "DescribeInstances" -> describeInstances(parameters);
            case "DescribeInstanceImageInfo" -> imagesOf(QcloudParameters.list(parameters, "uInstanceIds"));
            case "StopInstances" -> each(parameters, "instanceIds", this::stop);
            case "StartInstances" -> each(parameters, "instanceIds", this::start);
            default -> error(6100, "InvalidAction.NotFound", "action not found");
        };
    }

    private Answer create(Map<String, String> parameters) {
        String name = parameters.getOrDefault("imageName", "");
        String instanceId = parameters.getOrDefault("instanceId", "");
        if (!name.matches("[A-Za-z0-9-]{1,16}")
                || parameters.getOrDefault("imageDescription", "").length() > DESCRIPTION_LENGTH) {
            return error(4000, "InvalidParameter", "(100004) imageName or imageDescription is invalid");
        }
        Optional<Power> power = instances.power(instanceId);
        if (power.isEmpty()) {
            return error(5000, null, "(9003) instance not found");
        }
        if (power.get() != Power.STOPPED || isBeingImaged(instanceId)) {
            return error(5100, "OperationConstraints.InvaildInstanceStatus", "(9006) instance status is invalid");
        }
        if (images.isTaken(name, region)) {
            return error(5100, null, "(30003) image name exists");
        }
        if (isFull(region)) {
            return error(5100, null, "(30004) too many images");
        }
        creates.add(Map.copyOf(parameters));
        images.place(images.create(name, instanceId, parameters.get("imageDescription")), region);
        tasks++;
        if (likeTheSample) {
            String body = "{\n  \"code\" : 0,\n  \"message\" : \"ok\",\n  \"requestId\" : " + tasks + "s\n}\n";
            return new Answer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        }
        return Answer.json(200, result(0, "Success", "").put("requestId", tasks));
    }

    private boolean isFull(String where) {
        return images.all().stream().filter(image -> images.isIn(image, where)).count() >= quota;
    }

    private Answer refused(String message) {
        return error(5100, null, terse ? "operation failed" : message);
    }

    private Answer copy(Map<String, String> parameters) {
        String from = FakeQcloudCopies.source(parameters);
        List<String> targets = FakeQcloudCopies.targets(parameters);
        List<String> ids = QcloudParameters.list(parameters, "imgIdList");
        if (from == null || targets.isEmpty() || ids.isEmpty() || targets.contains(from)) {
            return error(4000, "InvalidParameter", "(100004) srcRegion, dstRegion or imgIdList is missing or invalid");
        }
        List<FakeImage> sources = new ArrayList<>();
        for (String id : ids) {
            Optional<FakeImage> image = images.find(id, from);
            if (image.isEmpty()) {
                return error(5000, null, "(30001) image not found");
            }
            if (status(image.get()) != 2 && status(image.get()) != 3) {
                return refused("(30002) image status is invalid");
            }
            sources.add(image.get());
        }
        if (targets.stream().anyMatch(this::isFull)) {
            return refused("(30004) too many images");
        }
        if (copies.isRefused(sources, targets)) {
            return refused("(30003) image name exists");
        }
        copies.make(Map.copyOf(parameters), sources, targets);
        return Answer.json(200, result(0, null, ""));
    }

    private Answer describe(Map<String, String> parameters) {
        List<String> ids = QcloudParameters.list(parameters, "imageIds");
        int limit = number(parameters, "limit", 20);
        if (!parameters.containsKey("imageType") || limit > PAGE || ids.size() > IDS) {
            return error(4000, "InvalidParameter", "(100004) imageType, limit or imageIds is invalid");
        }
        List<FakeImage> found = new ArrayList<>(ids.isEmpty() ? images.listed() : images.listed(ids));
        found.removeIf(image -> !images.isIn(image, region));
        found.removeIf(
                image -> number(parameters, "imageType", 0) != type(image) || images.finished(image) && image.fails());
        int status = number(parameters, "status", 0);
        found.removeIf(image -> status != 0 && status(image) != status);
        ObjectNode response = result(0, "Success", "").put("totalCount", found.size());
        ArrayNode set = response.putArray("imageSet");
        found.stream()
                .skip(number(parameters, "offset", 0))
                .limit(limit)
                .forEach(image -> set.addObject()
                        .put("unImgId", image.id())
                        .put("imageName", image.name())
                        .put("imageDescription", image.description() == null ? "" : image.description())
                        .put("osName", "Ubuntu 12.04 64bit")
                        .put("imageType", type(image))
                        .put("createTime", TIME.format(image.created()))
                        .put("createor", "1000")
                        .put("status", status(image)));
        return Answer.json(200, response);
    }

    private Answer describeInstances(Map<String, String> parameters) {
        List<String> ids = QcloudParameters.list(parameters, "instanceIds");
        int limit = number(parameters, "limit", 20);
        if (limit > PAGE) {
            return error(4000, "InvalidParameter", "(100004) limit is invalid");
        }
        List<String> found = instances.all().keySet().stream()
                .sorted()
                .filter(id -> ids.isEmpty() || ids.contains(id))
                .filter(id -> number(parameters, "status", status(id)) == status(id))
                .toList();
        ObjectNode response = result(0, "Success", "").put("totalCount", found.size());
        ArrayNode set = response.putArray("instanceSet");
        found.stream()
                .skip(number(parameters, "offset", 0))
                .limit(limit)
                .forEach(id -> set.addObject()
                        .put("instanceName", "web")
                        .put("instanceId", "qcvm" + id.hashCode())
                        .put("unInstanceId", id)
                        .put("Region", "gz")
                        .put("cvmPayMode", 2)
                        .put("status", status(id)));
        return Answer.json(200, response);
    }

    private Answer imagesOf(List<String> ids) {
        if (ids.isEmpty()) {
            return error(4000, "InvalidParameter", "(100004) uInstanceIds is missing");
        }
        ObjectNode response = result(0, "Success", "");
        ArrayNode data = response.putArray("data");
        ids.stream()
                .filter(id -> instances.power(id).isPresent())
                .forEach(id ->
                        data.addObject().put("unImgId", instances.imageOf(id)).put("uInstanceId", id));
        return Answer.json(200, response);
    }

    private int status(String id) {
        return isBeingImaged(id) ? 12 : status(instances.power(id).orElseThrow());
    }

    private int type(FakeImage image) {
        return images.isShared(image) ? 4 : 1;
    }

    private int status(FakeImage image) {
        if (!images.finished(image)) {
            return copies.isCopy(image.id()) ? 4 : 1;
        }
        if (copies.isCopying(image.id())) {
            return 5;
        }
        return used.contains(image.id()) || instances.use(image.id()) ? 3 : 2;
    }

    private static int status(Power power) {
        return switch (power) {
            case RUNNING -> 2;
            case STOPPED -> 4;
            case STARTING -> 8;
            case STOPPING -> 9;
        };
    }

    private boolean isBeingImaged(String instanceId) {
        return images.all().stream().anyMatch(image -> instanceId.equals(image.sourceId()) && !images.finished(image));
    }

    private ObjectNode delete(String id) {
        Optional<FakeImage> image = images.find(id, region);
        if (image.isEmpty()) {
            return result(5000, null, "(30001) image not found");
        }
        if (!shares.of(id).isEmpty()) {
            return result(5100, null, "(30008) image is shared");
        }
        if (status(image.get()) != 2) {
            return result(5100, null, "(30002) image status is invalid");
        }
        images.remove(id);
        return result(0, null, "");
    }

    private Answer share(String action, Map<String, String> parameters) {
        String id = parameters.getOrDefault("imageId", "");
        List<String> accounts = QcloudParameters.list(parameters, "uinList");
        if (id.isEmpty() || accounts.isEmpty() || !accounts.stream().allMatch(account -> account.matches("\\d+"))) {
            return error(4000, "InvalidParameter", "(100004) imageId or uinList is missing or invalid");
        }
        if (images.find(id, region).isEmpty()) {
            return error(5000, null, "(30001) image not found");
        }
        if (action.equals("CancelShareImage")) {
            shares.unshare(id, accounts);
            return Answer.json(200, result(0, null, ""));
        }
        if (!images.finished(images.find(id, region).get())) {
            return error(5100, null, "(30002) image status is invalid");
        }
        return shares.share(id, accounts)
                .map(why -> switch (why) {
                    case UNKNOWN -> error(5000, null, "(30005) uin not found");
                    case OWN -> error(4000, "InvalidParameter", "(30006) uin is yourself");
                    case TOO_MANY -> error(5100, null, "(30007) too many accounts");
                })
                .orElseGet(() -> Answer.json(200, result(0, null, "")));
    }

    private Answer sharedWith(List<String> ids) {
        if (ids.isEmpty() || ids.size() > IDS) {
            return error(4000, "InvalidParameter", "(100004) imageIds is missing or invalid");
        }
        ObjectNode response = result(0, null, "");
        ArrayNode list = response.putObject("data")
                .put("imageNum", Integer.toString(ids.size()))
                .put("maxImgShareNum", "50")
                .putArray("imageList");
        for (String id : ids) {
            if (images.find(id, region).isEmpty()) {
                return error(5000, null, "(30001) image not found");
            }
            ArrayNode accounts = list.addObject().put("imageId", id).putArray("shareUinInfo");
            shares.of(id)
                    .forEach(account ->
                            accounts.addObject().put("uin", account).put("shareTimeStamp", "2016-01-13 15:16:53"));
        }
        return Answer.json(200, response);
    }

    private ObjectNode stop(String id) {
        return change(id, Power.RUNNING, instances::stop);
    }

    private ObjectNode start(String id) {
        return change(id, Power.STOPPED, instances::start);
    }

    private ObjectNode change(String id, Power from, Consumer<String> change) {
        Optional<Power> power = instances.power(id);
        if (power.isEmpty()) {
            return result(5000, null, "(9003) instance not found");
        }
        if (power.get() != from || isBeingImaged(id)) {
            return result(5100, "OperationConstraints.InvaildInstanceStatus", "(9006) instance status is invalid");
        }
        change.accept(id);
        return result(0, null, "");
    }

    /** A result for each id; the whole is 0, 5100 when all have failed, or 5400 when some have. */
    private Answer each(Map<String, String> parameters, String name, Function<String, ObjectNode> operation) {
        List<String> ids = QcloudParameters.list(parameters, name);
        if (ids.isEmpty()) {
            return error(4000, "InvalidParameter", "(100004) " + name + " is missing");
        }
        ObjectNode detail = NODES.objectNode();
        int failed = 0;
        for (String id : ids) {
            ObjectNode result = operation.apply(id);
            failed += result.path("code").asInt() == 0 ? 0 : 1;
            detail.set(id, result.put("requestId", Integer.toString(++tasks)));
        }
        ObjectNode response =
                result(failed == 0 ? 0 : failed == ids.size() ? 5100 : 5400, null, failed == 0 ? "" : "(30000) failed");
        response.set("detail", detail);
        return Answer.json(200, response);
    }

    private static int number(Map<String, String> parameters, String name, int otherwise) {
        String value = parameters.getOrDefault(name, "");
        return value.matches("\\d{1,9}") ? Integer.parseInt(value) : otherwise;
    }

    private static Answer error(int code, String word, String message) {
        return Answer.json(200, result(code, word, message));
    }

    private static ObjectNode result(int code, String word, String message) {
        ObjectNode result = NODES.objectNode().put("code", code).put("message", message);
        return word == null ? result : result.put("codeDesc", word);
    }
}
