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
import com.tencentcloudapi.cvm.v20170312.CvmClient;
import com.tencentcloudapi.cvm.v20170312.models.CreateImageRequest;
import com.tencentcloudapi.cvm.v20170312.models.DescribeImagesRequest;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        HttpProfile http = new HttpProfile();
        http.setProtocol(HttpProfile.REQ_HTTP);
        http.setEndpoint(address);
        CommonClient client = new CommonClient(
                "sts",
                "2018-08-13",
                new Credential(id, secret),
                REGION,
                new ClientProfile(ClientProfile.SIGN_TC3_256, http));
        JsonObject key = JsonParser.parseString(client.call("AssumeRole", new Gson().toJson(parameters)))
                .getAsJsonObject()
                .getAsJsonObject("Response")
                .getAsJsonObject("Credentials");
        return Stream.of("TmpSecretId", "TmpSecretKey", "Token")
                .map(part -> key.get(part).getAsString())
                .toList();
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
