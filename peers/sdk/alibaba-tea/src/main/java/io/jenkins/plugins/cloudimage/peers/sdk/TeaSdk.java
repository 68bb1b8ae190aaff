package io.jenkins.plugins.cloudimage.peers.sdk;

import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.EcsRamRoleCredentialProvider;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The younger SDK of Alibaba Cloud, by ACS3-HMAC-SHA256. Unlike the older one it signs the host. */
public final class TeaSdk implements Sdk {

    @Override
    public Client connect(String address, String id, String secret, String token) throws Exception {
        Config config = new Config()
                .setAccessKeyId(id)
                .setAccessKeySecret(secret)
                .setRegionId("cn-hangzhou")
                .setEndpoint(address)
                .setProtocol("http");
        if (token != null) {
            config.setSecurityToken(token).setType("sts");
        }
        return new Ens(new com.aliyun.teaopenapi.Client(config));
    }

    /** Alibaba's library falls back to the normal mode unless it is told not to. */
    @Override
    public List<String> instanceRole(String role) {
        return key(role, true);
    }

    private static List<String> key(String role, boolean hardened) {
        try (EcsRamRoleCredentialProvider provider = EcsRamRoleCredentialProvider.builder()
                .roleName(role)
                .disableIMDSv1(hardened)
                .build()) {
            CredentialModel key = provider.getCredentials();
            return List.of(key.getAccessKeyId(), key.getAccessKeySecret(), key.getSecurityToken());
        }
    }

    /** The same library, which falls back. */
    public static final class FallingBack implements Sdk {
        @Override
        public Client connect(String address, String id, String secret, String token) {
            throw new UnsupportedOperationException("It only reads metadata");
        }

        @Override
        public List<String> instanceRole(String role) {
            return key(role, false);
        }
    }

    private record Ens(com.aliyun.teaopenapi.Client client) implements Client {
        @Override
        public String create(String instanceId, String imageName, String description) throws Exception {
            return call("CreateImage", Map.of("InstanceId", instanceId, "ImageName", imageName), Map.of())
                    .get("ImageId")
                    .toString();
        }

        @Override
        public String state(String imageId) throws Exception {
            Map<?, ?> images = (Map<?, ?>) call("DescribeSelfImages", Map.of("ImageId", imageId), Map.of())
                    .get("Images");
            Map<?, ?> image = (Map<?, ?>) ((List<?>) images.get("Image")).get(0);
            return image.get("Status").toString();
        }

        /** About half of the names go into the form, the others into the query. */
        @Override
        public void send(Map<String, String> parameters) throws Exception {
            Map<String, String> query = new HashMap<>();
            Map<String, String> form = new HashMap<>();
            parameters.forEach((name, value) -> (name.charAt(0) % 2 == 0 ? form : query).put(name, value));
            call("CreateImage", query, form);
        }

        private Map<?, ?> call(String action, Map<String, String> query, Map<String, String> form) throws Exception {
            Params params = new Params()
                    .setAction(action)
                    .setVersion("2017-11-10")
                    .setProtocol("HTTP")
                    .setPathname("/")
                    .setMethod("POST")
                    .setAuthType("AK")
                    .setStyle("RPC")
                    .setReqBodyType("formData")
                    .setBodyType("json");
            OpenApiRequest request = new OpenApiRequest().setQuery(query);
            if (!form.isEmpty()) {
                request.setBody(form);
            }
            return (Map<?, ?>)
                    client.callApi(params, request, new RuntimeOptions()).get("body");
        }
    }
}
