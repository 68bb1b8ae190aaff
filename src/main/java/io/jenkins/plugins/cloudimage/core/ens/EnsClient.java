package io.jenkins.plugins.cloudimage.core.ens;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Phrases;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaAnswers;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaCalls;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaParameters;
import io.jenkins.plugins.cloudimage.core.http.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Alibaba Cloud ENS, version 2017-11-10. Only DescribeSelfImages tells an image's state. */
final class EnsClient implements Cloud {
    private static final int PAGE = 50;

    private final AlibabaCalls calls;

    EnsClient(AlibabaCalls calls) {
        this.calls = calls;
    }

    /** The API has no token: a create that is sent again makes another image. */
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
        return new CreateAnswer(Json.text(answer, "ImageId"), AlibabaAnswers.requestId(answer), false);
    }

    /** The API takes one id, and that as a part of ids: for several images all of the account are listed. */
    @Override
    public List<CloudImage> describe(Collection<String> imageIds) throws CloudException {
        String filter = imageIds.size() == 1 ? imageIds.iterator().next() : null;
        return list("ImageId", filter, image -> imageIds.contains(text(image, "ImageId")), imageIds.size());
    }

    @Override
    public List<CloudImage> findByName(String name) throws CloudException {
        return list(
                "ImageName",
                name,
                image -> text(image, "ImageName").equals(name)
                        && !text(image, "ImageOwnerAlias").equals("others"),
                Integer.MAX_VALUE);
    }

    /** Reads page after page, for the filters are fuzzy, until enough is found. */
    private List<CloudImage> list(String filter, String value, Predicate<JsonNode> wanted, int enough)
            throws CloudException {
        List<CloudImage> found = new ArrayList<>();
        int page = 0;
        int seen = 0;
        int total;
        int got;
        do {
            page++;
            JsonNode answer = calls.call(
                    "DescribeSelfImages",
                    new AlibabaParameters()
                            .put(filter, value)
                            .put("PageNumber", page)
                            .put("PageSize", PAGE));
            JsonNode images = answer.path("Images").path("Image");
            for (JsonNode image : images) {
                if (wanted.test(image)) {
                    found.add(image(image));
                }
            }
            total = answer.path("TotalCount").asInt();
            got = images.size();
            seen += got;
        } while (got > 0 && seen < total && found.size() < enough);
        return found;
    }

    /** Whether making an image leaves snapshots behind is not documented; none are touched. */
    @Override
    public void delete(String imageId) throws CloudException {
        calls.call("DeleteImage", new AlibabaParameters().put("ImageId", imageId));
    }

    @Override
    public PowerState powerState(String instanceId) throws CloudException {
        JsonNode instance = calls.call(
                        "DescribeInstances", new AlibabaParameters().putArray("InstanceIds", List.of(instanceId)))
                .path("Instances")
                .path("Instance")
                .path(0);
        if (instance.isMissingNode()) {
            throw CloudError.of(ErrorKind.NOT_FOUND, Acted.NO)
                    .message(Phrases.noMachine(instanceId))
                    .advice(Messages.EnsClient_machineElsewhere())
                    .exception();
        }
        return EnsStates.power(text(instance, "Status"));
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

    /** The API has no call for it; a quota that is used up shows only when an image is asked for. */
    @Override
    public Optional<Quota> quota() {
        return Optional.empty();
    }

    @Override
    public String probe() throws CloudException {
        calls.call(
                "DescribeSelfImages",
                new AlibabaParameters().put("PageNumber", 1).put("PageSize", 1));
        return "ens:DescribeSelfImages";
    }

    private static CloudImage image(JsonNode image) {
        String status = text(image, "Status");
        return new CloudImage(
                text(image, "ImageId"),
                text(image, "ImageName"),
                EnsStates.image(status),
                status,
                null,
                Json.instant(image, "CreationTime"),
                Json.text(image, "InstanceId"));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
