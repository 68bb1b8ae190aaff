package io.jenkins.plugins.cloudimage.peers.sdk;

import com.qcloud.Common.Request;
import com.qcloud.Module.Image;
import com.qcloud.QcloudApiModuleCenter;
import com.qcloud.Utilities.Json.JSONException;
import com.qcloud.Utilities.Json.JSONObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tencent's SDK for API v2, with a GET. As a whole it speaks to the real host only, so its parts, the one that signs and
 * the one that sends, are put together here.
 */
public final class QcloudSdk implements Sdk {

    @Override
    public Client connect(String address, String id, String secret, String token) {
        TreeMap<String, Object> config = new TreeMap<>();
        config.put("SecretId", id);
        config.put("SecretKey", secret);
        config.put("RequestMethod", "GET");
        config.put("DefaultRegion", "gz");
        return new ImageApi(
                new QcloudApiModuleCenter(new Image(), config), "http://" + address + "/v2/index.php", token);
    }

    private record ImageApi(QcloudApiModuleCenter center, String url, String token) implements Client {
        @Override
        public String create(String instanceId, String imageName, String description) throws JSONException {
            call(
                    "CreateImage",
                    Map.of("instanceId", instanceId, "imageName", imageName, "imageDescription", description));
            return null;
        }

        @Override
        public String state(String imageId) throws JSONException {
            return call("DescribeImages", Map.of("imageIds.0", imageId, "imageType", "1"))
                    .getJSONArray("imageSet")
                    .getJSONObject(0)
                    .get("status")
                    .toString();
        }

        @Override
        public void send(Map<String, String> parameters) throws JSONException {
            call("CreateImage", parameters);
        }

        private JSONObject call(String action, Map<String, String> parameters) throws JSONException {
            TreeMap<String, Object> request = new TreeMap<>(parameters);
            if (token != null) {
                request.put("Token", token);
            }
            // Adds the common parameters and the signature to its argument; the address that it returns is not encoded.
            center.generateUrl(action, request);
            JSONObject answer = new JSONObject(Request.sendRequest(url, request, "GET", null));
            if (answer.getInt("code") != 0) {
                throw new IllegalStateException(answer.toString());
            }
            return answer;
        }
    }
}
