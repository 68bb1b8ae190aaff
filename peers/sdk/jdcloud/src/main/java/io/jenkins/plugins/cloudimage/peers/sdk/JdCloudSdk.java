package io.jenkins.plugins.cloudimage.peers.sdk;

import com.jdcloud.sdk.JdcloudSdkException;
import com.jdcloud.sdk.auth.StaticCredentialsProvider;
import com.jdcloud.sdk.client.Environment;
import com.jdcloud.sdk.http.HttpRequestConfig;
import com.jdcloud.sdk.http.Protocol;
import com.jdcloud.sdk.service.JdcloudResponse;
import com.jdcloud.sdk.service.JdcloudResult;
import com.jdcloud.sdk.service.vm.client.VmClient;
import com.jdcloud.sdk.service.vm.model.CreateImageRequest;
import com.jdcloud.sdk.service.vm.model.DescribeImagesRequest;
import java.util.List;
import java.util.Map;

/** JD Cloud's SDK, by JDCLOUD2-HMAC-SHA256. It knows no session tokens. */
public final class JdCloudSdk implements Sdk {
    private static final String REGION = "cn-north-1";

    @Override
    public Client connect(String address, String id, String secret, String token) throws JdcloudSdkException {
        return new Vm(VmClient.builder()
                .credentialsProvider(new StaticCredentialsProvider(id, secret))
                .httpRequestConfig(
                        new HttpRequestConfig.Builder().protocol(Protocol.HTTP).build())
                // The real host is signed, the other one is connected to.
                .environment(new Environment.Builder()
                        .endpoint(address, "vm.jdcloud-api.com")
                        .build())
                .build());
    }

    private record Vm(VmClient client) implements Client {
        @Override
        public String create(String instanceId, String imageName, String description) throws JdcloudSdkException {
            return result(client.createImage(new CreateImageRequest()
                            .regionId(REGION)
                            .instanceId(instanceId)
                            .name(imageName)
                            .description(description)))
                    .getImageId();
        }

        @Override
        public String state(String imageId) throws JdcloudSdkException {
            return result(client.describeImages(
                            new DescribeImagesRequest().regionId(REGION).ids(List.of(imageId))))
                    .getImages()
                    .get(0)
                    .getStatus();
        }

        /** A POST with a body if there is an {@code instanceId}, a GET with a query otherwise. */
        @Override
        public void send(Map<String, String> parameters) throws JdcloudSdkException {
            if (parameters.containsKey("instanceId")) {
                client.createImage(new CreateImageRequest()
                        .regionId(REGION)
                        .instanceId(parameters.get("instanceId"))
                        .name(parameters.get("name"))
                        .description(parameters.get("description")));
            } else {
                client.describeImages(new DescribeImagesRequest()
                        .regionId(REGION)
                        .imageName(parameters.get("name"))
                        .platform(parameters.get("platform"))
                        .ids(parameters.keySet().stream()
                                .filter(name -> name.startsWith("id."))
                                .map(parameters::get)
                                .toList()));
            }
        }

        private static <R extends JdcloudResult> R result(JdcloudResponse<R> response) {
            if (response.getError() != null) {
                throw new IllegalStateException(response.getError().getStatus());
            }
            return response.getResult();
        }
    }
}
