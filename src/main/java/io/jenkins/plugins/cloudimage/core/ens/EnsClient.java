package io.jenkins.plugins.cloudimage.core.ens;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaAnswers;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaCalls;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaParameters;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.Pages;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client of Alibaba Cloud ENS, version 2017-11-10. Only DescribeSelfImages returns an image's state. */
final class EnsClient implements Cloud {
    private static final int PAGE = 50;
    private static final String SHARING = "ModifyImageSharePermission";

    private final AlibabaCalls calls;

    EnsClient(AlibabaCalls calls) {
        this.calls = calls;
    }

    /** The API has no idempotency token: a create that is sent again makes another image. */
    @Override
    public CreateAnswer create(ImageRequest request, String token) throws CloudException {
        EnsImageRequest wanted = request.as(EnsImageRequest.class);
        JsonNode answer = calls.call(
                "CreateImage",
                new AlibabaParameters()
                        .put("ImageName", wanted.imageName())
                        .put("InstanceId", wanted.instanceId())
                        .put("SnapshotId", wanted.snapshotId())
                        .putIf(wanted.withDataDisks(), "WithDataDisks")
                        .putIf(wanted.deleteAfterImageUpload(), "DeleteAfterImageUpload")
                        .put("TargetOSSRegionId", wanted.targetOSSRegionId()));
        return AlibabaAnswers.created(answer, false);
    }

    /** The API takes one id and also matches parts of ids. For several images, all images of the account are listed. */
    @Override
    public List<CloudImage> describe(Collection<String> imageIds) throws CloudException {
        String filter = imageIds.size() == 1 ? imageIds.iterator().next() : null;
        return Pages.find(
                number -> page("ImageId", filter, number, EnsClient::image),
                image -> imageIds.contains(image.id()),
                imageIds.size());
    }

    @Override
    public List<CloudImage> findByName(String name) throws CloudException {
        return Pages.find(
                number -> page("ImageName", name, number, EnsClient::ownImage),
                image -> image.name().equals(name),
                Integer.MAX_VALUE);
    }

    @Override
    public List<CloudImage> find(ImageQuery query) throws CloudException {
        return Pages.find(
                Pages.unchanged(number -> page("ImageName", null, number, EnsClient::ownImage)),
                image -> query.matches(image, null, Map.of()),
                Integer.MAX_VALUE);
    }

    private Pages.Page page(String filter, @CheckForNull String value, int number, Pages.Entry entry)
            throws CloudException {
        JsonNode answer = calls.call(
                "DescribeSelfImages",
                new AlibabaParameters()
                        .put(filter, value)
                        .put("PageNumber", number + 1)
                        .put("PageSize", PAGE));
        return AlibabaAnswers.images(answer, entry);
    }

    /** It is not documented whether making an image leaves snapshots, so none are deleted. */
    @Override
    public void delete(String imageId) throws CloudException {
        try {
            calls.call("DeleteImage", new AlibabaParameters().put("ImageId", imageId));
        } catch (CloudException e) {
            CloudError error = e.error();
            throw EnsErrors.leavesOpenWhetherItExists(error)
                            && describe(List.of(imageId)).isEmpty()
                    ? EnsErrors.gone(error).exception()
                    : new CloudException(EnsErrors.ofDelete(error), e.getCause());
        }
    }

    @Override
    public List<String> instancesUsing(String imageId) throws CloudException {
        return calls.instancesUsing(imageId, new AlibabaParameters().put("ImageId", imageId));
    }

    @Override
    public void share(String imageId, List<String> accounts) throws CloudException {
        calls.call(
                SHARING,
                new AlibabaParameters().put("ImageId", imageId).put("AddAccounts", String.join(",", accounts)));
    }

    @Override
    public void unshare(String imageId, List<String> accounts) throws CloudException {
        calls.call(
                SHARING,
                new AlibabaParameters().put("ImageId", imageId).put("RemoveAccounts", String.join(",", accounts)));
    }

    @Override
    public List<String> sharedWith(String imageId) throws CloudException {
        return AlibabaAnswers.accounts(
                "AliyunUid",
                number -> calls.call(
                        "DescribeImageSharePermission",
                        new AlibabaParameters()
                                .put("ImageId", imageId)
                                .put("PageNumber", number)
                                .put("PageSize", AlibabaAnswers.ACCOUNTS)));
    }

    @Override
    public PowerState powerState(String instanceId) throws CloudException {
        JsonNode answer =
                calls.call("DescribeInstances", new AlibabaParameters().putArray("InstanceIds", List.of(instanceId)));
        return EnsStates.power(
                AlibabaAnswers.instanceStatus(answer, instanceId, Messages.EnsErrors_instanceElsewhere()));
    }

    @Override
    public void stop(String instanceId) throws CloudException {
        calls.call(
                "StopInstance",
                new AlibabaParameters().put("InstanceId", instanceId).put("ForceStop", false));
    }

    @Override
    public void start(String instanceId) throws CloudException {
        calls.call("StartInstance", new AlibabaParameters().put("InstanceId", instanceId));
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
        calls.call(
                "DescribeSelfImages",
                new AlibabaParameters().put("PageNumber", 1).put("PageSize", 1));
        return "ens:DescribeSelfImages";
    }

    private static CloudImage ownImage(JsonNode image) {
        return "others".equals(Json.text(image, "ImageOwnerAlias")) ? null : image(image);
    }

    private static CloudImage image(JsonNode image) {
        String status = Json.word(image, "Status");
        return new CloudImage(
                image.path("ImageId").asText(),
                Json.word(image, "ImageName"),
                EnsStates.image(status),
                status,
                null,
                Json.instant(image, "CreationTime"),
                Json.text(image, "InstanceId"),
                null);
    }
}
