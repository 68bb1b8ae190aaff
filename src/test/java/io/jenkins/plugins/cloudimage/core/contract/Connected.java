package io.jenkins.plugins.cloudimage.core.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.creation.TestCloud;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.simulator.FakeInstances;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import java.net.URI;
import java.time.Clock;

/** A client of one cloud, connected to its fake. */
final class Connected implements AutoCloseable {
    private final TestCloud kind;
    final CloudProvider provider;
    final TestCloud.Account account;
    final FakeServer server;
    final Cloud cloud;

    /** Connects. */
    Connected(TestCloud kind, Clock clouds, Clock ours) {
        this.kind = kind;
        this.provider = new Clouds(TestTransport.direct(), ours).provider(kind.id);
        this.account = kind.account(clouds);
        this.server = new FakeServer(account.fake());
        this.cloud = with(account.key());
    }

    Cloud with(AccessKey key) {
        return provider.connect(new CloudConnection(kind.id, server.endpoint(), kind.region, key, kind.settings()));
    }

    /** The same account, whose service for scaling groups is known. */
    Cloud withScaling(URI scaling) {
        return provider.connect(
                new CloudConnection(kind.id, server.endpoint(), kind.region, account.key(), kind.settings())
                        .withScaling(scaling));
    }

    /** An instance that runs. */
    String running() {
        return instance(FakeInstances.Power.RUNNING);
    }

    /** An instance from which an image can be made. */
    String source() {
        return instance(
                provider.capabilities().stoppedSource() ? FakeInstances.Power.STOPPED : FakeInstances.Power.RUNNING);
    }

    private String instance(FakeInstances.Power power) {
        return account.instances().all().entrySet().stream()
                .filter(instance -> instance.getValue() == power)
                .map(instance -> instance.getKey())
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    ImageRequest request(String name) {
        return kind.request(name, source());
    }

    ImageRequest request(String name, String instance) {
        return kind.request(name, instance);
    }

    /** Makes an image and finds its id, by its name where the response does not tell it. */
    String create(String name) throws CloudException {
        String id = cloud.create(request(name), "token-" + name).imageId();
        return id == null ? cloud.findByName(name).get(0).id() : id;
    }

    /** The action that makes images. */
    String createAction() {
        return action(provider.permissions().always().get(0));
    }

    /** The action of a permission such as {@code cvm:CreateImage}. */
    static String action(String permission) {
        return permission.substring(permission.indexOf(':') + 1);
    }

    /** An id of the same kind that nothing has. */
    static String unknown(String id) {
        return id.replaceAll("-.*", "-unknown");
    }

    static CloudError error(Call call) {
        return assertThrows(CloudException.class, call::run).error();
    }

    /** A call of a client. */
    interface Call {
        void run() throws CloudException;
    }

    @Override
    public void close() {
        server.close();
    }
}
