package io.jenkins.plugins.cloudimage.simulator;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CopySupport;
import io.jenkins.plugins.cloudimage.core.CopyTarget;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.SharingLimits;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraProvider;
import io.jenkins.plugins.cloudimage.core.creation.BuildReference;
import io.jenkins.plugins.cloudimage.core.creation.CopyPlan;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.ecs.EcsProvider;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudProvider;
import io.jenkins.plugins.cloudimage.core.qcloud.QcloudProvider;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.retention.Retention;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * The life of images in one fake cloud: a first image, and a second one that is copied where the cloud can, is shared,
 * retires the first one, and is found.
 */
final class DemoLife implements Callable<DemoLife.Result> {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Duration DELETED_WITHIN = Duration.ofSeconds(30);
    private static final Options REUSE =
            new Options(false, false, Options.OnIncomplete.KEEP, Options.IfNameExists.REUSE);
    private static final Map<String, String> SECOND_REGIONS = Map.of(
            JdCloudProvider.ID, "cn-east-2",
            TencentProvider.ID, "ap-shanghai",
            QcloudProvider.ID, "ap-shanghai",
            ApsaraProvider.ID, "cn-qingdao-env17-d02",
            EcsProvider.ID, "cn-shanghai");

    private final SimulatedCloud<?> simulated;
    private final CloudConnection connection;
    private final DemoEngine engine;
    private final Clouds clouds;
    private final Consumer<String> out;

    DemoLife(
            SimulatedCloud<?> simulated,
            CloudConnection connection,
            DemoEngine engine,
            Clouds clouds,
            Consumer<String> out) {
        this.simulated = simulated;
        this.connection = connection;
        this.engine = engine;
        this.clouds = clouds;
        this.out = out;
    }

    /**
     * What has become of the images.
     *
     * @param images how many are left in the cloud, copies included
     * @param shares the accounts with which the second image is shared
     * @param found the id of the newest image
     */
    record Result(Creation first, Creation second, boolean retired, int images, List<String> shares, String found) {

        /** The first image is gone, and the second one and its copies are all that is left. */
        boolean isAsExpected() {
            return first.outcome() == Outcome.READY
                    && second.outcome() == Outcome.READY
                    && retired
                    && images == 1 + second.copies().size()
                    && shares.size() == 1
                    && second.imageId().equals(found);
        }
    }

    @Override
    public Result call() throws Exception {
        Creation first = bake(1, "web-1", Options.DEFAULTS, CopyPlan.NONE);
        String region = SECOND_REGIONS.get(simulated.id());
        CopySupport support = clouds.provider(simulated.id()).capabilities().copies();
        boolean later = support != null && support.byNameOnly();
        Creation second = bake(
                2,
                "web-2",
                Options.DEFAULTS
                        .sharedWith(later ? List.of() : List.of(account()))
                        .retiring(new Retention(1, null, false)),
                region == null ? CopyPlan.NONE : CopyPlan.of(List.of(new CopyTarget(region)), false));
        if (later) {
            bake(3, "web-2", REUSE.sharedWith(List.of(account())), CopyPlan.NONE);
        }
        boolean retired = awaitDeletion(first.imageId());
        out.accept(retired ? "retired " + first.imageId() : "STILL THERE: " + first.imageId());
        CloudImage newest = engine.newest(connection, "web-");
        String found = newest == null ? null : newest.id();
        out.accept("the newest image is " + found);
        return new Result(
                first,
                second,
                retired,
                simulated.images().all().size(),
                ((FakeAccount) simulated.cloud()).shares().of(second.imageId()),
                found);
    }

    private String account() {
        SharingLimits.AccountIds ids =
                clouds.provider(simulated.id()).capabilities().sharing().ids();
        return ids == SharingLimits.AccountIds.NAMES ? "partner" : "100012345678";
    }

    private Creation bake(int build, String name, Options options, CopyPlan copies) throws Exception {
        ImageRequest request = simulated.request().withImageName(name);
        Creation planned = Creation.plan(
                new BuildReference("bake-" + simulated.id() + "#" + build, "demo", "simulator"),
                request,
                options,
                copies,
                CLOCK.instant(),
                TIMEOUT);
        return engine.run(planned, creation -> out.accept(request.imageName() + ": " + DemoNews.of(creation)));
    }

    /** That an image is gone for good takes two minutes of listings without it, which the demonstration does not await. */
    private boolean awaitDeletion(String imageId) throws InterruptedException {
        long end = System.nanoTime() + DELETED_WITHIN.toNanos();
        while (isThere(imageId) && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        return !isThere(imageId);
    }

    private boolean isThere(String imageId) {
        return simulated.images().all().stream().anyMatch(image -> image.id().equals(imageId));
    }
}
