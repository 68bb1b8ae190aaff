package io.jenkins.plugins.cloudimage.core.alibaba.ecsapi;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Cloud;
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
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.Permissions;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.SharingLimits;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TagSupport;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaAnswers;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaCalls;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaParameters;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.Pages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client of the ECS API, version 2014-05-26, which public Alibaba Cloud ECS and Apsara Stack share. */
public final class EcsApiClient implements Cloud {
    /** The maximum number of images on a page, which also limits the ids of one call. */
    public static final int PAGE = 100;

    private static final String OWNER = "ImageOwnerAlias";
    private static final String SELF = "self";
    private static final String AVAILABLE = "Available";

    /** The tags of one create call. */
    public static final TagSupport TAGS = new TagSupport(20, 128, EcsApiErrors.TAGS);

    public static final Permissions PERMISSIONS = new Permissions(
            List.of("ecs:CreateImage", "ecs:DescribeImages"),
            List.of("ecs:DeleteImage", "ecs:DescribeSnapshots", "ecs:DeleteSnapshot"),
            List.of("ecs:DescribeInstances"),
            List.of("ecs:DescribeInstances", "ecs:StopInstance", "ecs:StartInstance"),
            List.of(),
            List.of("ecs:ModifyImageSharePermission", "ecs:DescribeImageSharePermission"),
            List.of("ecs:CopyImage", "ecs:CancelCopyImage"),
            List.of("ecs:TagResources"));

    /** The API ignores what is beyond 10 accounts in a call, and shares an image with 50 at most. */
    public static final SharingLimits SHARING = new SharingLimits(50, 10, 10, SharingLimits.AccountIds.NUMBERS);

    /** How both clouds copy images. */
    public static final CopySupport COPIES = new CopySupport(true, true);

    private final AlibabaCalls calls;
    private final String region;
    private final Map<String, String> stopping;
    private final String states;
    private final EcsApiSnapshots snapshots;
    private final Templates templates;

    /** Lists what names images. */
    @FunctionalInterface
    public interface Templates {
        /**
         * @throws CloudException as {@link Cloud#templates()} does
         */
        List<ImageTemplate> list() throws CloudException;
    }

    /** A client of a cloud that lists no launch templates. */
    public EcsApiClient(AlibabaCalls calls, String region, Map<String, String> stopping, Collection<String> states) {
        this(calls, region, stopping, states, () -> {
            throw new IllegalArgumentException("This cloud lists no templates");
        });
    }

    /**
     * @param stopping additional parameters of StopInstance that only this cloud has
     * @param states all states of an image that this cloud has; by default DescribeImages lists Available images only
     */
    public EcsApiClient(
            AlibabaCalls calls,
            String region,
            Map<String, String> stopping,
            Collection<String> states,
            Templates templates) {
        this.calls = calls;
        this.region = region;
        this.stopping = Map.copyOf(stopping);
        this.states = String.join(",", states);
        this.snapshots = new EcsApiSnapshots(calls, region);
        this.templates = templates;
    }

    @Override
    public CreateAnswer create(ImageRequest request, String token) throws CloudException {
        AlibabaParameters parameters = parameters(request.as(EcsApiRequest.class), token);
        try {
            return AlibabaAnswers.created(calls.call("CreateImage", parameters), request.dryRun());
        } catch (CloudException e) {
            if (request.dryRun() && EcsApiErrors.DRY_RUN_PASSED.equals(e.error().code())) {
                return new CreateAnswer(null, e.error().requestId(), true);
            }
            throw e;
        }
    }

    AlibabaParameters parameters(EcsApiRequest wanted, String token) {
        AlibabaParameters parameters = regional()
                .put("ImageName", wanted.imageName())
                .put("Description", wanted.description())
                .put("InstanceId", wanted.instanceId())
                .put("SnapshotId", wanted.snapshotId())
                .put("Platform", wanted.platform())
                .put("Architecture", wanted.architecture())
                .put("ResourceGroupId", wanted.resourceGroupId())
                .put("ClientToken", token);
        putDisks(parameters, wanted.diskDeviceMapping());
        putTags(parameters, wanted.tags());
        wanted.addOwn(parameters);
        return parameters;
    }

