package io.jenkins.plugins.cloudimage.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Copies of images between the regions of a fake account with the ECS API. Five copies of a region are made at a time,
 * the others wait; neither a copy that is being made nor its source can be deleted, but the copy can be cancelled.
 */
public final class FakeEcsCopies {
    private static final int AT_ONCE = 5;

    private final Clock clock;
    private final FakeImages images;
    private final List<Map<String, String>> calls = new ArrayList<>();
    private final Map<String, Copy> copies = new LinkedHashMap<>();

    private record Copy(String source, String region, Instant begin) {}

    FakeEcsCopies(Clock clock, FakeImages images) {
        this.clock = clock;
        this.images = images;
    }

    /** The parameters of every copy that was carried out. */
    public synchronized List<Map<String, String>> calls() {
        return List.copyOf(calls);
    }

    synchronized Answer refusal(Map<String, String> call) {
        String region = call.get("RegionId");
        String target = call.getOrDefault("DestinationRegionId", "");
        String name = call.getOrDefault("DestinationImageName", "");
        boolean encrypted = call.getOrDefault("Encrypted", "").equals("true");
        Optional<FakeImage> source = images.find(call.getOrDefault("ImageId", ""), region);
        if (!target.matches("[a-z]+-[a-z0-9-]+")) {
            return refuse(404, "DestinationRegion.NotFound", "The specified DestinationRegionId is not found.");
        }
        if (target.equals(region) && !encrypted) {
            return refuse(400, "IncorrectDestinationRegion", "The destination region is the region of the image.");
        }
        if (call.containsKey("KMSKeyId") && !encrypted) {
            return refuse(400, "InvalidParameter.EncryptedIllegal", "KMSKeyId demands Encrypted.");
        }
        if (source.isEmpty()) {
            return refuse(404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");
        }
        if (!images.finished(source.get()) || source.get().fails()) {
            return refuse(403, "IncorrectImageStatus", "The current status of the image does not support it.");
        }
        if (images.isShared(source.get()) && !target.equals(region)) {
            return refuse(403, "OperationDenied.SameRegionOnly", "Shared images are copied in their region only.");
        }
        return !name.isEmpty() && images.isTaken(name, target)
                ? refuse(400, "InvalidImageName.Duplicated", "The specified Image name has already been used.")
                : null;
    }

    synchronized FakeImage make(Map<String, String> call) {
        String region = call.get("RegionId");
        Instant now = clock.instant();
        List<Instant> ends = copies.entrySet().stream()
                .filter(copy -> copy.getValue().region().equals(region))
                .flatMap(copy -> images.find(copy.getKey()).stream())
                .filter(image -> !images.finished(image))
                .map(FakeImage::finished)
                .sorted()
                .toList();
        Instant begin = ends.size() < AT_ONCE ? now : ends.get(ends.size() - AT_ONCE);
        FakeImage image = images.create(
                call.getOrDefault("DestinationImageName", ""), null, call.get("DestinationDescription"), begin);
        images.place(image, call.get("DestinationRegionId"));
        copies.put(image.id(), new Copy(call.get("ImageId"), region, begin));
        calls.add(new TreeMap<>(call));
        return image;
    }

    synchronized Answer refusalToCancel(Map<String, String> call) {
        String id = call.getOrDefault("ImageId", "");
        Optional<FakeImage> image = images.find(id, call.get("RegionId"));
        if (image.isEmpty()) {
            return refuse(404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");
        }
        if (!isCopy(id)) {
            return refuse(403, "ImageCreatedNotFromCopy", "The specified image is not a copy.");
        }
        return images.finished(image.get())
                ? refuse(403, "IncorrectImageStatus", "The current status of the image does not support it.")
                : null;
    }

    synchronized boolean isCopy(String id) {
        return copies.containsKey(id);
    }

    synchronized boolean isWaiting(String id) {
        return isCopy(id) && clock.instant().isBefore(copies.get(id).begin());
    }

    /** Whether an image is a copy that is being made, or the source of one. */
    synchronized boolean isCopying(String id) {
        return copies.entrySet().stream()
                .filter(copy ->
                        copy.getKey().equals(id) || copy.getValue().source().equals(id))
                .flatMap(copy -> images.find(copy.getKey()).stream())
                .anyMatch(image -> !images.finished(image));
    }

    private static Answer refuse(int status, String code, String message) {
        return new AlibabaRefusal(status, code, message).answer();
    }
}
