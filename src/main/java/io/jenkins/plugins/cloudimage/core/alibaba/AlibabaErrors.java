package io.jenkins.plugins.cloudimage.core.alibaba;

import io.jenkins.plugins.cloudimage.core.ErrorTable;
import java.util.stream.Stream;

/**
 * The meaning of the codes that <a href="https://help.aliyun.com/document_detail/48054.html">all of Alibaba's
 * gateways</a> have in common. Each cloud adds its own.
 */
public final class AlibabaErrors {
    private AlibabaErrors() {}

    /**
     * Reads the table of a cloud.
     *
     * @param further the Messages classes of the packages that add or replace codes
     */
    public static ErrorTable table(Class<?>... further) {
        return ErrorTable.of(
                Stream.concat(Stream.of(Messages.class), Stream.of(further)).toArray(Class<?>[]::new));
    }
}
