package io.jenkins.plugins.cloudimage.peers.sdk;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.IAcsClient;
import com.aliyuncs.auth.AlibabaCloudCredentials;
import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.auth.OIDCCredentialsProvider;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.auth.Signer;
import com.aliyuncs.auth.signers.SignatureAlgorithm;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import com.aliyuncs.regions.ProductDomain;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The core of Alibaba Cloud's SDK. Its requests are untyped; typed ones of Apsara Stack and ENS are not published. */
abstract class AlibabaSdk implements Sdk {
    private static final String REGION = "cn-hangzhou";

    private final String product;
    private final String version;
    private final String describe;

    AlibabaSdk(String product, String version, String describe) {
        this.product = product;
        this.version = version;
        this.describe = describe;
    }

    /** Gives a request its parameters: about half of any names in the form, the others in the query. */
    void shape(CommonRequest request, String action, Map<String, String> parameters) {
        parameters.forEach((name, value) -> {
            if (name.charAt(0) % 2 == 0) {
                request.putBodyParameter(name, value);
            } else {
                request.putQueryParameter(name, value);
            }
        });
    }

    @Override
    public Client connect(String address, String id, String secret, String token) {
        return new Api(
                this,
                new DefaultAcsClient(DefaultProfile.getProfile(REGION, id, secret, token)),
                address,
                new BasicCredentials(id, secret));
    }

    @Override
    public List<String> assumeRole(String address, String id, String secret, Map<String, String> parameters)
            throws ClientException {
        Api service = new Api(
                this,
                new DefaultAcsClient(DefaultProfile.getProfile(REGION, id, secret)),
                address,
                new BasicCredentials(id, secret));
        JsonObject key = service.call("AssumeRole", parameters).getAsJsonObject("Credentials");
        return Stream.of("AccessKeyId", "AccessKeySecret", "SecurityToken")
                .map(part -> key.get(part).getAsString())
                .toList();
    }

