package io.jenkins.plugins.cloudimage.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.OneLine;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** Fails a build with a message and no stack trace. A script can catch it and read its kind and code. */
public class CloudImageException extends AbortException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String code;

    /** Fails for an error. */
    public CloudImageException(CloudError error) {
        this(error.kind(), error.code(), error.text());
    }

    /** The message is one line, whatever text comes from a cloud or a file. */
    private CloudImageException(ErrorKind kind, @CheckForNull String code, String message) {
        super(OneLine.of(message));
        this.kind = kind;
        this.code = code;
    }

    /**
     * Fails for a creation that ended without a usable image, or a deletion after which the image may exist.
     *
     * @return an exception that tells why, and names the image if there is one
     */
    public static CloudImageException of(Creation creation) {
        CloudError error = creation.problem();
        String why = error == null ? "" : error.text();
        String image = creation.imageId();
        String text =
                switch (Objects.requireNonNull(creation.outcome())) {
                    case TIMED_OUT ->
                        creation.deletion() != null ? why : Messages.CloudImageException_timedOut(image, why);
                    case ABORTED -> Messages.CloudImageException_aborted(image);
                    case ABANDONED, RETIRED -> Messages.CloudImageException_abandoned(image);
                    case READY, DRY_RUN_PASSED, DELETED, FAILED -> why;
                };
        return error == null
                ? new CloudImageException(ErrorKind.UNAVAILABLE, null, text.strip())
                : new CloudImageException(error.kind(), error.code(), text.strip());
    }

    /** Fails because the record of a creation cannot be saved; nothing was sent. */
    static CloudImageException notSaved(UncheckedIOException failure) {
        return new CloudImageException(
                ErrorKind.UNAVAILABLE,
                null,
                Messages.CloudImageException_notSaved(failure.getMessage(), reason(failure)));
    }

    /** Fails because the record of a creation cannot be read or understood. */
    static CloudImageException notRead(UncheckedIOException failure) {
        return new CloudImageException(
                ErrorKind.UNKNOWN_ANSWER,
                null,
                Messages.CloudImageException_notRead(failure.getMessage(), reason(failure)));
    }

    /** Fails because the record of a creation is gone. */
    static CloudImageException noRecord(String key) {
        return new CloudImageException(ErrorKind.UNKNOWN_ANSWER, null, Messages.CloudImageException_noRecord(key));
    }

    /** Jackson's own message quotes the file. */
    private static String reason(UncheckedIOException failure) {
        IOException cause = failure.getCause();
        return cause instanceof JsonProcessingException broken ? broken.getOriginalMessage() : cause.toString();
    }

    /**
     * The kind of the error, for scripts.
     *
     * @return the name of an {@link ErrorKind}, for example {@code NAME_TAKEN}
     */
    @Whitelisted
    public String getKind() {
        return kind.name();
    }

    /**
     * The cloud's own code of the error.
     *
     * @return for example {@code ImageQuotaLimitExceeded}, or null if the cloud gave none
     */
    @CheckForNull
    @Whitelisted
    public String getCode() {
        return code;
    }
}
