package io.jenkins.plugins.cloudimage.core.ecs;

import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudDescription;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.InstanceRoleService;
import io.jenkins.plugins.cloudimage.core.Permissions;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.TemplateSupport;
import io.jenkins.plugins.cloudimage.core.alibaba.Acs3Gateway;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaCalls;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaGateway;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaInstanceRoles;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaRoles;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiClient;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/**
 * Public Alibaba Cloud ECS, API version 2014-05-26.
 *
 * @param nonces makes unique texts
 */
public record EcsProvider(HttpTransport http, Clock clock, Supplier<String> nonces) implements CloudProvider {
    /** The cloud's id. */
    public static final String ID = "alibabaEcs";

    private static final String VERSION = "2014-05-26";

    /** The API page documents 1,000 DescribeImages a minute, and nothing about create calls. */
    private static final Capabilities CAPABILITIES = new Capabilities(
            true,
            true,
            true,
            false,
            EcsApiClient.PAGE,
            2,
            16,
            EcsApiClient.SHARING,
            EcsApiClient.TAGS,
            Set.of(ImageQuery.Criterion.IMAGE_FAMILY, ImageQuery.Criterion.TAG),
            false,
            EcsApiClient.COPIES);

    private static final List<String> STATES =
            List.of("Creating", "Waiting", "Available", "UnAvailable", "CreateFailed", "Deprecated");

    /** An instance that is stopped without charges may not start again, because its resources are released. */
    private static final Map<String, String> STOPPING = Map.of("StoppedMode", "KeepCharging");

    private static final List<String> REGIONS = List.of(
            "cn-hangzhou",
            "cn-shanghai",
            "cn-beijing",
            "cn-shenzhen",
            "cn-guangzhou",
            "cn-qingdao",
            "cn-zhangjiakou",
            "cn-huhehaote",
            "cn-wulanchabu",
            "cn-heyuan",
            "cn-chengdu",
            "cn-nanjing",
            "cn-fuzhou",
            "cn-hongkong",
            "ap-southeast-1",
            "ap-southeast-3",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ap-northeast-1",
            "ap-northeast-2",
            "eu-central-1",
            "eu-west-1",
            "us-east-1",
            "us-west-1",
            "me-east-1",
            "cn-shanghai-finance-1",
            "cn-shenzhen-finance-1",
            "cn-north-2-gov-1");

    private static final Permissions PERMISSIONS = EcsApiClient.PERMISSIONS.withTemplates(
            "ecs:DescribeLaunchTemplates", "ecs:DescribeLaunchTemplateVersions", "ess:DescribeScalingConfigurations");

    /** The regions that have no host of their own for Auto Scaling. */
    private static final Set<String> CENTRAL_SCALING = Set.of(
            "cn-qingdao",
            "cn-beijing",
            "cn-hangzhou",
            "cn-shanghai",
            "cn-nanjing",
            "cn-shenzhen",
            "cn-hongkong",
            "ap-southeast-1",
            "us-east-1",
            "us-west-1",
            "cn-hangzhou-finance",
            "cn-beijing-finance-1",
            "cn-shanghai-finance-1",
            "cn-shenzhen-finance-1",
            "cn-north-2-gov-1");

    private static final CloudDescription DESCRIPTION = new CloudDescription(
            ID,
            Messages::EcsProvider_displayName,
            EcsImageRequest.class,
            CAPABILITIES,
            PERMISSIONS,
            REGIONS,
            EcsProvider::publicEndpoint,
            EcsProvider::consolePage);

    /** Makes the provider with random nonces. */
    public EcsProvider(HttpTransport http, Clock clock) {
        this(http, clock, AlibabaCalls::randomNonce);
    }

    @Override
    public CloudDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Cloud connect(CloudConnection connection) {
        SignedCalls signed = new SignedCalls(http.trusting(connection.caCertificate()), clock, connection.key());
        AlibabaCalls calls = calls(connection, signed, connection.endpoint(), VERSION);
        URI scaling = connection.scaling();
        EcsTemplates templates = new EcsTemplates(
                calls,
                scaling == null ? null : calls(connection, signed, scaling, EcsTemplates.SCALING_VERSION),
                connection.region());
        return new EcsApiClient(calls, connection.region(), STOPPING, STATES, templates);
    }

    private AlibabaCalls calls(CloudConnection connection, SignedCalls signed, URI endpoint, String version) {
        AlibabaGateway gateway = new Acs3Gateway(endpoint, version, connection.key());
        return new AlibabaCalls(signed, () -> gateway, EcsErrors.TABLE, nonces);
    }

    @Override
    public Optional<RoleService> roles() {
        return Optional.of(new AlibabaRoles(http, clock, PERMISSIONS, nonces));
    }

    @Override
    public Optional<InstanceRoleService> instanceRoles() {
        return Optional.of(new AlibabaInstanceRoles(http, clock));
    }

    @Override
    public Optional<TemplateSupport> templates() {
        return Optional.of(new TemplateSupport(EcsProvider::scalingEndpoint));
    }

    /** As the page on the endpoints of Auto Scaling and the SDK list them. */
    private static URI scalingEndpoint(String region) {
        return URI.create("https://ess." + (CENTRAL_SCALING.contains(region) ? "" : region + ".") + "aliyuncs.com");
    }

    private static URI publicEndpoint(String region) {
        return URI.create("https://ecs." + region + ".aliyuncs.com");
    }

    /** The list of the region's images, because the console documents no address of a single one. */
    private static URI consolePage(String region, String imageId) {
        return new HttpUrl.Builder()
                .scheme("https")
                .host("ecs.console.aliyun.com")
                .addPathSegments("image/region")
                .addPathSegment(region)
                .build()
                .uri();
    }
}