    @Override
    public CreateAnswer copy(CopyRequest request, String token) throws CloudException {
        AlibabaParameters parameters = image(request.imageId())
                .put("DestinationRegionId", request.region())
                .put("DestinationImageName", request.imageName())
                .put("DestinationDescription", request.description())
                .put("KMSKeyId", request.kmsKeyId())
                .put(
                        "ResourceGroupId",
                        request.original().as(EcsApiRequest.class).resourceGroupId())
                .put("ClientToken", token)
                .putIf(request.encrypt(), "Encrypted");
        putTags(parameters, request.tags());
        return AlibabaAnswers.created(calls.call("CopyImage", parameters), false);
    }

    private static void putDisks(AlibabaParameters parameters, List<DiskDeviceMapping> disks) {
        int number = 0;
        for (DiskDeviceMapping disk : disks) {
            number++;
            String prefix = "DiskDeviceMapping." + number + ".";
            parameters
                    .put(prefix + "SnapshotId", disk.snapshotId())
                    .put(prefix + "Size", disk.size())
                    .put(prefix + "Device", disk.device())
                    .put(prefix + "DiskType", disk.diskType());
        }
    }

    private static void putTags(AlibabaParameters parameters, List<ImageTag> tags) {
        int number = 0;
        for (ImageTag tag : tags) {
            number++;
            String prefix = "Tag." + number + ".";
            parameters.put(prefix + "Key", tag.key()).putEvenIfEmpty(prefix + "Value", tag.value());
        }
    }

    @Override
    public List<CloudImage> describe(Collection<String> imageIds) throws CloudException {
        try {
            return page(calls.call("DescribeImages", byIds(imageIds))).images();
        } catch (CloudException e) {
            // Most releases leave unknown ids out; some refuse the call.
            if (e.error().kind() == ErrorKind.NOT_FOUND) {
                return describeEach(List.copyOf(imageIds));
            }
            throw e;
        }
    }

    /** Asks for each image alone, because one of the ids is unknown and the error does not tell which. */
    private List<CloudImage> describeEach(List<String> imageIds) throws CloudException {
        List<CloudImage> images = new ArrayList<>();
        int half = imageIds.size() / 2;
        if (half > 0) {
            images.addAll(describe(imageIds.subList(0, half)));
            images.addAll(describe(imageIds.subList(half, imageIds.size())));
        }
        return images;
    }

    @Override
    public List<CloudImage> findByName(String name) throws CloudException {
        // The filter also matches parts of names.
        return Pages.find(
                number -> page(calls.call(
                        "DescribeImages", own(PAGE).put("ImageName", name).put("PageNumber", number + 1))),
                image -> image.name().equals(name),
                Integer.MAX_VALUE);
    }

    /**
     * The filter for names also finds names that contain the text elsewhere, and the one for tags lists 1,000 images at
     * most, so both are compared here.
     */
    @Override
    public List<CloudImage> find(ImageQuery query) throws CloudException {
        AlibabaParameters parameters = own(PAGE).put("Status", AVAILABLE).put("ImageFamily", query.imageFamily());
        return Pages.find(
                Pages.unchanged(number -> AlibabaAnswers.images(
                        calls.call("DescribeImages", parameters.put("PageNumber", number + 1)),
                        image -> matching(image, query))),
                image -> true,
                Integer.MAX_VALUE);
    }

    /** Images of other accounts can be in a family of the same name. */
    @CheckForNull
    private static CloudImage matching(JsonNode node, ImageQuery query) {
        boolean own = Json.text(node, OWNER) == null || SELF.equals(Json.text(node, OWNER));
        Map<String, String> tags = new HashMap<>();
        node.path("Tags").path("Tag").forEach(tag -> tags.put(Json.word(tag, "TagKey"), Json.word(tag, "TagValue")));
        CloudImage image = image(node);
        return own
                        && AVAILABLE.equalsIgnoreCase(image.cloudState())
                        && query.matches(image, Json.text(node, "ImageFamily"), tags)
                ? image
                : null;
    }

    @Override
    public void delete(String imageId) throws CloudException {
        delete(imageId, false);
    }

    @Override
    public void deleteUsed(String imageId) throws CloudException {
        delete(imageId, true);
    }

    /**
     * The cloud reports success for unknown ids, so the image is looked up first. A copy that is not finished cannot be
     * deleted; to cancel it removes it.
     */
    private void delete(String imageId, boolean force) throws CloudException {
        JsonNode image = find(calls.call("DescribeImages", byIds(List.of(imageId))), imageId);
        boolean copying = image.path("IsCopied").asBoolean() && EcsApiStates.image(image) == ImageState.PENDING;
        if (copying) {
            calls.call("CancelCopyImage", image(imageId));
        } else {
            calls.call("DeleteImage", image(imageId).putIf(force, "Force"));
        }
    }

