package io.jenkins.plugins.cloudimage.core.ens;

import static io.jenkins.plugins.cloudimage.core.ErrorKind.QUOTA;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.UNAVAILABLE;

import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.Phrases;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaErrors;

/**
 * The meaning of ENS's error codes: those of <a
 * href="https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-createimage">CreateImage</a>
 * beside those that all of Alibaba's gateways have.
 */
final class EnsErrors {
    static final ErrorTable TABLE = AlibabaErrors.common()
            .refused(QUOTA, Phrases::imageQuota, "QuotaExceed")
            // A call inside the cloud failed; what came of it nobody knows.
            .inDoubt(UNAVAILABLE, Messages::EnsErrors_internal, "CallInterface", "ens.interface.error")
            .build();

    private EnsErrors() {}
}
