package io.jenkins.plugins.cloudimage.core.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraProvider;
import io.jenkins.plugins.cloudimage.core.ecs.EcsProvider;
import io.jenkins.plugins.cloudimage.core.ens.EnsProvider;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudProvider;
import io.jenkins.plugins.cloudimage.core.qcloud.QcloudProvider;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import java.time.Clock;
import java.util.List;

/** All supported clouds. A new cloud adds one line here. */
public final class Clouds {
    private final List<CloudProvider> providers;
    /** Null if nobody wants to know. */
    private final CallListener listener;

    public Clouds(HttpTransport http, Clock clock) {
        this(List.of(
                new JdCloudProvider(http, clock),
                new TencentProvider(http, clock),
                new QcloudProvider(http, clock)
                        .with(new QcloudProvider.RoleServices(
                                permissions -> TencentProvider.tokenService(http, clock, permissions),
                                TencentProvider.metadata(http, clock))),
                new ApsaraProvider(http, clock),
                new EnsProvider(http, clock),
                new EcsProvider(http, clock)));
    }

    /**
     * Uses the given providers.
     *
     * @param providers one for each cloud
     */
    public Clouds(List<CloudProvider> providers) {
        this(providers, null);
    }

    private Clouds(List<CloudProvider> providers, @CheckForNull CallListener listener) {
        this.providers = List.copyOf(providers);
        this.listener = listener;
    }

    /**
     * The same clouds, whose clients tell of each call.
     *
     * @param observer is told in the thread of the call
     * @return clouds for new clients
     */
    public Clouds observed(CallListener observer) {
        return new Clouds(providers, observer);
    }

    /** The providers. */
    public List<CloudProvider> all() {
        return providers;
    }

    /**
     * @throws IllegalArgumentException if no provider has this id
     */
    public CloudProvider provider(String id) {
        return providers.stream()
                .filter(provider -> provider.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Messages.Clouds_noCloud(id)));
    }

    /** The cloud to which a request belongs. */
    public CloudProvider of(ImageRequest request) {
        return providers.stream()
                .filter(provider -> provider.requestType().isInstance(request.original()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No cloud takes a " + request.getClass()));
    }

    /** Makes the client for an account. */
    public Cloud connect(CloudConnection connection) {
        Cloud cloud = provider(connection.cloud()).connect(connection);
        return listener == null ? cloud : ObservedCloud.of(cloud, connection.cloud(), listener);
    }
}
