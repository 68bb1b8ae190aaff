package io.jenkins.plugins.cloudimage.core.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.http.InstancePages;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes the calls of one connection to one of Alibaba's clouds. */
public final class AlibabaCalls {
    private static final String IMAGE = "Image";
    /** The objects that actions and codes name. An image is made from an instance or from snapshots. */
    private static final List<String> OBJECTS = List.of(IMAGE, "Instance", "Snapshot");

    private final SignedCalls calls;
    private final Route route;
    private final AlibabaAnswers answers;
    private final Supplier<String> nonces;

    /** Chooses the gateway for each call. */
    @FunctionalInterface
    public interface Route {
        /**
         * @throws CloudException if the connection's settings name no gateway
         */
        AlibabaGateway gateway() throws CloudException;
    }

    public AlibabaCalls(SignedCalls calls, Route route, ErrorTable errors, Supplier<String> nonces) {
        this.calls = calls;
        this.route = route;
        this.answers = new AlibabaAnswers(errors);
        this.nonces = nonces;
    }

    public static String randomNonce() {
        return UUID.randomUUID().toString();
    }

    /** The time of the cloud's clock at its last response. */
    public Optional<Instant> time() {
        return calls.time();
    }

    public JsonNode call(String action, AlibabaParameters parameters) throws CloudException {
        AlibabaGateway gateway = route.gateway();
        try {
            return calls.call(now -> gateway.sign(action, parameters.values(), nonces.get(), now), answers);
        } catch (CloudException e) {
            throw new CloudException(ofAction(action, e.error()), e.getCause());
        }
    }

    /**
     * Lists the instances of an image. An installation that ignores the filter lists all instances, so the image of each
     * is compared.
     *
     * @param filter names the image, and the region if the API wants one
     * @throws CloudException as {@link InstancePages#numbered} does
     */
    public List<String> instancesUsing(String imageId, AlibabaParameters filter) throws CloudException {
        List<InstancePages.Instance> listed = InstancePages.numbered((number, offset) -> {
            JsonNode body = call(
                    "DescribeInstances", filter.put("PageNumber", number + 1).put("PageSize", InstancePages.PAGE));
            return InstancePages.page(
                    body, body.path("Instances").path("Instance"), body.path("TotalCount"), "InstanceId", "ImageId");
        });
        return InstancePages.using(listed, imageId);
    }

    /** If a code says that another object than the requested one does not exist, the request is invalid. */
    private static CloudError ofAction(String action, CloudError error) {
        return error.kind() != ErrorKind.NOT_FOUND || isAskedFor(action, error.code())
                ? error
                : CloudError.of(ErrorKind.INVALID_REQUEST, error.sideEffect())
                        .message(error.message())
                        .advice(error.advice())
                        .code(error.code(), error.requestId())
                        .retryAfter(error.retryAfter());
    }

    private static boolean isAskedFor(String action, @CheckForNull String code) {
        boolean create = action.equals("CreateImage");
        return code == null
                || OBJECTS.stream()
                        .filter(object -> create ? !object.equals(IMAGE) : action.contains(object))
                        .anyMatch(code::contains);
    }
}
