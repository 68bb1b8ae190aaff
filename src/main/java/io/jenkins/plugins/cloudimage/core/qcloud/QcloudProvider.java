package io.jenkins.plugins.cloudimage.core.qcloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudDescription;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.InstanceRoleService;
import io.jenkins.plugins.cloudimage.core.Permissions;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.SharingLimits;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import okhttp3.HttpUrl;

/**
 * Tencent's API v2, which Tencent keeps for existing users and may shut down; {@code tencentCloud} is its successor.
 *
 * <p>The cloud has two hosts: {@code image.api.qcloud.com} for images and {@code cvm.api.qcloud.com} for instances. The
 * endpoint of a connection is that of the images. The instances' host is derived from it only if it is the public one;
 * an administrator's endpoint gets all calls.
 *
 * <p>API v2 has the same accounts, keys and roles as API 3.0. The temporary keys come from the services of the latter, because
 * the security token service of API v2 takes neither an external id nor a session policy.
 *
 * @param nonce makes a positive number for each call, which hardly ever repeats
 * @param services the services that give temporary keys, or null for none
 */
public record QcloudProvider(
        HttpTransport http,
        Clock clock,
        IntSupplier nonce,
        @CheckForNull RoleServices services) implements CloudProvider {
    /** The cloud's id. */
    public static final String ID = "qcloud";

    /** The documented rate is 100 calls a minute for each action. */
    private static final double CALLS_PER_SECOND = 100 / 60.0;

    /** The documented maximum of accounts is for an image; a call has none of its own. */
    private static final SharingLimits SHARING = new SharingLimits(50, 50, 50, SharingLimits.AccountIds.NUMBERS);

    private static final Capabilities CAPABILITIES = new Capabilities(
            false,
            true,
            true,
            true,
            QcloudClient.DESCRIBE_BATCH,
            CALLS_PER_SECOND,
            CALLS_PER_SECOND,
            SHARING,
            null,
            Set.of(),
            false,
            QcloudClient.COPIES);

    private static final Permissions PERMISSIONS = new Permissions(
            List.of("cvm:CreateImage", "cvm:DescribeImages", "cvm:DescribeInstances"),
            List.of("cvm:DeleteImages"),
            List.of("cvm:DescribeInstances", "cvm:DescribeInstanceImageInfo"),
            List.of("cvm:StopInstances", "cvm:StartInstances"),
            List.of(),
            List.of("cvm:ShareImage", "cvm:CancelShareImage", "cvm:GetImageShareUinInfo"),
            List.of("cvm:SyncCvmImage"),
            List.of());

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final CloudDescription DESCRIPTION = new CloudDescription(
            ID,
            Messages::QcloudProvider_displayName,
            QcloudImageRequest.class,
            CAPABILITIES,
            PERMISSIONS,
            QcloudRegions.all(),
            QcloudProvider::publicEndpoint,
            QcloudProvider::consolePage);

    /**
     * Tencent Cloud's services that give temporary keys.
     *
     * @param tokens makes the security token service whose keys may make the calls with these permissions
     * @param metadata the metadata service of the instances
     */
    public record RoleServices(Function<Permissions, RoleService> tokens, InstanceRoleService metadata) {}

    /** Makes the provider with random nonces and without roles. */
    public QcloudProvider(HttpTransport http, Clock clock) {
        this(http, clock, () -> 1 + RANDOM.nextInt(Integer.MAX_VALUE));
    }

    /** Makes the provider without roles. */
    public QcloudProvider(HttpTransport http, Clock clock, IntSupplier nonce) {
        this(http, clock, nonce, null);
    }

    /** The same with roles. */
    public QcloudProvider with(RoleServices roleServices) {
        return new QcloudProvider(http, clock, nonce, roleServices);
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
        return new QcloudClient(
                connection, new SignedCalls(http.trusting(connection.caCertificate()), clock, connection.key()), nonce);
    }

    @Override
    public Optional<RoleService> roles() {
        return Optional.ofNullable(services).map(each -> each.tokens().apply(PERMISSIONS));
    }

    @Override
    public Optional<InstanceRoleService> instanceRoles() {
        return Optional.ofNullable(services).map(RoleServices::metadata);
    }

    /** The images' host; the region is a parameter. */
    private static URI publicEndpoint(String region) {
        return URI.create("https://" + QcloudClient.IMAGE_HOST);
    }

    private static URI consolePage(String region, String imageId) {
        return new HttpUrl.Builder()
                .scheme("https")
                .host("console.cloud.tencent.com")
                .addPathSegments("cvm/image/detail")
                .addPathSegment(QcloudRegions.newCode(region))
                .addPathSegment(imageId)
                .build()
                .uri();
    }
}
