package io.jenkins.plugins.cloudimage.peers.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.jdcloud.sdk.JdcloudSdkException;
import com.jdcloud.sdk.auth.Credentials;
import com.jdcloud.sdk.auth.SessionCredentials;
import com.jdcloud.sdk.auth.StaticCredentialsProvider;
import com.jdcloud.sdk.auth.sign.JdCloudSigner;
import com.jdcloud.sdk.client.Environment;
import com.jdcloud.sdk.http.DefaultSdkHttpFullRequest;
import com.jdcloud.sdk.http.HttpRequestConfig;
import com.jdcloud.sdk.http.Protocol;
import com.jdcloud.sdk.http.SdkHttpFullRequest;
import com.jdcloud.sdk.http.SdkHttpMethod;
import com.jdcloud.sdk.service.JdcloudResponse;
import com.jdcloud.sdk.service.JdcloudResult;
import com.jdcloud.sdk.service.vm.client.VmClient;
import com.jdcloud.sdk.service.vm.model.CreateImageRequest;
import com.jdcloud.sdk.service.vm.model.DescribeImagesRequest;
import com.jdcloud.sdk.service.vm.model.DescribeInstanceTemplatesRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;

/**
 * JD Cloud's SDK, by JDCLOUD2-HMAC-SHA256. Its client knows no session tokens but its signer does, so requests with one
 * are signed by the SDK and sent by the JDK.
 */
public final class JdCloudSdk implements Sdk {
    private static final String REGION = "cn-north-1";
    private static final String HOST = "vm.jdcloud-api.com";
    private static final Gson GSON = new Gson();

    @Override
    public Client connect(String address, String id, String secret, String token) throws JdcloudSdkException {
        VmClient client = VmClient.builder()
                .credentialsProvider(new StaticCredentialsProvider(id, secret))
                .httpRequestConfig(
                        new HttpRequestConfig.Builder().protocol(Protocol.HTTP).build())
                // The real host is signed, the other one is connected to.
                .environment(new Environment.Builder().endpoint(address, HOST).build())
                .build();
        return new Vm(
                client,
                new Credentials(id, secret),
                token == null ? null : new Session(address, new SessionCredentials(id, secret, token)));
    }

    @Override
    public List<String> assumeRole(String address, String id, String secret, Map<String, String> parameters)
            throws JdcloudSdkException {
        return JdCloudSts.assumeRole(address, id, secret, parameters);
    }

    /** Templates have no versions here. */
    @Override
    public List<String> templates(String address, String scaling, String id, String secret) throws JdcloudSdkException {
        Vm vm = (Vm) connect(address, id, secret, null);
        return Vm.result(vm.client.describeInstanceTemplates(
                        new DescribeInstanceTemplatesRequest().regionId(REGION).pageSize(100)))
                .getInstanceTemplates()
                .stream()
                .map(template -> template.getId() + " 1 "
                        + template.getInstanceTemplateData().getImageId())
                .toList();
    }

    private static JdCloudSigner signer() {
        JdCloudSigner signer = new JdCloudSigner(true);
        signer.setServiceName("vm");
        signer.setRegionName(REGION);
        return signer;
    }

    private static DefaultSdkHttpFullRequest.Builder post(String path, byte[] body) {
        return DefaultSdkHttpFullRequest.builder()
                .httpMethod(SdkHttpMethod.POST)
                .endpoint(URI.create("http://" + HOST))
                .resourcePath(path)
                .header("Content-Type", "application/json")
                .header("x-jdcloud-nonce", UUID.randomUUID().toString())
                .content(new ByteArrayInputStream(body));
    }

    private record Vm(VmClient client, Credentials credentials, Session session) implements Client {
        @Override
        public Object sign(String instanceId, String imageName, String description) {
            Map<String, String> image = Map.of("name", imageName, "description", description);
            byte[] body = GSON.toJson(image).getBytes(UTF_8);
            return signer().sign(
                            post("/v1/regions/" + REGION + "/instances/" + instanceId + ":createImage", body),
                            credentials);
        }

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
        public void send(Map<String, String> parameters) throws Exception {
            if (session != null) {
                session.send(parameters);
            } else if (parameters.containsKey("instanceId")) {
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

    private record Session(String address, SessionCredentials credentials) {
        private static final HttpClient HTTP = HttpClient.newHttpClient();

        void send(Map<String, String> parameters) throws IOException, InterruptedException {
            boolean creates = parameters.containsKey("instanceId");
            String path = "/v1/regions/" + REGION
                    + (creates ? "/instances/" + parameters.get("instanceId") + ":createImage" : "/images");
            byte[] body = (creates ? GSON.toJson(parameters) : "").getBytes(UTF_8);
            DefaultSdkHttpFullRequest.Builder request =
                    post(path, body).httpMethod(creates ? SdkHttpMethod.POST : SdkHttpMethod.GET);
            StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
            if (!creates) {
                parameters.forEach((name, value) -> {
                    request.queryParameter(name, value);
                    query.add(name + "=" + URLEncoder.encode(value, UTF_8));
                });
            }
            SdkHttpFullRequest signed = signer().sign(request, credentials);
            HttpRequest.Builder sent = HttpRequest.newBuilder(URI.create("http://" + address + path + query))
                    .method(signed.getHttpMethod().name(), HttpRequest.BodyPublishers.ofByteArray(body));
            signed.getHeaders().forEach((name, values) -> {
                if (!name.equalsIgnoreCase("Host")) {
                    sent.header(name, values.get(0));
                }
            });
            HTTP.send(sent.build(), HttpResponse.BodyHandlers.discarding());
        }
    }
}
