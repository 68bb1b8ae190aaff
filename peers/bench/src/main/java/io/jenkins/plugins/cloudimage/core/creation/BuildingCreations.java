package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.tencent.TencentImageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A record as it is in the ledger while an image is being made. */
public final class BuildingCreations {
    private BuildingCreations() {}

    /** Makes the record of one of many images, as the engine saves it when the account is known. */
    public static Creation creation(int number, Instant now, String account) {
        Creation planned = Creation.plan(
                new BuildReference("folder/bake-web#" + number, "tencent-prod", null),
                new TencentImageRequest(
                        "ap-guangzhou",
                        "web-" + number,
                        "nightly web tier",
                        "ins-6pb6lrmy",
                        null,
                        false,
                        false,
                        null,
                        false),
                Options.DEFAULTS,
                now,
                Duration.ofHours(2));
        String requestId = UUID.randomUUID().toString();
        return planned.to(Phase.BUILDING)
                .copy()
                .account(account)
                .submission(Submission.NONE.leaving(now, now).accepted(requestId))
                .image(ImageStatus.of(String.format("img-%08x", number), ImageStatus.Ownership.PROVEN))
                .build();
    }
}
