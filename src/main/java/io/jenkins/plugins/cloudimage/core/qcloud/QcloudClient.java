package io.jenkins.plugins.cloudimage.core.qcloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CommonTexts;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.CopySupport;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.HttpCall;
import io.jenkins.plugins.cloudimage.core.http.InstancePages;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.Pages;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import okhttp3.HttpUrl;

/** A client of Tencent's API v2: forms by POST, so that the address contains neither key nor signature. */
final class QcloudClient implements Cloud {
    static final String IMAGE_HOST = "image.api.qcloud.com";
    /** The maximum number of ids of DescribeImages. */
    static final int DESCRIBE_BATCH = 10;

    /** Whether a copy keeps the description of its source is not documented, so no mark is expected in it. */
    static final CopySupport COPIES = new CopySupport(false, false, true, QcloudRegions.copying());

    private static final String INSTANCE_HOST = "cvm.api.qcloud.com";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int PAGE = 100;
    /** The page documents no maximum. */
    private static final int IMAGE_INFO_BATCH = 50;

    private final SignedCalls calls;
    private final IntSupplier nonce;
    private final HttpUrl images;
    private final HttpUrl instances;
    private final String region;
    private final AccessKey key;
    private final QcloudSigner signer;

    QcloudClient(CloudConnection connection, SignedCalls calls, IntSupplier nonce) {
        this.calls = calls;
        this.nonce = nonce;
        this.images =
                HttpUrl.get(connection.endpoint().resolve(QcloudSigner.PATH).toString());
        this.instances = images.host().equals(IMAGE_HOST)
                ? images.newBuilder().host(INSTANCE_HOST).build()
                : images;
        this.region = connection.region();
        this.key = connection.key();
        this.signer = new QcloudSigner(key);
    }

    /** The response contains the id of a task, which no call accepts, and no image id. */
    @Override
    public CreateAnswer create(ImageRequest request, String token) throws CloudException {
        QcloudImageRequest own = request.as(QcloudImageRequest.class);
        try {
            JsonNode answer = call(images, "CreateImage", parameters(own));
            return new CreateAnswer(null, Json.text(answer, "requestId"), false);
        } catch (CloudException e) {
            throw QcloudErrors.isVague(e.error()) && isTaken(request.imageName())
                    ? QcloudErrors.nameTaken(e.error()).exception()
                    : e;
        }
    }

