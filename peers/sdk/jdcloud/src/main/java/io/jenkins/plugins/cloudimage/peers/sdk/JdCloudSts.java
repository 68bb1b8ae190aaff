package io.jenkins.plugins.cloudimage.peers.sdk;

import com.jdcloud.sdk.JdcloudSdkException;
import com.jdcloud.sdk.auth.CredentialsProvider;
import com.jdcloud.sdk.auth.StaticCredentialsProvider;
import com.jdcloud.sdk.client.Environment;
import com.jdcloud.sdk.client.JdcloudClient;
import com.jdcloud.sdk.client.JdcloudExecutor;
import com.jdcloud.sdk.http.HttpRequestConfig;
import com.jdcloud.sdk.http.Protocol;
import com.jdcloud.sdk.service.JdcloudRequest;
import com.jdcloud.sdk.service.JdcloudResponse;
import com.jdcloud.sdk.service.JdcloudResult;
import java.util.List;
import java.util.Map;

/**
 * JD Cloud's security token service by the core of its SDK, which signs and sends. The SDK's module for the service, which
 * would name path and fields, is not on Maven Central.
 */
final class JdCloudSts extends JdcloudClient {
    private static final String HOST = "sts.jdcloud-api.com";

    private final String address;
    private final CredentialsProvider key;

    private JdCloudSts(String address, String id, String secret) {
        this.address = address;
        this.key = new StaticCredentialsProvider(id, secret);
    }

    static List<String> assumeRole(String address, String id, String secret, Map<String, String> parameters)
            throws JdcloudSdkException {
        AssumeRoleRequest request = new AssumeRoleRequest();
        request.assumeRoleInfo = parameters;
        AssumeRoleResponse response =
                new AssumeRole().client(new JdCloudSts(address, id, secret)).execute(request);
        if (response.getError() != null) {
            throw new IllegalStateException(response.getError().getStatus());
        }
        Map<String, String> temporary = response.getResult().credentials;
        return List.of(temporary.get("accessKey"), temporary.get("secretKey"), temporary.get("sessionToken"));
    }

    @Override
    public CredentialsProvider getCredentialsProvider() {
        return key;
    }

    @Override
    public HttpRequestConfig getHttpRequestConfig() {
        return new HttpRequestConfig.Builder().protocol(Protocol.HTTP).build();
    }

    @Override
    public Environment getEnvironment() {
        // The real host is signed, the other one is connected to.
        return new Environment.Builder().endpoint(address, HOST).build();
    }

    @Override
    public String getUserAgent() {
        return "JdcloudSdkJava";
    }

    @Override
    public String getServiceName() {
        return "sts";
    }

    @Override
    public String getVersion() {
        return "v1";
    }

    /** The call. */
    static final class AssumeRole extends JdcloudExecutor {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String url() {
            return "/sessionToken:assumeRole";
        }

        @Override
        public Class<? extends JdcloudResponse> returnType() {
            return AssumeRoleResponse.class;
        }
    }

    /** The body of the call. */
    static final class AssumeRoleRequest extends JdcloudRequest {
        private Map<String, String> assumeRoleInfo;
    }

    /** The body of the response, which the SDK makes by its class. */
    public static final class AssumeRoleResponse extends JdcloudResponse<AssumeRoleResult> {}

    /** What the response holds. */
    public static final class AssumeRoleResult extends JdcloudResult {
        private Map<String, String> credentials;

        public void setCredentials(Map<String, String> credentials) {
            this.credentials = credentials;
        }
    }
}
