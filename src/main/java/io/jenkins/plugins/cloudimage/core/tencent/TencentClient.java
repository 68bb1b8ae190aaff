package io.jenkins.plugins.cloudimage.core.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CommonTexts;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.TagFilter;
import io.jenkins.plugins.cloudimage.core.http.HttpCall;
import io.jenkins.plugins.cloudimage.core.http.InstancePages;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.Pages;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client of Tencent Cloud CVM, version 2017-03-12: JSON by POST, errors under HTTP 200. */
final class TencentClient implements Cloud {
    static final int PAGE = 100;

    private static final String VERSION = "2017-03-12";
    private static final String SERVICE = "cvm";
    private static final String PRIVATE = "PRIVATE_IMAGE";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final TencentCalls calls;
    private final TencentTemplates templates;

    TencentClient(CloudConnection connection, SignedCalls signed) {
        calls = calls(connection, signed, connection.endpoint(), SERVICE, VERSION);
        URI scaling = connection.scaling();
        templates = new TencentTemplates(
                calls,
                scaling == null
                        ? null
                        : calls(
                                connection,
                                signed,
                                scaling,
                                TencentTemplates.SCALING,
                                TencentTemplates.SCALING_VERSION));
    }

    private static TencentCalls calls(
            CloudConnection connection, SignedCalls signed, URI endpoint, String service, String version) {
        return new TencentCalls(signed, endpoint, connection.region(), service, version, connection.key());
    }

    @Override
    public CreateAnswer create(ImageRequest request, String token) throws CloudException {
        try {
            JsonNode response = call("CreateImage", parameters(request.as(TencentImageRequest.class)));
            return new CreateAnswer(Json.id(response, "ImageId"), Json.text(response, "RequestId"), request.dryRun());
        } catch (CloudException e) {
            if (request.dryRun()
                    && TencentErrors.DRY_RUN_PASSED.equals(e.error().code())) {
                return new CreateAnswer(null, e.error().requestId(), true);
            }
            throw e;
        }
    }

    static ObjectNode parameters(TencentImageRequest request) {
        ObjectNode body = JSON.objectNode().put("ImageName", request.imageName());
        if (Rules.isGiven(request.instanceId())) {
            body.put("InstanceId", request.instanceId());
        }
        if (Rules.isGiven(request.description())) {
            body.put("ImageDescription", request.description());
        }
        // Booleans are sent only if true: the meaning of "false" in ForcePoweroff has changed over the years.
        if (request.forcePoweroff()) {
            body.put("ForcePoweroff", "true");
        }
        if (request.sysprep()) {
            body.put("Sysprep", "true");
        }
        putAll(body, "DataDiskIds", request.dataDiskIds());
        putAll(body, "SnapshotIds", request.snapshotIds());
        if (request.dryRun()) {
            body.put("DryRun", true);
        }
        if (!request.tags().isEmpty()) {
            ObjectNode specification = body.putArray("TagSpecification").addObject();
            specification.put("ResourceType", "image");
            ArrayNode tags = specification.putArray("Tags");
            request.tags()
                    .forEach(tag -> tags.addObject()
                            .put("Key", tag.key())
                            .put("Value", tag.value() == null ? "" : tag.value()));
        }
        if (Rules.isGiven(request.imageFamily())) {
            body.put("ImageFamily", request.imageFamily());
        }
        return body;
    }

    /** A copy takes its source's name unless another is given; tags and description cannot be given. */
    @Override
    public CreateAnswer copy(CopyRequest request, String token) throws CloudException {
        ObjectNode body =
                JSON.objectNode().put("ImageName", request.imageName()).put("ImageSetRequired", true);
        putAll(body, "ImageIds", List.of(request.imageId()));
        putAll(body, "DestinationRegions", List.of(request.region()));
        JsonNode response = callAbout(TencentErrors.NO_IMAGE, "SyncImages", body);
        String id = null;
        for (JsonNode image : response.path("ImageSet")) {
            if (request.region().equals(Json.text(image, "Region"))) {
                id = Json.id(image, "ImageId");
            }
        }
        return new CreateAnswer(id, Json.text(response, "RequestId"), false);
    }

