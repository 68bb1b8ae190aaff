package io.jenkins.plugins.cloudimage.core.jdcloud;

import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudDescription;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.CopySupport;
import io.jenkins.plugins.cloudimage.core.Permissions;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.SharingLimits;
import io.jenkins.plugins.cloudimage.core.TemplateSupport;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * JD Cloud Virtual Machines, version v1.
 *
 * @param nonces makes unique texts
 */
public record JdCloudProvider(HttpTransport http, Clock clock, Supplier<String> nonces) implements CloudProvider {
    /** The cloud's id. */
    public static final String ID = "jdCloud";

    /** The documented maximum of accounts is for an image; a call has none of its own. */
    private static final SharingLimits SHARING = new SharingLimits(20, 20, 20, SharingLimits.AccountIds.NAMES);

    /** The newest SDK of JD Cloud gives a copy a description; images with encrypted disks cannot be copied. */
    private static final CopySupport COPIES = new CopySupport(true, false);

    /**
     * Unique names are not documented. <a href="https://docs.jdcloud.com/cn/common-declaration/api/introduction">Most
     * products</a> accept 1,000 calls a minute in all, which leaves a margin above 5 creates and 10 reads a second.
     */
    private static final Capabilities CAPABILITIES = new Capabilities(
            false, false, true, false, JdCloudClient.PAGE, 5, 10, SHARING, null, Set.of(), true, COPIES);

    private static final Permissions PERMISSIONS = new Permissions(
                    List.of("vm:createImage", "vm:describeImages"),
                    List.of("vm:deleteImage"),
                    List.of("vm:describeInstances"),
                    List.of("vm:describeInstance", "vm:stopInstance", "vm:startInstance"),
                    List.of("vm:describeQuotas"),
                    List.of("vm:shareImage", "vm:unShareImage", "vm:describeImageMembers"),
                    List.of("vm:copyImages"),
                    List.of())
            .withTemplates("vm:describeInstanceTemplates");

    private static final List<String> REGIONS = List.of("cn-north-1", "cn-east-1", "cn-east-2", "cn-south-1");

    private static final CloudDescription DESCRIPTION = new CloudDescription(
            ID,
            Messages::JdCloudProvider_displayName,
            JdCloudImageRequest.class,
            CAPABILITIES,
            PERMISSIONS,
            REGIONS,
            JdCloudProvider::publicEndpoint,
            JdCloudProvider::consolePage);

    /** Makes the provider with random nonces. */
    public JdCloudProvider(HttpTransport http, Clock clock) {
        this(http, clock, () -> UUID.randomUUID().toString());
    }

    @Override
    public CloudDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Cloud connect(CloudConnection connection) {
        return new JdCloudClient(
                connection,
                new SignedCalls(http.trusting(connection.caCertificate()), clock, connection.key()),
                nonces);
    }

    @Override
    public Optional<RoleService> roles() {
        return Optional.of(new JdCloudRoles(http, clock, PERMISSIONS, nonces));
    }

    /** Availability groups use instance templates. */
    @Override
    public Optional<TemplateSupport> templates() {
        return Optional.of(new TemplateSupport(null));
    }

    /** One host serves all regions; the region is in the path. */
    private static URI publicEndpoint(String region) {
        return URI.create("https://vm.jdcloud-api.com");
    }

    /** The list of images, because the console documents no address of a single one. */
    private static URI consolePage(String region, String imageId) {
        return URI.create("https://cns-console.jdcloud.com/host/image/list");
    }
}
