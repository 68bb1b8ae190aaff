package io.jenkins.plugins.cloudimage.core.tencent;

import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudDescription;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.CopySupport;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.InstanceRoleService;
import io.jenkins.plugins.cloudimage.core.Permissions;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.SharingLimits;
import io.jenkins.plugins.cloudimage.core.TagSupport;
import io.jenkins.plugins.cloudimage.core.TemplateSupport;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/** Tencent Cloud CVM, API 3.0, version 2017-03-12. */
public record TencentProvider(HttpTransport http, Clock clock) implements CloudProvider {
    /** The cloud's id. */
    public static final String ID = "tencentCloud";

    /** The page documents 500 accounts and no maximum for a call. */
    private static final SharingLimits SHARING = new SharingLimits(500, 50, 50, SharingLimits.AccountIds.NUMBERS);

    /** One page allows values of 255 characters, another 127. The codes are those of CreateImage in the SDK. */
    private static final TagSupport TAGS = new TagSupport(50, 127, TencentErrors.TAGS);

    /** SyncImages takes no description, and encrypts within a region only. */
    private static final CopySupport COPIES = new CopySupport(false, false);

    /** The API pages document 10 CreateImage and 40 DescribeImages a second. */
    private static final Capabilities CAPABILITIES = new Capabilities(
            false,
            true,
            true,
            false,
            TencentClient.PAGE,
            10,
            40,
            SHARING,
            TAGS,
            Set.of(ImageQuery.Criterion.IMAGE_FAMILY, ImageQuery.Criterion.TAG),
            false,
            COPIES);

    private static final Permissions PERMISSIONS = new Permissions(
                    List.of("cvm:CreateImage", "cvm:DescribeImages"),
                    List.of("cvm:DeleteImages"),
                    List.of("cvm:DescribeInstances"),
                    List.of("cvm:DescribeInstances", "cvm:StopInstances", "cvm:StartInstances"),
                    List.of("cvm:DescribeImageQuota"),
                    List.of("cvm:ModifyImageSharePermission", "cvm:DescribeImageSharePermission"),
                    List.of("cvm:SyncImages"),
                    List.of("tag:TagResources"))
            .withTemplates(
                    "cvm:DescribeLaunchTemplates",
                    "cvm:DescribeLaunchTemplateVersions",
                    "as:DescribeLaunchConfigurations");

    private static final TemplateSupport TEMPLATES =
            new TemplateSupport(region -> publicEndpoint(TencentTemplates.SCALING, region));

    private static final List<String> REGIONS = List.of(
            "ap-guangzhou",
            "ap-shanghai",
            "ap-nanjing",
            "ap-beijing",
            "ap-chengdu",
            "ap-chongqing",
            "ap-hongkong",
            "ap-singapore",
            "ap-jakarta",
            "ap-seoul",
            "ap-tokyo",
            "ap-mumbai",
            "ap-bangkok",
            "eu-frankfurt",
            "na-ashburn",
            "na-siliconvalley",
            "na-toronto",
            "sa-saopaulo",
            "ap-shanghai-fsi",
            "ap-shenzhen-fsi");

    private static final CloudDescription DESCRIPTION = new CloudDescription(
            ID,
            Messages::TencentProvider_displayName,
            TencentImageRequest.class,
            CAPABILITIES,
            PERMISSIONS,
            REGIONS,
            region -> publicEndpoint("cvm", region),
            TencentProvider::consolePage);

    @Override
    public CloudDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Cloud connect(CloudConnection connection) {
        return new TencentClient(
                connection, new SignedCalls(http.trusting(connection.caCertificate()), clock, connection.key()));
    }

    @Override
    public Optional<RoleService> roles() {
        return Optional.of(tokenService(http, clock, PERMISSIONS));
    }

    @Override
    public Optional<TemplateSupport> templates() {
        return Optional.of(TEMPLATES);
    }

    @Override
    public Optional<InstanceRoleService> instanceRoles() {
        return Optional.of(metadata(http, clock));
    }

    /**
     * Makes Tencent Cloud's security token service, for another cloud with the same accounts too.
     *
     * @param permissions the calls that a temporary key may make unless the role has a policy of its own
     */
    public static RoleService tokenService(HttpTransport http, Clock clock, Permissions permissions) {
        return new TencentRoles(http, clock, permissions);
    }

    /** Makes the metadata service of Tencent Cloud's instances, for another cloud with the same accounts too. */
    public static InstanceRoleService metadata(HttpTransport http, Clock clock) {
        return new TencentInstanceRoles(http, clock);
    }

    /** Finance regions are served only by their own domains. */
    private static URI publicEndpoint(String service, String region) {
        String host = region.endsWith("-fsi") ? service + "." + region : service;
        return URI.create("https://" + host + ".tencentcloudapi.com");
    }

    private static URI consolePage(String region, String imageId) {
        return new HttpUrl.Builder()
                .scheme("https")
                .host("console.cloud.tencent.com")
                .addPathSegments("cvm/image/detail")
                .addPathSegment(region)
                .addPathSegment(imageId)
                .build()
                .uri();
    }
}
