package io.jenkins.plugins.cloudimage.core.canary;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTemplates;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call to every cloud, with a server that echoes all it knows: no secret reaches the caller or a log at any
 * level.
 */
class CallsCanaryTest {
    private static final VirtualTime TIME = new VirtualTime();

    private Echo echo;
    private int failures;

    private interface Call {
        Object on(Cloud cloud) throws CloudException;
    }

    static Stream<SimulatedCloud<?>> clouds() {
        return SimulatedCloud.every(TIME).stream();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void noFailureAndNoResultHoldsASecret(SimulatedCloud<?> simulated) {
        AccessKey key = LeakyCloud.temporary(simulated.cloud(), simulated.key());
        Canary canary = new Canary(key);
        LeakyCloud cloud = new LeakyCloud(simulated.cloud(), key, canary, action -> echo);
        try (EveryLog log = new EveryLog();
                FakeServer server = new FakeServer(cloud)) {
            CloudConnection connection = new CloudConnection(
                            simulated.id(),
                            server.endpoint(),
                            simulated.request().region(),
                            key,
                            simulated.settings())
                    .withScaling(server.endpoint());
            canary.assertNotIn("The connection", connection.toString());
            Cloud client = new Clouds(TestTransport.direct(), TIME).connect(connection);
            for (Echo kind : Echo.values()) {
                echo = kind;
                for (Call call : calls(simulated.request())) {
                    check(canary, kind + " to " + simulated.id(), call, client);
                }
                if (simulated.cloud() instanceof FakeTemplates.Account) {
                    check(canary, kind + " to " + simulated.id(), Cloud::templates, client);
                }
            }
            canary.assertNotIn("The log", log.text());
        }
        assertTrue(failures > 30, () -> "Only " + failures + " calls failed");
    }

    private static List<Call> calls(ImageRequest request) {
        String instance = Objects.requireNonNull(request.instanceId());
        return List.of(
                cloud -> cloud.create(request, "token-1"),
                cloud -> cloud.describe(List.of("img-1")),
                cloud -> cloud.describe(List.of("img-1", "img-2")),
                cloud -> cloud.findByName(request.imageName()),
                cloud -> cloud.find(new ImageQuery(request.imageName(), null, null, null)),
                cloud -> {
                    cloud.delete("img-1");
                    return "deleted";
                },
                cloud -> cloud.powerState(instance),
                cloud -> {
                    cloud.stop(instance);
                    return "stopped";
                },
                cloud -> {
                    cloud.start(instance);
                    return "started";
                },
                Cloud::quota,
                Cloud::probe);
    }

    private void check(Canary canary, String where, Call call, Cloud client) {
        try {
            canary.assertNotIn(where, String.valueOf(call.on(client)));
        } catch (CloudException e) {
            failures++;
            canary.assertNotIn(where, e);
            canary.assertNotIn(where, e.error().toString());
        }
    }
}
