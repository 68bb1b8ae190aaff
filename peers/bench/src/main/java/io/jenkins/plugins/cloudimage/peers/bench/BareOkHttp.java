package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * OkHttp alone, with as many idle connections as the plugin keeps, sending ready-made bodies and reading bytes: nothing is
 * signed, no JSON is written or read.
 */
final class BareOkHttp implements Sdk {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final String CREATE =
            "{\"ImageName\":\"web-1234\",\"InstanceId\":\"ins-6pb6lrmy\",\"ImageDescription\":\"nightly web tier\"}";
    private static final String DESCRIBE = "{\"Limit\":100,\"ImageIds\":[\"img-6pb6lrmy\"]}";

    @Override
    public Client connect(String address, String id, String secret, String token) {
        OkHttpClient client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(32, 5, TimeUnit.MINUTES))
                .build();
        return new Posts(client, "http://" + address + "/");
    }

    private record Posts(OkHttpClient client, String url) implements Client {
        @Override
        public String create(String instanceId, String imageName, String description) throws IOException {
            return post("CreateImage", CREATE);
        }

        @Override
        public String state(String imageId) throws IOException {
            return post("DescribeImages", DESCRIBE);
        }

        @Override
        public void send(Map<String, String> parameters) {
            throw new UnsupportedOperationException("For oracles only");
        }

        private String post(String action, String body) throws IOException {
            Request request = new Request.Builder()
                    .url(url)
                    .header("X-TC-Action", action)
                    .post(RequestBody.create(body, JSON))
                    .build();
            try (Response response = client.newCall(request).execute()) {
                return Integer.toString(response.body().bytes().length);
            }
        }
    }
}