    private static JsonNode find(JsonNode answer, String imageId) throws CloudException {
        for (JsonNode image : answer.path("Images").path("Image")) {
            if (imageId.equals(Json.text(image, "ImageId"))) {
                return image;
            }
        }
        throw CloudError.of(ErrorKind.NOT_FOUND, SideEffect.NONE)
                .message(Messages.EcsApiClient_noImage(imageId))
                .advice(Messages.EcsApiClient_deleted())
                .exception();
    }

    @Override
    public List<String> instancesUsing(String imageId) throws CloudException {
        return calls.instancesUsing(imageId, image(imageId));
    }

    @Override
    public List<ImageTemplate> templates() throws CloudException {
        return templates.list();
    }

    @Override
    public List<String> snapshotsLeftBy(String imageId) throws CloudException {
        return snapshots.leftBy(imageId, calls.call("DescribeImages", byIds(List.of(imageId))));
    }

    @Override
    public void deleteSnapshot(String snapshotId) throws CloudException {
        snapshots.delete(snapshotId);
    }

    /** {@code IsPublic} is never sent: it would show the image to everybody. */
    @Override
    public void share(String imageId, List<String> accounts) throws CloudException {
        calls.call("ModifyImageSharePermission", numbered(image(imageId), "AddAccount.", accounts));
    }

    @Override
    public void unshare(String imageId, List<String> accounts) throws CloudException {
        calls.call("ModifyImageSharePermission", numbered(image(imageId), "RemoveAccount.", accounts));
    }

    @Override
    public List<String> sharedWith(String imageId) throws CloudException {
        return AlibabaAnswers.accounts(
                "AliyunId",
                number -> calls.call(
                        "DescribeImageSharePermission",
                        image(imageId).put("PageNumber", number).put("PageSize", AlibabaAnswers.ACCOUNTS)));
    }

    private static AlibabaParameters numbered(AlibabaParameters parameters, String prefix, List<String> values) {
        int number = 0;
        for (String value : values) {
            number++;
            parameters.put(prefix + number, value);
        }
        return parameters;
    }

    @Override
    public PowerState powerState(String instanceId) throws CloudException {
        JsonNode answer = calls.call("DescribeInstances", regional().putArray("InstanceIds", List.of(instanceId)));
        return EcsApiStates.power(AlibabaAnswers.instanceStatus(answer, instanceId, CommonTexts.instanceElsewhere()));
    }

    @Override
    public void stop(String instanceId) throws CloudException {
        AlibabaParameters parameters = instance(instanceId).put("ForceStop", false);
        stopping.forEach(parameters::put);
        calls.call("StopInstance", parameters);
    }

    @Override
    public void start(String instanceId) throws CloudException {
        calls.call("StartInstance", instance(instanceId));
    }

    /** The API has no call for it; an exhausted quota shows only when an image is created. */
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
        calls.call("DescribeImages", own(1));
        return "ecs:DescribeImages";
    }

    private AlibabaParameters regional() {
        return new AlibabaParameters().put("RegionId", region);
    }

    private AlibabaParameters instance(String id) {
        return regional().put("InstanceId", id);
    }

    private AlibabaParameters image(String id) {
        return regional().put("ImageId", id);
    }

    private AlibabaParameters own(int size) {
        return anyState(size).put(OWNER, SELF);
    }

    private AlibabaParameters byIds(Collection<String> imageIds) {
        return anyState(PAGE).put("ImageId", String.join(",", imageIds));
    }

    private AlibabaParameters anyState(int size) {
        return regional().put("Status", states).put("PageSize", size);
    }

    private static Pages.Page page(JsonNode answer) throws CloudException {
        return AlibabaAnswers.images(answer, EcsApiClient::image);
    }

    private static CloudImage image(JsonNode image) {
        return new CloudImage(
                image.path("ImageId").asText(),
                Json.word(image, "ImageName"),
                EcsApiStates.image(image),
                Json.word(image, "Status"),
                Json.percent(image, "Progress"),
                Json.instant(image, "CreationTime"),
                null,
                Json.text(image, "Description"));
    }
}
