package io.jenkins.plugins.cloudimage.core.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes images with the snapshots that CreateImage made for them. Those snapshots can be told apart only while the
 * image exists, and deleted only when it does not, so what is left is remembered and the next call goes on with it.
 */
final class EcsApiDeletion {
    private final AlibabaCalls calls;
    private final SnapshotLeftovers leftovers;

    EcsApiDeletion(AlibabaCalls calls, SnapshotLeftovers leftovers) {
        this.calls = calls;
        this.leftovers = leftovers;
    }

    /** Goes on with what an earlier call left, or begins with the image if there is one. */
    void delete(String region, String imageId) throws CloudException {
        JsonNode image = find(region, imageId);
        if (!image.isMissingNode()) {
            leftovers.set(imageId, madeFor(region, image));
            calls.call("DeleteImage", regional(region).put("ImageId", imageId));
        } else if (leftovers.of(imageId).isEmpty()) {
            throw CloudError.of(ErrorKind.NOT_FOUND, Acted.NO)
                    .message("There is no image " + imageId)
                    .advice("It was probably deleted before.")
                    .exception();
        }
        deleteSnapshots(region, imageId);
    }

    /** What is deleted must be what was asked for, even where a gateway has dropped the filter. */
    private JsonNode find(String region, String imageId) throws CloudException {
        JsonNode answer = calls.call(
                "DescribeImages",
                regional(region)
                        .put("ImageId", imageId)
                        .put("Status", EcsApiStates.ALL)
                        .put("PageSize", EcsApiClient.PAGE));
        for (JsonNode image : answer.path("Images").path("Image")) {
            if (imageId.equals(Json.text(image, "ImageId"))) {
                return image;
            }
        }
        // Throws if this was no list at all.
        AlibabaAnswers.images(answer, EcsApiClient::image);
        return MissingNode.getInstance();
    }

    private void deleteSnapshots(String region, String imageId) throws CloudException {
        List<String> left = new ArrayList<>(leftovers.of(imageId));
        CloudException failure = null;
        for (String snapshot : leftovers.of(imageId)) {
            try {
                calls.call("DeleteSnapshot", regional(region).put("SnapshotId", snapshot));
                left.remove(snapshot);
            } catch (CloudException e) {
                failure = e;
            }
        }
        leftovers.set(imageId, left);
        if (failure != null) {
            CloudError error = failure.error();
            throw new CloudException(
                    error.message("The image " + imageId + " is deleted, but its snapshots " + String.join(", ", left)
                            + " are not yet: " + error.message()),
                    failure);
        }
    }

    /** An image's disks name their snapshots, whoever made them; what is older than the image was not made for it. */
    private List<String> madeFor(String region, JsonNode image) throws CloudException {
        List<String> ids = new ArrayList<>();
        for (JsonNode disk : image.path("DiskDeviceMappings").path("DiskDeviceMapping")) {
            String id = Json.text(disk, "SnapshotId");
            if (id != null) {
                ids.add(id);
            }
        }
        Instant made = Json.instant(image, "CreationTime");
        if (ids.isEmpty() || made == null) {
            return List.of();
        }
        JsonNode answer = calls.call(
                "DescribeSnapshots",
                regional(region).putArray("SnapshotIds", ids).put("PageSize", EcsApiClient.PAGE));
        List<String> madeForIt = new ArrayList<>();
        for (JsonNode snapshot : answer.path("Snapshots").path("Snapshot")) {
            Instant taken = Json.instant(snapshot, "CreationTime");
            String id = Json.text(snapshot, "SnapshotId");
            if (ids.contains(id) && taken != null && !taken.isBefore(made)) {
                madeForIt.add(id);
            }
        }
        return madeForIt;
    }

    private static AlibabaParameters regional(String region) {
        return new AlibabaParameters().put("RegionId", region);
    }
}
