package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;
import java.util.Objects;

/**
 * One row of the table with which a dry run ends.
 *
 * @param detail what was found, in words
 * @param error what would make a creation fail, if the verdict is {@link Verdict#FAILED}; else null
 */
public record DryRunCheck(
        Subject subject,
        Verdict verdict,
        String detail,
        @Nullable CloudError error) {

    /** Rejects a stored check that does not say what it is about. */
    public DryRunCheck {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(verdict, "verdict");
        detail = detail == null ? "" : detail;
    }

    /** What is checked, in the order of the table. */
    public enum Subject {
        /** The rules of the API, without a call. */
        PARAMETERS,
        /** The key, the region, the permission to list images, and whether the name is free. */
        NAME,
        /** The source instance and its power state. */
        INSTANCE,
        /** Whether the account may have one more image. */
        QUOTA,
        /** The cloud's own check of the create call, with its permission. */
        CREATE_CALL,
        /** The other calls that change something: to stop and start the instance, to share the image. */
        OTHER_CALLS
    }

    /** What a check shows. */
    public enum Verdict {
        /** A creation would not fail because of it now. */
        PASSED,
        /** A creation would fail. */
        FAILED,
        /** It cannot be known without a change at the cloud. */
        NOT_CHECKED
    }

    static DryRunCheck passed(Subject subject, String detail) {
        return new DryRunCheck(subject, Verdict.PASSED, detail, null);
    }

    static DryRunCheck failed(Subject subject, CloudError error) {
        return new DryRunCheck(subject, Verdict.FAILED, error.text(), error);
    }

    static DryRunCheck notChecked(Subject subject, String detail) {
        return new DryRunCheck(subject, Verdict.NOT_CHECKED, detail, null);
    }
}
