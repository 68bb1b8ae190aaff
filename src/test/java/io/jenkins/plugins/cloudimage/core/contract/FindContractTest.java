package io.jenkins.plugins.cloudimage.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.TagFilter;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraImageRequest;
import io.jenkins.plugins.cloudimage.core.creation.TestCloud;
import io.jenkins.plugins.cloudimage.core.ecs.EcsImageRequest;
import io.jenkins.plugins.cloudimage.core.tencent.TencentImageRequest;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaEcs;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the client of every cloud finds the account's own usable images, and no others. */
class FindContractTest {
    private final VirtualTime time = new VirtualTime();

    private Connected connect(TestCloud kind) {
        Connected at = new Connected(kind, time, time);
        at.account.images().take(Duration.ZERO);
        return at;
    }

    private static ImageQuery named(String prefix) {
        return new ImageQuery(prefix, null, null, null);
    }

    private static ImageQuery family(String family) {
        return new ImageQuery(null, family, null, null);
    }

    private static ImageQuery tagged(String tag) {
        return new ImageQuery(null, null, TagFilter.of(tag), null);
    }

    private static Set<String> found(Cloud cloud, ImageQuery query) throws CloudException {
        Set<String> ids = new TreeSet<>();
        for (CloudImage image : cloud.find(query)) {
            ids.add(image.id());
        }
        return ids;
    }

    private String create(Connected at, ImageRequest request) throws CloudException {
        String id = at.cloud.create(request, "token-" + request.imageName()).imageId();
        time.pass(Duration.ofMinutes(1));
        return id == null ? at.cloud.findByName(request.imageName()).get(0).id() : id;
    }

    @ParameterizedTest
    @EnumSource
    void theNewestOfManyPagesIsFound(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            for (int i = 0; i < 120; i++) {
                at.cloud.create(at.request("web-1-" + i), "token-" + i);
                time.pass(Duration.ofSeconds(1));
            }
            at.cloud.create(at.request("other-web-1"), "token");
            time.pass(Duration.ofMinutes(1));
            int before = at.server.calls().size();

            List<CloudImage> images = at.cloud.find(named("web-1"));

            assertEquals(120, images.size());
            assertEquals("web-1-119", ImageQuery.newest(images).orElseThrow().name());
            List<String> calls = at.server.calls();
            String describe =
                    Connected.action(at.provider.permissions().always().get(1));
            assertEquals(Set.of(describe), Set.copyOf(calls.subList(before, calls.size())));
            assertEquals(Set.of(), found(at.cloud, named("WEB-1")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyUsableImagesOfTheAccountCount(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String usable = create(at, at.request("web-1"));
            at.account.images().receive("web-shared");
            at.account.images().fail(true);
            at.cloud.create(at.request("web-failed"), "token-failed");
            at.account.images().fail(false);
            at.account.images().take(Duration.ofMinutes(10));
            at.cloud.create(at.request("web-pending"), "token-pending");

            assertEquals(Set.of(usable), found(at.cloud, named("web-")));
            assertEquals(5 - 1, at.account.images().all().size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anImageIsFoundAmongIds(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String first = create(at, at.request("web-1"));
            String second = create(at, at.request("db-1"));
            ImageQuery any = new ImageQuery(null, null, null, null);

            assertEquals(Set.of(second), found(at.cloud, any.among(Set.of(second, Connected.unknown(first)))));
            assertEquals(Set.of(), found(at.cloud, named("web-").among(Set.of(second))));
            assertEquals(Set.of(), found(at.cloud, any.among(Set.of())));
        }
    }

    static Stream<TestCloud> withTags() {
        return Arrays.stream(TestCloud.values()).filter(kind -> criteria(kind).contains(ImageQuery.Criterion.TAG));
    }

    static Stream<TestCloud> withFamilies() {
        return Arrays.stream(TestCloud.values())
                .filter(kind -> criteria(kind).contains(ImageQuery.Criterion.IMAGE_FAMILY));
    }

    private static Set<ImageQuery.Criterion> criteria(TestCloud kind) {
        VirtualTime time = new VirtualTime();
        try (Connected at = new Connected(kind, time, time)) {
            return at.provider.capabilities().criteria();
        }
    }

    /** An image with the tags {@code env} and {@code empty}, in a family where the cloud has families. */
    private static ImageRequest request(Connected at, TestCloud kind, String name, String env, String family) {
        String instance = at.source();
        List<ImageTag> tags = new ArrayList<>(List.of(new ImageTag("empty", "")));
        if (env != null) {
            tags.add(new ImageTag("env", env));
        }
        return switch (kind) {
            case ALIBABA_ECS ->
                new EcsImageRequest(
                        kind.region,
                        name,
                        null,
                        instance,
                        null,
                        null,
                        null,
                        null,
                        null,
                        tags,
                        null,
                        family,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false);
            case APSARA_STACK ->
                new ApsaraImageRequest(
                        kind.region, name, null, instance, null, null, null, null, null, tags, null, null);
            default ->
                new TencentImageRequest(
                        kind.region, name, null, instance, null, false, false, null, false, tags, family);
        };
    }

    @ParameterizedTest
    @MethodSource("withTags")
    void anImageIsFoundByItsTag(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String test = create(at, request(at, kind, "web-1", "test", null));
            String prod = create(at, request(at, kind, "web-2", "prod", null));
            String none = create(at, request(at, kind, "web-3", null, null));

            assertEquals(Set.of(prod), found(at.cloud, tagged("env=prod")));
            assertEquals(Set.of(test, prod), found(at.cloud, tagged("env")));
            assertEquals(Set.of(test, prod, none), found(at.cloud, tagged("empty=")));
            assertEquals(Set.of(), found(at.cloud, tagged("env=pro")));
            assertEquals(Set.of(), found(at.cloud, tagged("prod")));
        }
    }

    @ParameterizedTest
    @MethodSource("withFamilies")
    void anImageIsFoundByItsFamilyUntilItIsDeprecated(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String first = create(at, request(at, kind, "web-1", "test", "web"));
            String second = create(at, request(at, kind, "web-2", "prod", "web"));
            create(at, request(at, kind, "web-3", "prod", "web-next"));
            create(at, request(at, kind, "web-4", "prod", null));

            assertEquals(Set.of(first, second), found(at.cloud, family("web")));
            assertEquals(
                    Set.of(second), found(at.cloud, new ImageQuery("web-", "web", TagFilter.of("env=prod"), null)));

            if (at.account.fake() instanceof FakeAlibabaEcs ecs) {
                ecs.deprecate(second);
            } else {
                ((FakeTencentCloud) at.account.fake()).deprecate(second);
            }
            assertEquals(Set.of(first), found(at.cloud, family("web")));
        }
    }
}
