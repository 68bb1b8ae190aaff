package io.jenkins.plugins.cloudimage.core.ens;

import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudDescription;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.InstanceRoleService;
import io.jenkins.plugins.cloudimage.core.Permissions;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.SharingLimits;
import io.jenkins.plugins.cloudimage.core.alibaba.Acs3Gateway;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaCalls;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaGateway;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaInstanceRoles;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaRoles;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Alibaba Cloud ENS, the edge cloud, API version 2017-11-10.
 *
 * @param nonces makes unique texts
 */
public record EnsProvider(HttpTransport http, Clock clock, Supplier<String> nonces) implements CloudProvider {
    /** The cloud's id. */
    public static final String ID = "alibabaEns";

    /** The one region of all images: the API has none, and instances anywhere at the edge share one account. */
    public static final String REGION = "global";

    private static final String VERSION = "2017-11-10";

    /** A call removes one account. No other maximum is documented; a call adds as many as one of the ECS API. */
    private static final SharingLimits SHARING =
            new SharingLimits(SharingLimits.NO_MAXIMUM, 10, 1, SharingLimits.AccountIds.NUMBERS);

    /** A similar call documents 5 a second per user; the rate of create calls is a cautious guess. */
    private static final Capabilities CAPABILITIES = new Capabilities(false, false, false, false, 100, 1, 5, SHARING);

    private static final Permissions PERMISSIONS = new Permissions(
            List.of("ens:CreateImage", "ens:DescribeSelfImages"),
            List.of("ens:DeleteImage"),
            List.of("ens:DescribeInstances"),
            List.of("ens:DescribeInstances", "ens:StopInstance", "ens:StartInstance"),
            List.of(),
            List.of("ens:ModifyImageSharePermission", "ens:DescribeImageSharePermission"),
            List.of());

    private static final CloudDescription DESCRIPTION = new CloudDescription(
            ID,
            Messages::EnsProvider_displayName,
            EnsImageRequest.class,
            CAPABILITIES,
            PERMISSIONS,
            List.of(REGION),
            EnsProvider::publicEndpoint,
            EnsProvider::consolePage);

    /** Makes the provider with random nonces. */
    public EnsProvider(HttpTransport http, Clock clock) {
        this(http, clock, AlibabaCalls::randomNonce);
    }

    @Override
    public CloudDescription description() {
        return DESCRIPTION;
    }

    /** The cloud refuses to. */
    @Override
    public boolean deletesUsedImages() {
        return false;
    }

    @Override
    public Cloud connect(CloudConnection connection) {
        AlibabaGateway gateway = new Acs3Gateway(connection.endpoint(), VERSION, connection.key());
        return new EnsClient(new AlibabaCalls(
                new SignedCalls(http.trusting(connection.caCertificate()), clock, connection.key()),
                () -> gateway,
                EnsErrors.TABLE,
                nonces));
    }

    @Override
    public Optional<RoleService> roles() {
        return Optional.of(new AlibabaRoles(http, clock, PERMISSIONS, nonces));
    }

    @Override
    public Optional<InstanceRoleService> instanceRoles() {
        return Optional.of(new AlibabaInstanceRoles(http, clock));
    }

    private static URI publicEndpoint(String region) {
        return URI.create("https://ens.aliyuncs.com");
    }

    /** The console has no documented address for a single image. */
    private static URI consolePage(String region, String imageId) {
        return URI.create("https://ens.console.aliyun.com/");
    }
}
