package io.jenkins.plugins.cloudimage.core.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.CopyTarget;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeQcloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTemplates;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each cloud's page tells its parameters, the calls that its key makes and the meaning of its codes. */
class CloudPagesTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Clouds CLOUDS = new Clouds(TestTransport.direct(), CLOCK);
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<String> clouds() {
        return CLOUDS.all().stream().map(CloudProvider::id);
    }

    private static Markdown page(String cloud) throws IOException {
        return Markdown.read(Path.of("docs/clouds", cloud + ".md"));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void theIndexLeadsToThePage(String cloud) throws IOException {
        List<String> links = Markdown.read(Path.of("docs/parameters.md")).links();

        assertTrue(links.contains("clouds/" + cloud + ".md"), links.toString());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void thePageTellsEveryParameterAndNoOther(String cloud) throws IOException {
        Set<String> parameters =
                parameters(CLOUDS.provider(cloud).requestType(), "").collect(Collectors.toCollection(TreeSet::new));
        parameters.add("endpoint");

        Set<String> told = page(cloud).section("Parameters").rows().stream()
                .flatMap(row -> Markdown.code(row.get(0)).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(parameters, told);
    }

    private static Stream<String> parameters(Class<?> type, String path) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> {
            String name = path + component.getName();
            boolean list = component.getType() == List.class;
            Class<?> element = list ? element(component) : component.getType();
            Stream<String> inner =
                    element.isRecord() ? parameters(element, name + (list ? "[]." : ".")) : Stream.empty();
            return Stream.concat(Stream.of(name), inner);
        });
    }

    private static Class<?> element(RecordComponent list) {
        return (Class<?>) ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
    }

    private interface Calls {
        void of(Cloud cloud) throws CloudException;
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void thePoliciesAllowTheCallsThatAreMade(String id) throws Exception {
        SimulatedCloud<?> simulated = simulated(id);
        simulated.images().take(Duration.ZERO);
        CloudProvider provider = CLOUDS.provider(id);
        String instance = Objects.requireNonNull(simulated.request().instanceId());
        Set<String> create = calls(simulated, cloud -> {
            cloud.create(simulated.request(), "token");
            cloud.describe(List.of(only(cloud, simulated).id()));
            cloud.find(new ImageQuery("web", null, null, null));
            if (provider.capabilities().stoppedSource()) {
                cloud.powerState(instance);
            }
        });
        Set<String> power = calls(simulated, cloud -> {
            cloud.quota();
            cloud.powerState(instance);
            attempt(cloud, each -> each.stop(instance));
            attempt(cloud, each -> each.start(instance));
        });
        Set<String> delete = calls(simulated, cloud -> {
            String image = only(cloud, simulated).id();
            List<String> snapshots = cloud.snapshotsLeftBy(image);
            attempt(cloud, each -> each.delete(image));
            for (String snapshot : snapshots) {
                attempt(cloud, each -> each.deleteSnapshot(snapshot));
            }
        });
        power.addAll(create);
        delete.addAll(create);
        SimulatedCloud<?> another = simulated(id);
        another.images().take(Duration.ZERO);
        String shared = another.images().create("web-1", instance).id();
        Set<String> share = calls(another, cloud -> {
            cloud.share(shared, List.of("100012345678"));
            cloud.sharedWith(shared);
            cloud.unshare(shared, List.of("100012345678"));
        });
        share.addAll(create);
        Set<String> retention = calls(another, cloud -> {
            cloud.sharedWith(shared);
            cloud.instancesUsing(shared);
        });
        retention.addAll(delete);

        Set<String> allowed = allowed(id, "Create and wait");
        assertEquals(create, allowed);
        assertEquals(power, union(allowed, allowed(id, "Stop and start")));
        assertEquals(delete, union(allowed, allowed(id, "Delete")));
        assertEquals(share, union(allowed, allowed(id, "Share")));
        assertEquals(retention, union(union(allowed, allowed(id, "Delete")), allowed(id, "Retention")));
        if (provider.templates().isPresent()) {
            assertEquals(templateCalls(simulated(id)), allowed(id, "Launch templates"));
        }
        if (provider.capabilities().copies() != null) {
            Set<String> copy = copyCalls(simulated(id));
            copy.removeAll(allowed(id, "Delete"));
            copy.addAll(create);
            assertEquals(copy, union(allowed, allowed(id, "Copy")));
        }
    }

    /** Lists launch templates and scaling configurations, which are another service's. */
    private static Set<String> templateCalls(SimulatedCloud<?> simulated) throws CloudException {
        FakeTemplates.Account account = (FakeTemplates.Account) simulated.cloud();
        account.templates().addVersion("lt-1", "img-1");
        FakeCloud service = account.scalingService();
        Set<String> expected =
                Set.copyOf(CLOUDS.provider(simulated.id()).permissions().templates());
        Set<String> calls = new TreeSet<>();
        try (FakeServer server = new FakeServer(simulated.cloud());
                FakeServer scaling = service == null ? null : new FakeServer(service)) {
            CloudConnection connection = new CloudConnection(
                    simulated.id(),
                    server.endpoint(),
                    simulated.request().region(),
                    simulated.key(),
                    simulated.settings());
            CLOUDS.connect(scaling == null ? connection : connection.withScaling(scaling.endpoint()))
                    .templates();
            List<String> arrived = new ArrayList<>(server.calls());
            arrived.addAll(scaling == null ? List.of() : scaling.calls());
            for (String call : arrived) {
                expected.stream()
                        .filter(permission -> permission.endsWith(":" + call))
                        .forEach(calls::add);
            }
            assertEquals(arrived.size(), calls.size(), arrived.toString());
        }
        return calls;
    }

    /** Copies an image, and deletes the copy while it is made. */
    private static Set<String> copyCalls(SimulatedCloud<?> simulated) throws CloudException {
        simulated.images().take(Duration.ZERO);
        String image = simulated.images().create("web-1", null).id();
        simulated.images().take(Duration.ofHours(1));
        CopyTarget target = new CopyTarget("ap-shanghai", "copy-1", false, null);
        if (simulated.cloud() instanceof FakeQcloud qcloud) {
            // The image is in every region.
            qcloud.copies().allowNamesakes();
        }
        Set<String> calls =
                calls(simulated, cloud -> cloud.copy(CopyRequest.of(simulated.request(), image, target), "token"));
        String copy = simulated.images().all().get(1).id();
        calls.addAll(calls(simulated, target.region(), cloud -> attempt(cloud, each -> each.delete(copy))));
        return calls;
    }

    /** Makes a call that the state of the instance or of a snapshot may not allow; it is made all the same. */
    private static void attempt(Cloud cloud, Calls call) {
        try {
            call.of(cloud);
        } catch (CloudException e) {
            assertEquals(SideEffect.NONE, e.error().sideEffect());
        }
    }

    private static SimulatedCloud<?> simulated(String id) {
        return SimulatedCloud.every(CLOCK).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static CloudImage only(Cloud cloud, SimulatedCloud<?> simulated) throws CloudException {
        return cloud.findByName(simulated.request().imageName()).get(0);
    }

    /** Names the calls that arrive as the cloud's policies do. */
    private static Set<String> calls(SimulatedCloud<?> simulated, Calls calls) throws CloudException {
        return calls(simulated, simulated.request().region(), calls);
    }

    private static Set<String> calls(SimulatedCloud<?> simulated, String region, Calls calls) throws CloudException {
        try (FakeServer server = new FakeServer(simulated.cloud())) {
            Cloud cloud = CLOUDS.connect(new CloudConnection(
                    simulated.id(), server.endpoint(), region, simulated.key(), simulated.settings(), null));
            String probe = cloud.probe();
            calls.of(cloud);
            String service = probe.substring(0, probe.indexOf(':') + 1);
            return server.calls().stream().map(service::concat).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> allowed(String cloud, String heading) throws IOException {
        Set<String> allowed = new TreeSet<>();
        for (Markdown.Block block : page(cloud).section(heading).blocks()) {
            for (JsonNode action : JSON.readTree(block.text())
                    .findValues(capital(block) ? "Action" : "action")
                    .get(0)) {
                allowed.add(action.asText().replaceFirst("^name/", ""));
            }
        }
        return allowed;
    }

    private static boolean capital(Markdown.Block policy) {
        return policy.text().contains("\"Action\"");
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void theCodesMeanWhatThePageSays(String cloud) throws Exception {
        int codes = 0;
        for (List<String> row : page(cloud).section("Errors").rows()) {
            for (String code : Markdown.code(row.get(1))) {
                codes++;
                assertEquals(Markdown.code(row.get(0)).get(0), kind(cloud, code), code);
            }
        }
        assertTrue(codes > 10, "only " + codes + " codes are told");
    }

    private static String kind(String cloud, String code) throws ReflectiveOperationException {
        String provider = CLOUDS.provider(cloud).getClass().getName();
        Field table = Class.forName(provider.replaceAll("Provider$", "Errors")).getDeclaredField("TABLE");
        table.setAccessible(true);
        return ((ErrorTable) table.get(null))
                .meaning(code)
                .map(meaning -> meaning.kind().name())
                .orElse("not in the table");
    }
}
