package io.jenkins.plugins.cloudimage.peers.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.tencentcloudapi.common.AbstractClient;
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.common.provider.CvmRoleCredential;
import com.tencentcloudapi.cvm.v20170312.CvmClient;
import com.tencentcloudapi.cvm.v20170312.models.CreateImageRequest;
import com.tencentcloudapi.cvm.v20170312.models.DescribeImagesRequest;
import com.tencentcloudapi.cvm.v20170312.models.DescribeLaunchTemplateVersionsRequest;
import com.tencentcloudapi.cvm.v20170312.models.DescribeLaunchTemplatesRequest;
import com.tencentcloudapi.cvm.v20170312.models.LaunchTemplateInfo;
import com.tencentcloudapi.cvm.v20170312.models.LaunchTemplateVersionInfo;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tencent Cloud's SDK, by TC3-HMAC-SHA256. */
public final class TencentSdk implements Sdk {
    private static final String REGION = "ap-guangzhou";

    @Override
    public Client connect(String address, String id, String secret, String token) {
        HttpProfile http = new HttpProfile();
        http.setProtocol(HttpProfile.REQ_HTTP);
        // The real host is signed, the other one is connected to.
        http.setEndpoint("cvm.tencentcloudapi.com");
        http.setApigwEndpoint(address);
        Credential credential = new Credential(id, secret, token);
        return new Cvm(new CvmClient(credential, REGION, new ClientProfile(ClientProfile.SIGN_TC3_256, http)));
    }

    @Override
    public List<String> assumeRole(String address, String id, String secret, Map<String, String> parameters)
            throws TencentCloudSDKException {
        return key(service(address, id, secret).call("AssumeRole", new Gson().toJson(parameters)));
    }

    /** What the SDK's own provider of credentials does, which speaks HTTPS only. */
    @Override
    public List<String> assumeRole(String address, String role, String provider, Path token) throws Exception {
        TokenRequest request = new TokenRequest();
        request.set("RoleArn", role);
        request.set("RoleSessionName", "sdk");
        request.set("ProviderId", provider);
        request.set("WebIdentityToken", Files.readString(token));
        request.setSkipSign(true);
        return key(service(address, "", "").commonRequest(request, "AssumeRoleWithWebIdentity"));
    }

    /** A request whose parameters the SDK does not know. */
    private static final class TokenRequest extends AbstractModel {
        @Override
        protected void toMap(HashMap<String, String> map, String prefix) {
            any().forEach((name, value) -> map.put(prefix + name, value.toString()));
        }
    }

    @Override
    public Map<String, String> identity(String address, String id, String secret, String token)
            throws TencentCloudSDKException {
        JsonObject answer = JsonParser.parseString(
                        service(address, new Credential(id, secret, token)).call("GetCallerIdentity", "{}"))
                .getAsJsonObject()
                .getAsJsonObject("Response");
        return answer.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().getAsString()));
    }

    private static CommonClient service(String address, String id, String secret) {
        return service(address, new Credential(id, secret));
    }

    private static CommonClient service(String address, Credential credential) {
        return service(address, "sts", "2018-08-13", credential);
    }

    private static CommonClient service(String address, String name, String version, Credential credential) {
        HttpProfile http = new HttpProfile();
        http.setProtocol(HttpProfile.REQ_HTTP);
        http.setEndpoint(address);
        return new CommonClient(name, version, credential, REGION, new ClientProfile(ClientProfile.SIGN_TC3_256, http));
    }

    /** The SDK of Auto Scaling is another one; its common client signs for every service. */
    @Override
    public List<String> templates(String address, String scaling, String id, String secret)
            throws TencentCloudSDKException {
        Cvm cvm = (Cvm) connect(address, id, secret, null);
        List<String> all = new ArrayList<>();
        for (LaunchTemplateInfo template : cvm.client.DescribeLaunchTemplates(new DescribeLaunchTemplatesRequest())
                .getLaunchTemplateSet()) {
            DescribeLaunchTemplateVersionsRequest versions = new DescribeLaunchTemplateVersionsRequest();
            versions.setLaunchTemplateId(template.getLaunchTemplateId());
            versions.setMaxVersion(template.getLatestVersionNumber());
            versions.setLimit(100L);
            for (LaunchTemplateVersionInfo version :
                    cvm.client.DescribeLaunchTemplateVersions(versions).getLaunchTemplateVersionSet()) {
                all.add(version.getLaunchTemplateId() + " " + version.getLaunchTemplateVersion() + " "
                        + version.getLaunchTemplateVersionData().getImageId());
            }
        }
        String response = service(scaling, "as", "2018-04-19", new Credential(id, secret))
                .call("DescribeLaunchConfigurations", "{\"Limit\":100}");
        JsonParser.parseString(response)
                .getAsJsonObject()
                .getAsJsonObject("Response")
                .getAsJsonArray("LaunchConfigurationSet")
                .forEach(each -> {
                    JsonObject configuration = each.getAsJsonObject();
                    all.add(configuration.get("LaunchConfigurationId").getAsString() + " "
                            + configuration.get("ImageId").getAsString());
                });
        return all;
    }

    private static List<String> key(String response) {
        JsonObject key = JsonParser.parseString(response)
                .getAsJsonObject()
                .getAsJsonObject("Response")
                .getAsJsonObject("Credentials");
        return Stream.of("TmpSecretId", "TmpSecretKey", "Token")
                .map(part -> key.get(part).getAsString())
                .toList();
    }

    @Override
    public List<String> instanceRole(String role) {
        Credential key = role == null ? new CvmRoleCredential() : new CvmRoleCredential(role);
        return List.of(key.getSecretId(), key.getSecretKey(), key.getToken());
    }

    private record Cvm(CvmClient client) implements Client {
        /** The SDK's one signer that is a method of its own; it signs no more than the inlined one of other calls. */
        private static final Method SIGNER = signer();

        private static Method signer() {
            try {
                Method signer = AbstractClient.class.getDeclaredMethod("getAuthorization", HashMap.class, byte[].class);
                signer.setAccessible(true);
                return signer;
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String create(String instanceId, String imageName, String description) throws TencentCloudSDKException {
            return client.CreateImage(request(instanceId, imageName, description))
                    .getImageId();
        }

        @Override
        public Object sign(String instanceId, String imageName, String description)
                throws ReflectiveOperationException {
            byte[] body = AbstractModel.toJsonString(request(instanceId, imageName, description))
                    .getBytes(UTF_8);
            HashMap<String, String> headers = new HashMap<>();
            headers.put("Content-Type", "application/json; charset=utf-8");
            headers.put("X-TC-Timestamp", String.valueOf(System.currentTimeMillis() / 1000));
            return SIGNER.invoke(client, headers, body);
        }

        private static CreateImageRequest request(String instanceId, String imageName, String description) {
            CreateImageRequest request = new CreateImageRequest();
            request.setInstanceId(instanceId);
            request.setImageName(imageName);
            request.setImageDescription(description);
            return request;
        }

        @Override
        public String state(String imageId) throws TencentCloudSDKException {
            DescribeImagesRequest request = new DescribeImagesRequest();
            request.setImageIds(new String[] {imageId});
            return client.DescribeImages(request).getImageSet()[0].getImageState();
        }

        @Override
        public void send(Map<String, String> parameters) throws TencentCloudSDKException {
            CreateImageRequest request = new CreateImageRequest();
            parameters.forEach(request::set);
            client.CreateImage(request);
        }
    }
}