    @Override
    public Map<String, String> identity(String address, String id, String secret, String token) throws ClientException {
        Api service = new Api(
                this,
                new DefaultAcsClient(DefaultProfile.getProfile(REGION, id, secret, token)),
                address,
                new BasicCredentials(id, secret));
        return service.call("GetCallerIdentity", Map.of()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().getAsString()));
    }

    @Override
    public List<String> templates(String address, String scaling, String id, String secret) throws ClientException {
        Api ecs = (Api) connect(address, id, secret, null);
        Api ess = (Api) new Scaling().connect(scaling, id, secret, null);
        Map<String, String> page = Map.of("RegionId", REGION, "PageSize", "50");
        List<String> all = new ArrayList<>();
        for (JsonObject template :
                list(ecs.call("DescribeLaunchTemplates", page), "LaunchTemplateSets", "LaunchTemplateSet")) {
            String name = template.get("LaunchTemplateId").getAsString();
            Map<String, String> wanted = Map.of("RegionId", REGION, "PageSize", "50", "LaunchTemplateId", name);
            JsonObject versions = ecs.call("DescribeLaunchTemplateVersions", wanted);
            for (JsonObject version : list(versions, "LaunchTemplateVersionSets", "LaunchTemplateVersionSet")) {
                String image = version.getAsJsonObject("LaunchTemplateData")
                        .get("ImageId")
                        .getAsString();
                all.add(name + " " + version.get("VersionNumber").getAsInt() + " " + image);
            }
        }
        JsonObject configurations = ess.call("DescribeScalingConfigurations", page);
        for (JsonObject each : list(configurations, "ScalingConfigurations", "ScalingConfiguration")) {
            all.add(each.get("ScalingConfigurationId").getAsString() + " "
                    + each.get("ImageId").getAsString());
        }
        return all;
    }

    private static List<JsonObject> list(JsonObject answer, String lists, String list) {
        List<JsonObject> entries = new ArrayList<>();
        answer.getAsJsonObject(lists).getAsJsonArray(list).forEach(entry -> entries.add(entry.getAsJsonObject()));
        return entries;
    }

    private record Api(AlibabaSdk sdk, IAcsClient client, String address, AlibabaCloudCredentials credentials)
            implements Client {
        /** What {@code DefaultAcsClient} does before it opens a connection. */
        @Override
        public Object sign(String instanceId, String imageName, String description) throws Exception {
            CommonRequest common = request(
                    "CreateImage",
                    Map.of("InstanceId", instanceId, "ImageName", imageName, "Description", description));
            AcsRequest<?> request = common.buildRequest();
            SignatureVersion signature = request.getSysSignatureVersion();
            Signer signer = Signer.getSigner(
                    credentials,
                    signature == null ? SignatureVersion.V1 : signature,
                    SignatureAlgorithm.ACS3_HMAC_SHA256);
            request.setSysSignatureAlgorithm(SignatureAlgorithm.ACS3_HMAC_SHA256);
            request.putHeaderParameter("x-acs-version", sdk.version);
            request.putHeaderParameter("x-acs-action", "CreateImage");
            return request.signRequest(signer, credentials, FormatType.JSON, new ProductDomain(sdk.product, address));
        }

        @Override
        public String create(String instanceId, String imageName, String description) throws ClientException {
            JsonElement id = call("CreateImage", Map.of("InstanceId", instanceId, "ImageName", imageName))
                    .get("ImageId");
            return id == null ? null : id.getAsString();
        }

        @Override
        public String state(String imageId) throws ClientException {
            return call(sdk.describe, Map.of("ImageId", imageId, "Status", "Creating,Available"))
                    .getAsJsonObject("Images")
                    .getAsJsonArray("Image")
                    .get(0)
                    .getAsJsonObject()
                    .get("Status")
                    .getAsString();
        }

        @Override
        public void send(Map<String, String> parameters) throws ClientException {
            call("CreateImage", parameters);
        }

        private JsonObject call(String action, Map<String, String> parameters) throws ClientException {
            return JsonParser.parseString(client.getCommonResponse(request(action, parameters))
                            .getData())
                    .getAsJsonObject();
        }

        private CommonRequest request(String action, Map<String, String> parameters) {
            CommonRequest request = new CommonRequest();
            request.setSysProtocol(ProtocolType.HTTP);
            request.setSysDomain(address);
            request.setSysMethod(MethodType.POST);
            request.setSysProduct(sdk.product);
            request.setSysVersion(sdk.version);
            request.setSysAction(action);
            sdk.shape(request, action, parameters);
            return request;
        }
    }

    /** RPC with signature version 1. */
    public static final class Rpc extends AlibabaSdk {
        /** ECS, which is Apsara Stack's too. */
        public Rpc() {
            super("Ecs", "2014-05-26", "DescribeImages");
        }
    }

    /** Auto Scaling, by RPC with signature version 1. */
    static final class Scaling extends AlibabaSdk {
        Scaling() {
            super("Ess", "2014-08-28", "DescribeScalingConfigurations");
        }
    }

    /** The security token service, by RPC with signature version 1. */
    public static final class Sts extends AlibabaSdk {
        /** The one version of its API. */
        public Sts() {
            super("Sts", "2015-04-01", "GetCallerIdentity");
        }

        /** The SDK lets a region be chosen and no address. */
        @Override
        public List<String> assumeRole(String address, String role, String provider, Path token) throws Exception {
            OIDCCredentialsProvider credentials =
                    new OIDCCredentialsProvider(role, provider, token.toString(), "sdk", REGION);
            Field endpoint = OIDCCredentialsProvider.class.getDeclaredField("stsEndpoint");
            endpoint.setAccessible(true);
            endpoint.set(credentials, "http://" + address + "/");
            BasicSessionCredentials key = (BasicSessionCredentials) credentials.getCredentials();
            return List.of(key.getAccessKeyId(), key.getAccessKeySecret(), key.getSessionToken());
        }
    }

    /** RPC with ACS3-HMAC-SHA256. */
    public static final class Acs3 extends AlibabaSdk {
        /** ENS. */
        public Acs3() {
            super("Ens", "2017-11-10", "DescribeSelfImages");
        }

        @Override
        void shape(CommonRequest request, String action, Map<String, String> parameters) {
            request.setSysSignatureVersion(SignatureVersion.V3);
            super.shape(request, action, parameters);
        }
    }

    /** ROA with signature version 1: all parameters in the form. */
    public static final class Roa extends AlibabaSdk {
        /** ECS, by paths. */
        public Roa() {
            super("Ecs", "2014-05-26", "DescribeImages");
        }

        @Override
        void shape(CommonRequest request, String action, Map<String, String> parameters) {
            request.setSysUriPattern("/apsara/route/Ecs/" + action);
            parameters.forEach(request::putBodyParameter);
            // The page of Apsara Stack wants both spellings.
            request.putBodyParameter("RegionId", REGION);
            request.putBodyParameter("regionId", REGION);
        }
    }
}