    private static Map<String, String> parameters(QcloudImageRequest request) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("instanceId", request.instanceId());
        parameters.put("imageName", request.imageName());
        if (Rules.isGiven(request.description())) {
            parameters.put("imageDescription", request.description());
        }
        return parameters;
    }

    /** The response contains a code and a message only. A copy has the name of its source. */
    @Override
    public CreateAnswer copy(CopyRequest request, String token) throws CloudException {
        try {
            JsonNode answer = call(
                    images,
                    "SyncCvmImage",
                    Map.of(
                            "srcRegion", oldCode(region),
                            "imgIdList.0", request.imageId(),
                            "dstRegion.0", oldCode(request.region())));
            return new CreateAnswer(null, Json.text(answer, "requestId"), false);
        } catch (CloudException e) {
            throw QcloudErrors.isVague(e.error()) ? refused(request.imageId(), QcloudStates::copyable, e) : e;
        }
    }

    private static String oldCode(String region) {
        String code = COPIES.code(region);
        if (code == null) {
            throw new IllegalArgumentException("Images are copied neither from nor to " + region);
        }
        return code;
    }

    private boolean isTaken(String name) {
        try {
            return !findByName(name).isEmpty();
        } catch (CloudException e) {
            return false;
        }
    }

    @Override
    public List<CloudImage> describe(Collection<String> imageIds) throws CloudException {
        Map<String, String> parameters = privateImages(0, PAGE);
        int number = 0;
        for (String imageId : imageIds) {
            parameters.put("imageIds." + number++, imageId);
        }
        try {
            return QcloudAnswers.images(call(images, "DescribeImages", parameters))
                    .images();
        } catch (CloudException e) {
            if (e.error().kind() == ErrorKind.NOT_FOUND && imageIds.size() == 1) {
                return List.of();
            }
            throw e;
        }
    }

    /** There is no filter for names, so all private images are read; by default there are at most 10. */
    @Override
    public List<CloudImage> findByName(String name) throws CloudException {
        return Pages.find(
                number -> QcloudAnswers.datedImages(call(images, "DescribeImages", privateImages(number * PAGE, PAGE))),
                image -> image.name().equals(name),
                Integer.MAX_VALUE);
    }

    @Override
    public List<CloudImage> find(ImageQuery query) throws CloudException {
        return Pages.find(
                Pages.unchanged(number ->
                        QcloudAnswers.datedImages(call(images, "DescribeImages", privateImages(number * PAGE, PAGE)))),
                image -> query.matches(image, null, Map.of()),
                Integer.MAX_VALUE);
    }

    /** The API has no snapshots, so there are none to delete. */
    @Override
    public void delete(String imageId) throws CloudException {
        try {
            call(images, "DeleteImages", Map.of("imageIds.0", imageId));
        } catch (CloudException e) {
            throw QcloudErrors.isVague(e.error()) ? refused(imageId, QcloudStates::deletable, e) : e;
        }
    }

    /**
     * The cause of a refusal, as far as the image tells it.
     *
     * @param allowed whether the call is allowed in a state of the image
     */
    private CloudException refused(String imageId, Predicate<String> allowed, CloudException refusal) {
        try {
            List<CloudImage> image = describe(List.of(imageId));
            if (image.isEmpty()) {
                return QcloudErrors.imageGone(refusal.error()).exception();
            }
            return allowed.test(image.get(0).cloudState())
                    ? refusal
                    : QcloudErrors.imageBusy(refusal.error()).exception();
        } catch (CloudException e) {
            return refusal;
        }
    }

    /** The list of instances does not tell their images; another call does. */
    @Override
    public List<String> instancesUsing(String imageId) throws CloudException {
        List<InstancePages.Instance> all = InstancePages.overlapping((number, offset) -> {
            JsonNode answer = call(
                    instances,
                    "DescribeInstances",
                    Map.of("offset", Integer.toString(offset), "limit", Integer.toString(InstancePages.PAGE)));
            return InstancePages.page(
                    answer, answer.path("instanceSet"), answer.path("totalCount"), "unInstanceId", "");
        });
        List<String> ids = all.stream().map(InstancePages.Instance::id).toList();
        List<String> using = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IMAGE_INFO_BATCH) {
            using.addAll(using(imageId, ids.subList(from, Math.min(from + IMAGE_INFO_BATCH, ids.size()))));
        }
        return using;
    }

    private List<String> using(String imageId, List<String> ids) throws CloudException {
        Map<String, String> parameters = new TreeMap<>();
        int number = 0;
        for (String id : ids) {
            parameters.put("uInstanceIds." + number++, id);
        }
        JsonNode answer = call(instances, "DescribeInstanceImageInfo", parameters);
        Map<String, String> images = new HashMap<>();
        for (JsonNode entry : answer.path("data")) {
            images.put(Json.word(entry, "uInstanceId"), Json.text(entry, "unImgId"));
        }
        for (String id : ids) {
            if (images.get(id) == null) {
                throw CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE)
                        .message(Messages.QcloudClient_imageUnknown(id))
                        .advice(Messages.QcloudClient_again())
                        .exception();
            }
        }
        return ids.stream().filter(id -> imageId.equals(images.get(id))).toList();
    }

    @Override
    public void share(String imageId, List<String> accounts) throws CloudException {
        call(images, "ShareImage", sharing(imageId, accounts));
    }

    @Override
    public void unshare(String imageId, List<String> accounts) throws CloudException {
        call(images, "CancelShareImage", sharing(imageId, accounts));
    }

    private static Map<String, String> sharing(String imageId, List<String> accounts) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("imageId", imageId);
        int number = 0;
        for (String account : accounts) {
            parameters.put("uinList." + number++, account);
        }
        return parameters;
    }

    /** The list is that of shared images, so an image that is not shared may be missing. */
    @Override
    public List<String> sharedWith(String imageId) throws CloudException {
        JsonNode answer = call(images, "GetImageShareUinInfo", Map.of("imageIds.0", imageId));
        JsonNode shared = answer.path("data").path("imageList");
        if (!shared.isArray()) {
            throw Json.notUnderstood(answer.toString()).exception();
        }
        for (JsonNode image : shared) {
            if (imageId.equals(Json.text(image, "imageId"))) {
                return Json.texts(answer, image.path("shareUinInfo"), "uin");
            }
        }
        return List.of();
    }

    @Override
    public PowerState powerState(String instanceId) throws CloudException {
        JsonNode answer = call(instances, "DescribeInstances", instance(instanceId));
        for (JsonNode instance : answer.path("instanceSet")) {
            if (instanceId.equals(Json.text(instance, "unInstanceId"))) {
                return QcloudStates.power(Json.word(instance, "status"));
            }
        }
        throw QcloudErrors.meaning(QcloudErrors.NOT_FOUND_CODE, null, CommonTexts.noSuchInstance(instanceId), null)
                .exception();
    }

    @Override
    public void stop(String instanceId) throws CloudException {
        call(instances, "StopInstances", instance(instanceId));
    }

    @Override
    public void start(String instanceId) throws CloudException {
        call(instances, "StartInstances", instance(instanceId));
    }

    /** There is no call for it; the page mentions 10 images for each region. */
    @Override
    public Optional<Quota> quota() {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> time() {
        return calls.time();
    }

    @Override
    public String probe() throws CloudException {
        call(images, "DescribeImages", privateImages(0, 1));
        return "cvm:DescribeImages";
    }

    private static Map<String, String> privateImages(int offset, int limit) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("imageType", QcloudAnswers.PRIVATE);
        parameters.put("offset", Integer.toString(offset));
        parameters.put("limit", Integer.toString(limit));
        return parameters;
    }

    private static Map<String, String> instance(String instanceId) {
        return Map.of("instanceIds.0", instanceId);
    }

    private JsonNode call(HttpUrl url, String action, Map<String, String> parameters) throws CloudException {
        return calls.call(now -> sign(url, action, parameters, now), QcloudAnswers::read);
    }

    private HttpCall sign(HttpUrl url, String action, Map<String, String> parameters, Instant now) {
        SortedMap<String, String> all = new TreeMap<>(parameters);
        all.put("Action", action);
        all.put("Region", region);
        all.put("Timestamp", Long.toString(now.getEpochSecond()));
        all.put("Nonce", Integer.toString(nonce.getAsInt()));
        all.put("SecretId", key.id());
        all.put(QcloudSigner.METHOD, QcloudSigner.HMAC_SHA256);
        if (key.sessionToken() != null) {
            all.put("Token", key.sessionToken());
        }
        all.put("Signature", signer.signature("POST", HttpCall.hostHeader(url), all));
        return new HttpCall("POST", url, "", Map.of(), FORM, Digests.utf8(Percent.pairs(all)));
    }
}
