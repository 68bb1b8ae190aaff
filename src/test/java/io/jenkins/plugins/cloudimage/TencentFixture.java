package io.jenkins.plugins.cloudimage;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.time.Clock;

/** The cloud of the tests in which any cloud would do. */
public final class TencentFixture extends CloudFixture<FakeTencentCloud> {
    /** A step whose image is named {@code web-1}. */
    public static final String STEP = step("imageName: 'web-1'");

    /** Starts the cloud. */
    public TencentFixture() {
        super(SimulatedCloud.tencentCloud(Clock.systemUTC()));
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

    /** A credential with the account's key id and a secret. */
    public static UsernamePasswordCredentialsImpl key(String id, String secret) throws Descriptor.FormException {
        return new UsernamePasswordCredentialsImpl(
                CredentialsScope.GLOBAL, id, null, FakeTencentCloud.SECRET_ID, secret);
    }
}
