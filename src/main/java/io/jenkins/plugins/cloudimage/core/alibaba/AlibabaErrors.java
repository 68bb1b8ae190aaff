package io.jenkins.plugins.cloudimage.core.alibaba;

import static io.jenkins.plugins.cloudimage.core.ErrorKind.AUTHENTICATION;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.CLOCK_SKEW;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.INVALID_REQUEST;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.NOT_FOUND;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.PERMISSION;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.THROTTLED;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.UNAVAILABLE;

import io.jenkins.plugins.cloudimage.core.ErrorTable;

/**
 * The meaning of the codes that <a href="https://help.aliyun.com/document_detail/48054.html">all of Alibaba's
 * gateways</a> have in common. Each cloud adds its own.
 */
public final class AlibabaErrors {
    /** What to say about too many calls. */
    static final String SLOWER = "Too many calls; it is tried again more slowly.";

    /** What to say when a gateway does not know the API. */
    static final String WRONG_API = "Check the endpoint and the API's version: they do not belong together.";

    private AlibabaErrors() {}

    /**
     * Begins a cloud's table.
     *
     * @return a builder with the common codes
     */
    public static ErrorTable.Builder common() {
        ErrorTable.Builder table = ErrorTable.builder();
        addPassing(table);
        addKeys(table);
        addRouting(table);
        return table;
    }

    private static void addPassing(ErrorTable.Builder table) {
        table.refused(THROTTLED, SLOWER, "Throttling", "Rejected.Throttling")
                .inDoubt(
                        UNAVAILABLE,
                        "Alibaba Cloud has an internal failure; try again later and give its support the request id.",
                        "InternalError",
                        "UnknownError",
                        "ServiceUnavailable",
                        "ServiceUnavailableTemporary",
                        "RequestTimeout",
                        "LockTimeout")
                // We use no nonce twice: something between us and the cloud sent the request again, so the first one
                // has arrived.
                .inDoubt(
                        UNAVAILABLE,
                        "A proxy seems to have sent the request twice; have it send requests once only.",
                        "SignatureNonceUsed")
                .refused(
                        CLOCK_SKEW,
                        "Set the controller's clock: it differs from Alibaba Cloud's by more than 15 minutes.",
                        "InvalidTimeStamp.Expired");
    }

    private static void addKeys(ErrorTable.Builder table) {
        table.refused(
                        AUTHENTICATION,
                        "Check the AccessKey id in the credential: it does not exist or is disabled.",
                        "InvalidAccessKeyId",
                        "MissingAccessKeyId")
                .refused(
                        AUTHENTICATION,
                        "Check the AccessKey secret in the credential; if it is right, a proxy changes the requests.",
                        "SignatureDoesNotMatch",
                        "IncompleteSignature",
                        "InvalidSignature")
                .refused(
                        AUTHENTICATION,
                        "The session token is missing, wrong or expired; put fresh temporary keys into the credential.",
                        "InvalidSecurityToken",
                        "MissingSecurityToken")
                .refused(
                        PERMISSION,
                        "Grant the key the permission for the call, on its resource group too if the account uses them.",
                        "Forbidden",
                        "NoPermission");
    }

    private static void addRouting(ErrorTable.Builder table) {
        table.refused(
                        INVALID_REQUEST,
                        WRONG_API,
                        "InvalidProduct.NotFound",
                        "InvalidApi.NotFound",
                        "InvalidAction.NotFound",
                        "InvalidVersion")
                .refused(INVALID_REQUEST, "The endpoint wants https: change its address.", "InvalidProtocol.NeedSsl")
                .refused(INVALID_REQUEST, "Check that no proxy changes the requests.", "InvalidTimeStamp.Format")
                .refused(
                        INVALID_REQUEST,
                        "Correct the parameter that the message names.",
                        "InvalidParameter",
                        "MissingParameter")
                .refused(NOT_FOUND, "Check the region's code.", "InvalidRegionId.NotFound");
    }
}
