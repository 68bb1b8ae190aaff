package io.jenkins.plugins.cloudimage;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.cloudimage.cloud.ApsaraStackInstallation;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.cloud.CloudSettingsDescriptor;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.CustomEndpoint;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraSettings;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** A fake cloud in real time, and a Jenkins that knows it as the endpoint {@code simulator}. */
public class CloudFixture<C extends FakeCloud> implements AutoCloseable {
    /** The cloud. */
    public final C cloud;
    /** Its network. */
    public final FakeServer server;
    /** What one has to know of it. */
    public final SimulatedCloud<C> simulated;

    /** Starts the cloud; images take a moment. */
    public CloudFixture(SimulatedCloud<C> simulated) {
        this.simulated = simulated;
        this.cloud = simulated.cloud();
        this.server = new FakeServer(cloud);
        simulated.images().take(Duration.ofMillis(1500));
    }

    /** Starts one fake of each cloud. */
    public static List<CloudFixture<?>> all() {
        List<CloudFixture<?>> all = new ArrayList<>();
        SimulatedCloud.all(Clock.systemUTC()).forEach(simulated -> all.add(new CloudFixture<>(simulated)));
        return all;
    }

    /** The step with its cloud and credential, and further arguments. */
    public String pipelineStep(String arguments) {
        String region = hasRegion() ? "region: '" + simulated.request().region() + "', " : "";
        return "createCloudImage(credentialsId: '%s', cloud: %s(%sendpoint: 'simulator', instanceId: '%s'), %s)"
                .formatted(
                        credentialsId(),
                        simulated.id(),
                        region,
                        simulated.request().instanceId(),
                        arguments);
    }

    private boolean hasRegion() {
        return Arrays.stream(simulated.request().getClass().getRecordComponents())
                .anyMatch(component -> component.getName().equals("region"));
    }

    /** The same for a freestyle job. */
    public CloudSettings settings() throws ReflectiveOperationException {
        CloudSettingsDescriptor descriptor = CloudSettingsDescriptor.all().stream()
                .filter(each -> each.provider().id().equals(simulated.id()))
                .findFirst()
                .orElseThrow();
        CloudSettings settings = hasRegion()
                ? descriptor
                        .clazz
                        .getConstructor(String.class)
                        .newInstance(simulated.request().region())
                : descriptor.clazz.getConstructor().newInstance();
        settings.setEndpoint("simulator");
        settings.setInstanceId(simulated.request().instanceId());
        return settings;
    }

    /** The credential that {@link #configure} adds. */
    public String credentialsId() {
        return simulated.id();
    }

    /** Lets Jenkins know endpoint and key. */
    public final void configure() throws IOException, Descriptor.FormException {
        CloudImageConfiguration configuration = CloudImageConfiguration.get();
        configuration.setPollSeconds(1);
        List<CustomEndpoint> endpoints = new ArrayList<>(configuration.getEndpoints());
        endpoints.add(endpoint());
        configuration.setEndpoints(endpoints);
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        credentialsId(),
                        null,
                        simulated.key().id(),
                        simulated.key().secret()));
        SystemCredentialsProvider.getInstance().save();
    }

    /** The cloud as an administrator enters it. */
    public final CustomEndpoint endpoint() {
        CustomEndpoint endpoint = new CustomEndpoint(
                "simulator", simulated.id(), server.endpoint().toString());
        String gateway = simulated.settings().get(ApsaraSettings.GATEWAY);
        if (gateway != null) {
            ApsaraStackInstallation installation = new ApsaraStackInstallation(gateway);
            installation.setOrganizationId(simulated.settings().get(ApsaraSettings.ORGANIZATION));
            endpoint.setProperties(List.of(installation));
        }
        return endpoint;
    }

    /** Waits for something that another thread brings about. */
    public static void await(Callable<Boolean> condition) throws Exception {
        await(Duration.ofMinutes(1), condition);
    }

    /** Waits for something that takes longer. */
    public static void await(Duration longest, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not happen within " + longest);
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
