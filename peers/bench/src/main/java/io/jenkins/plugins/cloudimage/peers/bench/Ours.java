package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.alibaba.Acs3Gateway;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiSigning;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraImageRequest;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraProvider;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraSettings;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraSigning;
import io.jenkins.plugins.cloudimage.core.ecs.EcsImageRequest;
import io.jenkins.plugins.cloudimage.core.ecs.EcsProvider;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudImageRequest;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudProvider;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudSigning;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.tencent.TencentImageRequest;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import io.jenkins.plugins.cloudimage.core.tencent.TencentSigning;
import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import okhttp3.Authenticator;

/** The plugin's core as one more SDK: by its registry, its transport and its clients, as Jenkins uses them. */
abstract class Ours implements Sdk {
    /** JD's SDK gets the same one; Alibaba's draws its own, which {@link SigningSection} puts on our account. */
    static final String NONCE = "0d6a1c2e-7f8b-4e36-9c51-3f2b8a9d7e60";

    private static final String TOKEN = "5b0f0c0a-52cf-44e1-8d6d-0a4ad1f9e1b7";

    private final String cloud;
    private final String region;
    private final Map<String, String> settings;

    Ours(String cloud, String region, Map<String, String> settings) {
        this.cloud = cloud;
        this.region = region;
        this.settings = settings;
    }

    abstract ImageRequest request(String instanceId, String imageName, String description);

    /** Makes what signs a request. */
    abstract Function<ImageRequest, Object> signing(CloudConnection connection) throws CloudException;

    @Override
    public Client connect(String address, String id, String secret, String token) {
        Clouds clouds = new Clouds(transport(), Clock.systemUTC());
        return new Account(this, connection(address, id, secret, token), clouds);
    }

    CloudConnection connection(String address, String id, String secret, String token) {
        return new CloudConnection(
                cloud, URI.create("http://" + address), region, new AccessKey(id, secret, token), settings);
    }

    static HttpTransport transport() {
        return new HttpTransport(ProxySelector.of(null), Authenticator.NONE, "cloud-image-bench");
    }

    private static final class Account implements Client {
        private final Ours ours;
        private final CloudConnection connection;
        private final Cloud cloud;
        private Function<ImageRequest, Object> signing;

        Account(Ours ours, CloudConnection connection, Clouds clouds) {
            this.ours = ours;
            this.connection = connection;
            this.cloud = clouds.connect(connection);
        }

        @Override
        public String create(String instanceId, String imageName, String description) throws CloudException {
            return cloud.create(ours.request(instanceId, imageName, description), TOKEN)
                    .imageId();
        }

        @Override
        public String state(String imageId) throws CloudException {
            return cloud.describe(List.of(imageId)).get(0).cloudState();
        }

        @Override
        public void send(Map<String, String> parameters) {
            throw new UnsupportedOperationException("For oracles only");
        }

        @Override
        public Object sign(String instanceId, String imageName, String description) throws CloudException {
            if (signing == null) {
                signing = ours.signing(connection);
            }
            return signing.apply(ours.request(instanceId, imageName, description));
        }
    }

    /** Tencent Cloud. */
    static final class Tencent extends Ours {
        Tencent() {
            super(TencentProvider.ID, "ap-guangzhou", Map.of());
        }

        @Override
        ImageRequest request(String instanceId, String imageName, String description) {
            return new TencentImageRequest(
                    "ap-guangzhou", imageName, description, instanceId, null, false, false, null, false);
        }

        @Override
        Function<ImageRequest, Object> signing(CloudConnection connection) {
            TencentSigning signing = new TencentSigning(connection);
            return request -> signing.sign((TencentImageRequest) request);
        }
    }

    /** JD Cloud. */
    static final class JdCloud extends Ours {
        JdCloud() {
            super(JdCloudProvider.ID, "cn-north-1", Map.of());
        }

        @Override
        ImageRequest request(String instanceId, String imageName, String description) {
            return new JdCloudImageRequest("cn-north-1", imageName, description, instanceId, null);
        }

        @Override
        Function<ImageRequest, Object> signing(CloudConnection connection) {
            JdCloudSigning signing = new JdCloudSigning(connection, NONCE);
            return request -> signing.sign((JdCloudImageRequest) request);
        }
    }

    /** Apsara Stack. */
    static final class Rpc extends Ours {
        Rpc() {
            super(ApsaraProvider.ID, "cn-hangzhou", Map.of(ApsaraSettings.GATEWAY, "pop"));
        }

        @Override
        ImageRequest request(String instanceId, String imageName, String description) {
            return new ApsaraImageRequest(
                    "cn-hangzhou", imageName, description, instanceId, null, null, null, null, null, null, null, null);
        }

        @Override
        Function<ImageRequest, Object> signing(CloudConnection connection) throws CloudException {
            EcsApiSigning signing = new EcsApiSigning(ApsaraSigning.gateway(connection), "cn-hangzhou", NONCE);
            return request -> signing.sign((ApsaraImageRequest) request, TOKEN);
        }
    }

    /** Public ECS. */
    static final class Acs3 extends Ours {
        Acs3() {
            super(EcsProvider.ID, "cn-hangzhou", Map.of());
        }

        @Override
        ImageRequest request(String instanceId, String imageName, String description) {
            return new EcsImageRequest(
                    "cn-hangzhou",
                    imageName,
                    description,
                    instanceId,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    false);
        }

        @Override
        Function<ImageRequest, Object> signing(CloudConnection connection) {
            EcsApiSigning signing = new EcsApiSigning(
                    new Acs3Gateway(connection.endpoint(), "2014-05-26", connection.key()), "cn-hangzhou", NONCE);
            return request -> signing.sign((EcsImageRequest) request, TOKEN);
        }
    }
}
