package io.jenkins.plugins.cloudimage;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.CustomEndpoint;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** A fake Tencent Cloud in real time, and a Jenkins that knows it as the endpoint {@code simulator}. */
public final class TencentFixture implements AutoCloseable {
    /** A step whose image is named {@code web-1}. */
    public static final String STEP = step("imageName: 'web-1'");

    /** The cloud. */
    public final FakeTencentCloud cloud = new FakeTencentCloud(Clock.systemUTC());
    /** Its network. */
    public final FakeServer server = new FakeServer(cloud);

    /** Starts the cloud; images take a moment. */
    public TencentFixture() {
        cloud.images().take(Duration.ofMillis(1500));
        cloud.instances().take(Duration.ofMillis(500));
    }

    /** The step with its cloud and credential, and further arguments. */
    public static String step(String arguments) {
        return "createCloudImage(credentialsId: 'tencent', cloud: tencentCloud(region: 'ap-guangzhou',"
                + " endpoint: 'simulator', instanceId: 'ins-6pb6lrmy'), " + arguments + ")";
    }

    /** Lets Jenkins know endpoint and key. */
    public void configure() throws IOException, Descriptor.FormException {
        configure(server.endpoint().toString());
    }

    /** Lets a Jenkins, which may be in another process, know endpoint and key. */
    public static void configure(String endpoint) throws IOException, Descriptor.FormException {
        CloudImageConfiguration configuration = CloudImageConfiguration.get();
        configuration.setPollSeconds(1);
        configuration.setEndpoints(List.of(new CustomEndpoint("simulator", TencentProvider.ID, endpoint)));
        SystemCredentialsProvider.getInstance().getCredentials().add(key("tencent", FakeTencentCloud.SECRET_KEY));
        SystemCredentialsProvider.getInstance().save();
    }

    /** A credential with the account's key id and a secret. */
    public static UsernamePasswordCredentialsImpl key(String id, String secret) throws Descriptor.FormException {
        return new UsernamePasswordCredentialsImpl(
                CredentialsScope.GLOBAL, id, null, FakeTencentCloud.SECRET_ID, secret);
    }

    /** Waits for something that another thread brings about. */
    public static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not happen within a minute");
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