    @Override
    public List<CloudImage> describe(Collection<String> imageIds) throws CloudException {
        ObjectNode body = JSON.objectNode().put("Limit", PAGE);
        putAll(body, "ImageIds", imageIds);
        return page(callAbout(TencentErrors.NO_IMAGE, "DescribeImages", body)).images();
    }

    @Override
    public List<CloudImage> findByName(String name) throws CloudException {
        ObjectNode body = privateImages(PAGE);
        body.withArray("Filters")
                .addObject()
                .put("Name", "image-name")
                .putArray("Values")
                .add(name);
        // The filter also matches parts of names. Names are unique in a region, so the image is on the first page
        // unless a hundred other names contain its name; then the next pages are read as well.
        return Pages.find(
                number -> page(call("DescribeImages", body.put("Offset", number * PAGE))),
                image -> image.name().equals(name),
                Integer.MAX_VALUE);
    }

    /** There is no filter for families, and the one for names also finds names that contain the text elsewhere. */
    @Override
    public List<CloudImage> find(ImageQuery query) throws CloudException {
        ObjectNode body = privateImages(PAGE);
        TagFilter tag = query.tag();
        if (tag != null) {
            boolean anyValue = !Rules.isGiven(tag.value());
            body.withArray("Filters")
                    .addObject()
                    .put("Name", anyValue ? "tag-key" : "tag:" + tag.key())
                    .putArray("Values")
                    .add(anyValue ? tag.key() : tag.value());
        }
        return Pages.find(
                Pages.unchanged(number -> page(
                        call("DescribeImages", body.put("Offset", number * PAGE)), image -> matching(image, query))),
                image -> true,
                Integer.MAX_VALUE);
    }

    @CheckForNull
    private static CloudImage matching(JsonNode node, ImageQuery query) {
        boolean own = Json.text(node, "ImageType") == null || PRIVATE.equals(Json.text(node, "ImageType"));
        Map<String, String> tags = new HashMap<>();
        node.path("Tags").forEach(tag -> tags.put(Json.word(tag, "Key"), Json.word(tag, "Value")));
        CloudImage image = image(node);
        return own
                        && !node.path("ImageDeprecated").asBoolean()
                        && query.matches(image, Json.text(node, "ImageFamily"), tags)
                ? image
                : null;
    }

    /** {@code DeleteBindedSnap} also deletes the snapshots that were made for the image. */
    @Override
    public void delete(String imageId) throws CloudException {
        ObjectNode body = JSON.objectNode().put("DeleteBindedSnap", true);
        putAll(body, "ImageIds", List.of(imageId));
        callAbout(TencentErrors.NO_IMAGE, "DeleteImages", body);
    }

    /** No filter of the API is for images, so all instances are listed. */
    @Override
    public List<String> instancesUsing(String imageId) throws CloudException {
        List<InstancePages.Instance> all = InstancePages.overlapping((number, offset) -> {
            JsonNode response = call(
                    "DescribeInstances", JSON.objectNode().put("Offset", offset).put("Limit", InstancePages.PAGE));
            return InstancePages.page(
                    response, response.path("InstanceSet"), response.path("TotalCount"), "InstanceId", "ImageId");
        });
        return InstancePages.using(all, imageId);
    }

    @Override
    public List<ImageTemplate> templates() throws CloudException {
        return templates.list();
    }

    @Override
    public void share(String imageId, List<String> accounts) throws CloudException {
        try {
            callAbout(TencentErrors.NO_IMAGE, "ModifyImageSharePermission", sharing(imageId, accounts, "SHARE"));
        } catch (CloudException e) {
            // With several accounts it would be open what became of the others.
            if (accounts.size() > 1
                    || !TencentErrors.SHARED_BEFORE.equals(e.error().code())) {
                throw e;
            }
        }
    }

    @Override
    public void unshare(String imageId, List<String> accounts) throws CloudException {
        callAbout(TencentErrors.NO_IMAGE, "ModifyImageSharePermission", sharing(imageId, accounts, "CANCEL"));
    }

    private static ObjectNode sharing(String imageId, List<String> accounts, String permission) {
        ObjectNode body = JSON.objectNode().put("ImageId", imageId).put("Permission", permission);
        putAll(body, "AccountIds", accounts);
        return body;
    }

