package io.jenkins.plugins.cloudimage.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.ImageTemplate.Kind;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.creation.TestCloud;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTemplates;
import io.jenkins.plugins.cloudimage.simulator.FakeTemplates.Configuration;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.Received;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the client of every cloud that can finds what names an image, or fails. */
class TemplatesContractTest {
    private static final int MANY = 130;

    private final VirtualTime time = new VirtualTime();

    static Stream<TestCloud> clouds() {
        return Stream.of(TestCloud.JD_CLOUD, TestCloud.TENCENT, TestCloud.ALIBABA_ECS);
    }

    static Stream<TestCloud> withVersions() {
        return Stream.of(TestCloud.TENCENT, TestCloud.ALIBABA_ECS);
    }

    /** An account with its templates, and the service for scaling groups if the cloud has one of its own. */
    private final class World implements AutoCloseable {
        final Connected at;
        final FakeTemplates templates;
        final FakeServer scaling;
        final Cloud cloud;

        World(TestCloud kind) {
            at = new Connected(kind, time, time);
            FakeTemplates.Account account = (FakeTemplates.Account) at.account.fake();
            templates = account.templates();
            FakeCloud service = account.scalingService();
            scaling = service == null ? null : new FakeServer(service);
            cloud = at.withScaling(scaling == null ? null : scaling.endpoint());
        }

        List<String> calls() {
            List<String> calls = new ArrayList<>(at.server.calls());
            if (scaling != null) {
                calls.addAll(scaling.calls());
            }
            return calls;
        }

        FakeServer server(String permission) {
            return permission.startsWith("as:") || permission.startsWith("ess:") ? scaling : at.server;
        }

        @Override
        public void close() {
            at.close();
            if (scaling != null) {
                scaling.close();
            }
        }
    }

    /** A template disappears before its versions are read. */
    private record Deleting(FakeCloud cloud, FakeTemplates templates, String id) implements FakeCloud {

        @Override
        public String action(Received request) {
            return cloud.action(request);
        }

        @Override
        public Answer answer(Received request) {
            if (action(request).equals("DescribeLaunchTemplateVersions")) {
                templates.remove(id);
            }
            return cloud.answer(request);
        }

        @Override
        public Answer throttled() {
            return cloud.throttled();
        }
    }

    private static boolean names(List<ImageTemplate> all, Kind kind, String id, String image) {
        return all.contains(new ImageTemplate(kind, id, image));
    }

