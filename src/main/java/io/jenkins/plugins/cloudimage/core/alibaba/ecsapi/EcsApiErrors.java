package io.jenkins.plugins.cloudimage.core.alibaba.ecsapi;

import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaErrors;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The meaning of the ECS API's error codes: those of <a
 * href="https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-createimage">CreateImage</a>
 * and related calls, in addition to the {@linkplain AlibabaErrors common ones}.
 */
public final class EcsApiErrors {
    /** The code of a dry run that passes. */
    public static final String DRY_RUN_PASSED = "DryRunOperation";

    /** Codes of a create that was refused because of its tags. */
    static final Set<String> TAGS =
            Set.of("QuotaExceed.Tags", "InvalidTagKey.Malformed", "InvalidTagValue.Malformed", "NumberExceed.Tags");

    private EcsApiErrors() {}

    /**
     * Reads the table of a cloud with this API.
     *
     * @param further the Messages classes of the packages that add or replace codes
     */
    public static ErrorTable table(Class<?>... further) {
        return AlibabaErrors.table(
                Stream.concat(Stream.of(Messages.class), Stream.of(further)).toArray(Class<?>[]::new));
    }
}