    @Override
    public List<String> sharedWith(String imageId) throws CloudException {
        JsonNode response = callAbout(
                TencentErrors.NO_IMAGE,
                "DescribeImageSharePermission",
                JSON.objectNode().put("ImageId", imageId));
        return Json.texts(response, response.path("SharePermissionSet"), "AccountId");
    }

    @Override
    public PowerState powerState(String instanceId) throws CloudException {
        for (JsonNode instance : callAbout(TencentErrors.NO_INSTANCE, "DescribeInstances", instances(instanceId))
                .path("InstanceSet")) {
            if (instanceId.equals(Json.text(instance, "InstanceId"))) {
                return "OPERATING".equals(Json.text(instance, "LatestOperationState"))
                        ? PowerState.CHANGING
                        : TencentStates.power(Json.word(instance, "InstanceState"));
            }
        }
        throw TencentErrors.meaning(TencentErrors.NO_INSTANCE, CommonTexts.noSuchInstance(instanceId), null)
                .exception();
    }

    @Override
    public void stop(String instanceId) throws CloudException {
        // With STOP_CHARGING the cloud would refuse the image: UnsupportedOperation.StoppedModeStopCharging.
        callAbout(
                TencentErrors.NO_INSTANCE,
                "StopInstances",
                instances(instanceId).put("StopType", "SOFT").put("StoppedMode", "KEEP_CHARGING"));
    }

    @Override
    public void start(String instanceId) throws CloudException {
        callAbout(TencentErrors.NO_INSTANCE, "StartInstances", instances(instanceId));
    }

    @Override
    public Optional<Quota> quota() throws CloudException {
        int limit = call("DescribeImageQuota", JSON.objectNode())
                .path("ImageNumQuota")
                .asInt();
        int used = page(call("DescribeImages", privateImages(1))).total();
        return Optional.of(new Quota(used, limit));
    }

    @Override
    public Optional<Instant> time() {
        return calls.time();
    }

    @Override
    public String probe() throws CloudException {
        call("DescribeImages", privateImages(1));
        return "cvm:DescribeImages";
    }

    private static ObjectNode privateImages(int limit) {
        ObjectNode body = JSON.objectNode().put("Limit", limit);
        body.putArray("Filters")
                .addObject()
                .put("Name", "image-type")
                .putArray("Values")
                .add(PRIVATE);
        return body;
    }

    private static ObjectNode instances(String instanceId) {
        ObjectNode body = JSON.objectNode();
        putAll(body, "InstanceIds", List.of(instanceId));
        return body;
    }

    private static void putAll(ObjectNode body, String name, Collection<String> values) {
        if (!values.isEmpty()) {
            values.forEach(body.putArray(name)::add);
        }
    }

    private static Pages.Page page(JsonNode response) throws CloudException {
        return page(response, TencentClient::image);
    }

    private static Pages.Page page(JsonNode response, Pages.Entry entry) throws CloudException {
        return Pages.page(response, response.path("ImageSet"), response.path("TotalCount"), "ImageId", entry);
    }

    private static CloudImage image(JsonNode image) {
        String state = Json.word(image, "ImageState");
        return new CloudImage(
                image.path("ImageId").asText(),
                Json.word(image, "ImageName"),
                TencentStates.image(state),
                state,
                percent(image, state),
                Json.instant(image, "CreatedTime"),
                null,
                Json.text(image, "ImageDescription"));
    }

    /** The progress of the image or, while it is copied, of the copy. Either may be missing or null. */
    private static Integer percent(JsonNode image, String state) {
        Integer made = Json.percent(image, "CreatePercent");
        Integer copied = Json.percent(image, "SyncPercent");
        boolean copying = state.equalsIgnoreCase("SYNCING");
        if (made == null || copied == null) {
            return made == null ? copied : made;
        }
        return copying ? copied : made;
    }

    private JsonNode callAbout(String notFound, String action, ObjectNode parameters) throws CloudException {
        try {
            return call(action, parameters);
        } catch (CloudException e) {
            throw TencentErrors.about(e, notFound);
        }
    }

    private JsonNode call(String action, ObjectNode parameters) throws CloudException {
        return calls.call(action, parameters);
    }

    HttpCall sign(String action, byte[] body, Instant now) {
        return calls.sign(action, body, now);
    }
}