    @Test
    void onlyACloudThatListsThemNeedsPermissionsForThem() {
        for (CloudProvider provider : new Clouds(TestTransport.direct(), Clock.systemUTC()).all()) {
            assertEquals(
                    provider.templates().isPresent(),
                    !provider.permissions().templates().isEmpty(),
                    provider.id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCloudThatListsNoneIsNotAsked(TestCloud kind) {
        try (Connected at = new Connected(kind, time, time)) {
            if (at.provider.templates().isEmpty()) {
                assertThrows(IllegalArgumentException.class, at.cloud::templates);
                assertEquals(List.of(), at.server.calls());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aTemplateIsFoundAmongMany(TestCloud kind) throws CloudException {
        try (World world = new World(kind)) {
            assertEquals(List.of(), world.cloud.templates());
            int number = kind == TestCloud.JD_CLOUD ? MANY : 25;
            for (int i = 0; i < number; i++) {
                world.templates.addVersion(String.format("lt-%03d", i), "img-other");
            }
            world.templates.addVersion("lt-zz", "img-mine");

            List<ImageTemplate> all = world.cloud.templates();

            assertTrue(names(all, Kind.LAUNCH_TEMPLATE, "lt-zz", "img-mine"));
            assertTrue(names(all, Kind.LAUNCH_TEMPLATE, "lt-000", "img-other"));
            assertEquals(number + 1, all.size());
            Set<String> allowed = Set.copyOf(world.at.provider.permissions().templates().stream()
                    .map(Connected::action)
                    .toList());
            assertEquals(allowed, Set.copyOf(world.calls()));
        }
    }

    /** A scaling group may use an old version. */
    @ParameterizedTest
    @MethodSource("withVersions")
    void everyVersionCounts(TestCloud kind) throws CloudException {
        try (World world = new World(kind)) {
            world.templates.addVersion("lt-1", "img-first");
            for (int i = 0; i < MANY; i++) {
                world.templates.addVersion("lt-1", i % 2 == 0 ? "" : "img-middle");
            }
            world.templates.addVersion("lt-1", "img-last");

            List<ImageTemplate> all = world.cloud.templates();

            for (String image : List.of("img-first", "img-middle", "img-last")) {
                assertTrue(names(all, Kind.LAUNCH_TEMPLATE, "lt-1", image), image);
            }
            assertTrue(all.stream().noneMatch(template -> template.names("", "")));
        }
    }

    @ParameterizedTest
    @MethodSource("withVersions")
    void scalingConfigurationsAreFoundAmongMany(TestCloud kind) throws CloudException {
        try (World world = new World(kind)) {
            for (int i = 0; i < MANY; i++) {
                world.templates.configure("asc-" + i, "img-" + i);
            }
            world.templates.configure("asc-family", new Configuration("", "", "web"));

            List<ImageTemplate> all = world.cloud.templates();

            for (int i = 0; i < MANY; i++) {
                assertTrue(names(all, Kind.SCALING_CONFIGURATION, "asc-" + i, "img-" + i), "asc-" + i);
            }
            assertTrue(all.stream().noneMatch(template -> template.names("web", "web")));
        }
    }

    @Test
    void aScalingConfigurationMayNameAnImageByItsName() throws CloudException {
        try (World world = new World(TestCloud.ALIBABA_ECS)) {
            world.templates.configure("asc-1", new Configuration("", "web-7", ""));

            Optional<ImageTemplate> found = world.cloud.templates().stream()
                    .filter(template -> template.names("m-7", "web-7"))
                    .findFirst();

            assertEquals("asc-1", found.orElseThrow().id());
        }
    }

    @Test
    void anAccountWithoutAutoScalingHasNoConfigurations() throws CloudException {
        try (World world = new World(TestCloud.ALIBABA_ECS)) {
            world.templates.addVersion("lt-1", "m-1").deactivate();

            assertEquals(List.of(new ImageTemplate(Kind.LAUNCH_TEMPLATE, "lt-1", "m-1")), world.cloud.templates());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aFailedCallNeverLooksLikeNoTemplate(TestCloud kind) throws CloudException {
        try (World world = new World(kind)) {
            world.templates.addVersion("lt-1", "img-1").configure("asc-1", "img-1");
            for (String permission : world.at.provider.permissions().templates()) {
                for (Fault fault : List.of(
                        Fault.LOSE_ANSWER, Fault.GATEWAY_AFTER, Fault.THROTTLED, Fault.BODY_CUT, Fault.BROKEN_JSON)) {
                    world.server(permission).faults().next(Connected.action(permission), fault);
                    CloudError error = Connected.error(world.cloud::templates);
                    assertTrue(error.kind().isRetryable(), () -> permission + " " + fault + ": " + error.text());
                }
            }
            time.pass(Duration.ofMinutes(2));
            assertFalse(world.cloud.templates().isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aMissingPermissionIsTold(TestCloud kind) throws CloudException {
        try (World world = new World(kind)) {
            world.templates.addVersion("lt-1", "img-1").deny(true);
            assertEquals(
                    ErrorKind.PERMISSION,
                    Connected.error(world.cloud::templates).kind());
            world.templates.deny(false);
            if (world.scaling != null) {
                world.templates.denyScaling();
                assertEquals(
                        ErrorKind.PERMISSION,
                        Connected.error(world.cloud::templates).kind());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("withVersions")
    void withoutTheServiceForScalingGroupsNothingIsSent(TestCloud kind) {
        try (World world = new World(kind)) {
            Cloud unknowing = world.at.cloud;
            assertEquals(
                    ErrorKind.INVALID_REQUEST,
                    Connected.error(unknowing::templates).kind());
            assertEquals(List.of(), world.calls());
            assertFalse(world.at.provider.templates().orElseThrow().isComplete(null));
        }
    }

    /** The list of templates is read first, then the versions of each. */
    @ParameterizedTest
    @MethodSource("withVersions")
    void aTemplateThatIsDeletedMeanwhileIsReadAgain(TestCloud kind) throws CloudException {
        try (World world = new World(kind)) {
            world.templates.addVersion("lt-1", "img-1").addVersion("lt-2", "img-2");
            FakeCloud deleting = new Deleting(world.at.account.fake(), world.templates, "lt-2");
            try (FakeServer server = new FakeServer(deleting)) {
                Cloud cloud = world.at.provider.connect(new CloudConnection(
                                kind.id, server.endpoint(), kind.region, world.at.account.key(), kind.settings())
                        .withScaling(world.scaling.endpoint()));
                CloudError error = Connected.error(cloud::templates);
                assertTrue(error.kind().isRetryable(), error::text);
                assertEquals(1, cloud.templates().size());
            }
        }
    }
}
