package io.jenkins.plugins.cloudimage.core.fuzz;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.WireFiles;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraImageRequest;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraProvider;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraSettings;
import io.jenkins.plugins.cloudimage.core.ecs.EcsImageRequest;
import io.jenkins.plugins.cloudimage.core.ecs.EcsProvider;
import io.jenkins.plugins.cloudimage.core.ens.EnsImageRequest;
import io.jenkins.plugins.cloudimage.core.ens.EnsProvider;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudImageRequest;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudProvider;
import io.jenkins.plugins.cloudimage.core.qcloud.QcloudImageRequest;
import io.jenkins.plugins.cloudimage.core.qcloud.QcloudProvider;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.tencent.TencentImageRequest;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A cloud for fuzzing: its real responses, and their meaning by rules that share no code with the clients. */
enum Subject {
    TENCENT(
            TencentProvider.ID,
            List.of("tencent"),
            new TencentImageRequest("ap-guangzhou", "web-1", null, "ins-6pb6lrmy", null, false, false, null, false),
            "img-0yc6rie8",
            "/Response/ImageId",
            "/Response/ImageSet",
            "ImageId") {
        @Override
        boolean isFailure(JsonNode body) {
            JsonNode response = body.path("Response");
            return !response.isObject() || isGiven(response.path("Error"));
        }

        @Override
        String code(JsonNode body) {
            return body.path("Response").path("Error").path("Code").asText();
        }
    },
    JD_CLOUD(
            JdCloudProvider.ID,
            List.of("jdcloud"),
            new JdCloudImageRequest("cn-north-1", "img-1", null, "i-abc123", null),
            "img-3x1tgu4rxp",
            "/result/imageId",
            "/result/images",
            "imageId") {
        @Override
        boolean isFailure(JsonNode body) {
            return isGiven(body.path("error"));
        }

        @Override
        String code(JsonNode body) {
            JsonNode error = body.path("error");
            int code = error.path("code").asInt();
            return code >= 300 && code < 500
                    ? error.path("code").asText()
                    : error.path("status").asText();
        }
    },
    QCLOUD(
            QcloudProvider.ID,
            List.of("qcloud"),
            new QcloudImageRequest("ap-guangzhou", "test", null, "ins-12345678"),
            "img-1234test",
            "/none",
            "/imageSet",
            "unImgId") {
        /** One page shows the number of a task without quotes. */
        @Override
        JsonNode read(Answer answer) {
            String text = new String(answer.body(), StandardCharsets.ISO_8859_1);
            String quoted = text.replaceAll("(\"requestId\"\\s*:\\s*)([0-9]+[a-z])\\b", "$1\"$2\"");
            return Mutation.parse(quoted.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        boolean isFailure(JsonNode body) {
            return !body.path("code").asText().equals("0");
        }

        @Override
        String code(JsonNode body) {
            for (JsonNode part : body.path("detail")) {
                if (!part.path("code").asText("").isEmpty()
                        && isGiven(part.path("code"))
                        && !part.path("code").asText().equals("0")) {
                    return part.path("code").asText();
                }
            }
            return isGiven(body.path("code")) ? body.path("code").asText() : "";
        }
    },
    APSARA(
            ApsaraProvider.ID,
            List.of("apsara"),
            new ApsaraImageRequest(
                    "cn-qingdao-env17-d01",
                    "TestCentOS",
                    null,
                    "i-bp1g6zv0ce8oghu7k2xd",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null),
            "m-bp146shijn7hujku9k5x",
            "/ImageId",
            "/Images/Image",
            "ImageId"),
    ENS(
            EnsProvider.ID,
            List.of("ens"),
            new EnsImageRequest("ImageName", "i-5rr1bnyrc4tswr8cq3w6y", null, false, false, null),
            "m-5xxgg",
            "/ImageId",
            "/Images/Image",
            "ImageId"),
    ECS(
            EcsProvider.ID,
            List.of("ecs", "apsara"),
            new EcsImageRequest(
                    "cn-hangzhou",
                    "TestCentOS",
                    null,
                    "i-bp1g6zv0ce8oghu7k2xd",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    false),
            "m-bp146shijn7hujku9k5x",
            "/ImageId",
            "/Images/Image",
            "ImageId");

    private static final AccessKey KEY = new AccessKey("AKIDEXAMPLE", "secret-EXAMPLE", "token-EXAMPLE");
    private static final List<String> CODES = List.of("Code", "errorCode", "asapiErrorCode", "code", "resultCode");
    /** A number can mean success or failure; a word means failure, except these. */
    private static final Pattern WORD = Pattern.compile("(?i)(?!(?:ok|success)$).*\\p{L}.*", Pattern.DOTALL);

    /** Some gateways report a refusal only in words. */
    private static final Pattern REFUSAL = Pattern.compile("(?is).*(?:flow control|parameter version is not valid).*");

    final ImageRequest request;
    final String imageId;
    private final String id;
    private final List<String> folders;
    private final JsonPointer createdId;
    private final JsonPointer list;
    private final String idField;

    Subject(
            String id,
            List<String> folders,
            ImageRequest request,
            String imageId,
            String createdId,
            String list,
            String idField) {
        this.id = id;
        this.folders = folders;
        this.request = request;
        this.imageId = imageId;
        this.createdId = JsonPointer.compile(createdId);
        this.list = JsonPointer.compile(list);
        this.idField = idField;
    }

    Cloud connect(HttpTransport transport, ApsaraSettings.Gateway gateway, ImageRequest wanted) {
        Map<String, String> settings = new HashMap<>(wanted.connectionSettings());
        settings.put(ApsaraSettings.GATEWAY, gateway.id());
        settings.putIfAbsent(ApsaraSettings.ORGANIZATION, "37");
        URI endpoint = URI.create("https://cloud.example.com");
        return new Clouds(transport, new VirtualTime())
                .connect(new CloudConnection(id, endpoint, wanted.region(), KEY, settings).withScaling(endpoint));
    }

    /** Whether an endpoint that contains a region is in the cloud's own domain. */
    boolean isOwnEndpoint(@CheckForNull URI endpoint) {
        String domain =
                switch (this) {
                    case TENCENT -> "tencentcloudapi\\.com";
                    case JD_CLOUD -> "jdcloud-api\\.com";
                    case QCLOUD -> "api\\.qcloud\\.com";
                    default -> "aliyuncs\\.com";
                };
        return endpoint == null ? this == APSARA : endpoint.toString().matches("https://(?:[a-z0-9-]+\\.)+" + domain);
    }

    @CheckForNull
    URI endpoint(HttpTransport transport, String region) {
        return new Clouds(transport, new VirtualTime()).provider(id).endpoint(region);
    }

    /** Whether this is the path of a create call. */
    boolean isPath(String path) {
        return switch (this) {
            case JD_CLOUD -> path.matches("/v1/regions/[a-z0-9-]+/(?:instances/[A-Za-z0-9_-]+(?::|%3A)createImage)");
            case QCLOUD -> path.equals("/v2/index.php");
            case APSARA ->
                List.of("/", "/asapi/v3", "/apsara/route/Ecs/CreateImage").contains(path);
            default -> path.equals("/");
        };
    }

    /** Real responses to a call, from files whose names begin like this. */
    List<Answer> answers(List<String> calls) {
        List<Answer> found = new ArrayList<>();
        for (String folder : folders) {
            calls.forEach(call -> found.addAll(WireFiles.answersIn(folder + "/wire/" + call)));
        }
        return found;
    }

    /** Refusals from the cloud's pages and users, and responses that were once misread. */
    List<Answer> oddities() {
        return WireFiles.answersIn("fuzz/" + folders.get(folders.size() - 1));
    }

    JsonNode read(Answer answer) {
        return Mutation.parse(answer.body());
    }

    /** Whether a response certainly reports a failure. */
    boolean failed(Answer answer) {
        JsonNode body = read(answer);
        return answer.status() / 100 != 2 || body == null || !body.isObject() || isFailure(body);
    }

    boolean isFailure(JsonNode body) {
        JsonNode told = body.path("errorSample").isObject() ? body.path("errorSample") : body;
        return told.path("success").asText().equalsIgnoreCase("false")
                || told.path("asapiSuccess").asText().equalsIgnoreCase("false")
                || isGiven(told.path("resultCode"))
                        && !told.path("resultCode").asText().equals("0")
                || CODES.stream()
                        .anyMatch(name -> WORD.matcher(told.path(name).asText()).matches() && isGiven(told.path(name)));
    }

    /** Whether a response says in some way that the call was refused, so that nothing was done. */
    boolean refused(Answer answer) {
        JsonNode body = read(answer);
        String code = body == null ? "" : code(body);
        boolean told = !code.isBlank() && !code.equals("0");
        int status = answer.status();
        boolean byStatus = status == 501 || status / 100 == 3 || status / 100 == 4 && status != 408;
        return status != 501 && status / 100 == 5 || status == 408
                ? told && !code.startsWith("Fuzz.")
                : byStatus || told;
    }

    String code(JsonNode body) {
        JsonNode told = body.path("errorSample").isObject() ? body.path("errorSample") : body;
        if (REFUSAL.matcher(told.toString()).matches()) {
            return "by words";
        }
        return CODES.stream()
                .map(name -> told.path(name).asText())
                .filter(code -> !code.isBlank())
                .findFirst()
                .orElse("");
    }

    /** The image id in the response to a create call. */
    JsonNode createdId(Answer answer) {
        JsonNode body = read(answer);
        return body == null ? MissingNode.getInstance() : body.at(createdId);
    }

    /** The ids of all images in responses. */
    Set<String> listedIds(List<Answer> answers) {
        Set<String> ids = new HashSet<>();
        for (Answer answer : answers) {
            JsonNode body = read(answer);
            if (body != null) {
                body.at(list).forEach(image -> {
                    if (image.path(idField).isTextual()) {
                        ids.add(image.path(idField).textValue());
                    }
                });
            }
        }
        return ids;
    }

    static boolean isGiven(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }
}
