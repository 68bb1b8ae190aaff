package io.jenkins.plugins.cloudimage.core.alibaba.ecsapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaCalls;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaParameters;
import io.jenkins.plugins.cloudimage.core.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The snapshots that CreateImage makes. They can be identified only while their image exists, and deleted only
 * afterwards.
 */
final class EcsApiSnapshots {
    private final AlibabaCalls calls;
    private final String region;

    EcsApiSnapshots(AlibabaCalls calls, String region) {
        this.calls = calls;
        this.region = region;
    }

    /**
     * An image lists the snapshots of its disks, whoever made them. Snapshots that are older than the image were not
     * made for it.
     */
    List<String> leftBy(String imageId, JsonNode described) throws CloudException {
        for (JsonNode image : described.path("Images").path("Image")) {
            // Only snapshots that were asked for may be deleted, even if a gateway ignores the filter.
            if (imageId.equals(Json.text(image, "ImageId"))) {
                return leftBy(image);
            }
        }
        return List.of();
    }

    private List<String> leftBy(JsonNode image) throws CloudException {
        List<String> ids = new ArrayList<>();
        for (JsonNode disk : image.path("DiskDeviceMappings").path("DiskDeviceMapping")) {
            String id = Json.text(disk, "SnapshotId");
            if (id != null) {
                ids.add(id);
            }
        }
        Instant made = Json.instant(image, "CreationTime");
        return ids.isEmpty() || made == null ? List.of() : notOlder(ids, made);
    }

    private List<String> notOlder(List<String> ids, Instant made) throws CloudException {
        JsonNode answer = calls.call(
                "DescribeSnapshots", regional().putArray("SnapshotIds", ids).put("PageSize", EcsApiClient.PAGE));
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

    void delete(String snapshotId) throws CloudException {
        calls.call("DeleteSnapshot", regional().put("SnapshotId", snapshotId));
    }

    private AlibabaParameters regional() {
        return new AlibabaParameters().put("RegionId", region);
    }
}
