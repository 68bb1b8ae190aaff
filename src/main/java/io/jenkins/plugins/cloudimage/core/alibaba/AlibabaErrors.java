package io.jenkins.plugins.cloudimage.core.alibaba;

import static io.jenkins.plugins.cloudimage.core.ErrorKind.AUTHENTICATION;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.CLOCK_SKEW;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.INVALID_REQUEST;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.NOT_FOUND;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.PERMISSION;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.THROTTLED;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.UNAVAILABLE;

import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.Phrases;

/**
 * The meaning of the codes that <a href="https://help.aliyun.com/document_detail/48054.html">all of Alibaba's
 * gateways</a> have in common. Each cloud adds its own.
 */
public final class AlibabaErrors {
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
        table.refused(THROTTLED, Phrases::slower, "Throttling", "Rejected.Throttling")
                .inDoubt(
                        UNAVAILABLE,
                        Messages::AlibabaErrors_internal,
                        "InternalError",
                        "UnknownError",
                        "ServiceUnavailable",
                        "ServiceUnavailableTemporary",
                        "RequestTimeout",
                        "LockTimeout")
                // We use no nonce twice: something between us and the cloud sent the request again, so the first one
                // has arrived.
                .inDoubt(UNAVAILABLE, Messages::AlibabaErrors_nonceUsed, "SignatureNonceUsed")
                .refused(CLOCK_SKEW, Messages::AlibabaErrors_clock, "InvalidTimeStamp.Expired");
    }

    private static void addKeys(ErrorTable.Builder table) {
        table.refused(AUTHENTICATION, Messages::AlibabaErrors_wrongKeyId, "InvalidAccessKeyId", "MissingAccessKeyId")
                .refused(
                        AUTHENTICATION,
                        Messages::AlibabaErrors_wrongSecret,
                        "SignatureDoesNotMatch",
                        "IncompleteSignature",
                        "InvalidSignature")
                .refused(
                        AUTHENTICATION,
                        Messages::AlibabaErrors_wrongToken,
                        "InvalidSecurityToken",
                        "MissingSecurityToken")
                .refused(PERMISSION, Messages::AlibabaErrors_permission, "Forbidden", "NoPermission");
    }

    private static void addRouting(ErrorTable.Builder table) {
        table.refused(
                        INVALID_REQUEST,
                        Messages::AlibabaErrors_wrongApi,
                        "InvalidProduct.NotFound",
                        "InvalidApi.NotFound",
                        "InvalidAction.NotFound",
                        "InvalidVersion")
                .refused(INVALID_REQUEST, Messages::AlibabaErrors_noHttps, "InvalidProtocol.NeedSsl")
                .refused(INVALID_REQUEST, Messages::AlibabaErrors_changed, "InvalidTimeStamp.Format")
                .refused(INVALID_REQUEST, Phrases::parameter, "InvalidParameter", "MissingParameter")
                .refused(NOT_FOUND, Messages::AlibabaErrors_region, "InvalidRegionId.NotFound");
    }
}
