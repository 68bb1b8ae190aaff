package io.jenkins.plugins.cloudimage;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.CustomEndpoint;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The cloud of the tests in which any cloud would do. */
public final class TencentFixture extends CloudFixture<FakeTencentCloud> {
    /** A step whose image is named {@code web-1}. */
    public static final String STEP = step("imageName: 'web-1'");

    /** Starts the cloud. */
    public TencentFixture() {
        super(SimulatedCloud.tencentCloud(Clock.systemUTC()));
        cloud.instances().take(Duration.ofMillis(500));
    }

    /** The step with its cloud and credential, and further arguments. */
    public static String step(String arguments) {
        return "createCloudImage(credentialsId: 'tencent', cloud: tencentCloud(region: 'ap-guangzhou',"
                + " endpoint: 'simulator', instanceId: 'ins-6pb6lrmy'), " + arguments + ")";
    }

    @Override
    public String credentialsId() {
        return "tencent";
    }

    /** Lets a Jenkins in another process know endpoint and key. */
    public static void connectTo(String endpoint) throws IOException, Descriptor.FormException {
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
}
