package io.jenkins.plugins.cloudimage.core.jdcloud;

import static io.jenkins.plugins.cloudimage.core.ErrorKind.CLOCK_SKEW;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The meaning of JD Cloud's errors: the <a
 * href="https://docs.jdcloud.com/cn/common-declaration/api/error-codes">statuses that all products share</a>, those of
 * its gateway, and, where one status has several meanings, the texts of the <a
 * href="https://docs.jdcloud.com/cn/virtual-machines/api/createimage">calls</a>.
 */
final class JdCloudErrors {
    private static final String UNAUTHENTICATED = "UNAUTHENTICATED";
    private static final String NOT_FOUND = "NOT_FOUND";
    private static final String FORBIDDEN = "HTTP_FORBIDDEN";
    private static final String PRECONDITION = "FAILED_PRECONDITION";
    private static final String QUOTA_EXCEEDED = "QUOTA_EXCEEDED";

    /** A meaning that depends on the message besides the status; the first match applies. */
    private record Refinement(String status, String word, Pattern text) {
        boolean fits(String code, String message) {
            return status.equals(code) && text.matcher(message).find();
        }

        String meaning() {
            return status + "." + word;
        }
    }

    private static final List<Refinement> REFINEMENTS = List.of(
            // "Conflict with underlay … task", "The image … is busy", "Disk … busy in …".
            new Refinement(PRECONDITION, "busy", Pattern.compile("\\bunderlay\\b|\\btasks?\\b|\\bbusy\\b")),
            // "Invalid instance status …" with a temporary state.
            new Refinement(
                    PRECONDITION,
                    "changing",
                    Pattern.compile("\\bstatus\\b.*\\b(pending|starting|stopping|rebooting|rebuilding|resizing)\\b")),
            new Refinement(PRECONDITION, "stop", Pattern.compile("stop the instance")),
            new Refinement(PRECONDITION, "image", Pattern.compile("can't delete|cannot be deleted")),
            new Refinement(PRECONDITION, "charge", Pattern.compile("charge state|order not found")),
            new Refinement(PRECONDITION, "parameter", Pattern.compile("parameter .* missing")),
            new Refinement(NOT_FOUND, "route", Pattern.compile("no route|no api")),
            new Refinement(FORBIDDEN, "address", Pattern.compile("\\bip address\\b")),
            new Refinement(FORBIDDEN, "disabled", Pattern.compile("api is disabled")));

    /** Texts of a wrong key id or secret, which come with several statuses. */
    private static final Pattern KEY_TEXT = Pattern.compile("secret key is nul|sign result is not same");

    private static final ErrorTable TABLE = ErrorTable.of(Messages.class);

    private JdCloudErrors() {}

    /** The kind of object that a call asks for. Only the absence of this object counts as "not found". */
    enum Asked {
        /** An instance. */
        INSTANCE,
        /** An image. */
        IMAGE,
        /** A role. */
        ROLE,
        /** No single object. */
        NOTHING
    }

    /**
     * Finds the meaning of an error.
     *
     * @param http the HTTP status, which JD Cloud repeats as {@code error.code}
     */
    static CloudError meaning(Asked asked, int http, String status, String message, String requestId) {
        String code = status.isEmpty() ? Integer.toString(http) : status;
        return TABLE.meaning(refined(asked, code.toUpperCase(Locale.ROOT), message.toLowerCase(Locale.ROOT)))
                .orElseGet(() -> CloudError.of(ErrorKind.UNKNOWN_ANSWER, SideEffect.POSSIBLE)
                        .advice(Messages.JdCloudErrors_unknown()))
                .message(message)
                .code(code, requestId);
    }

    private static String refined(Asked asked, String status, String text) {
        if (KEY_TEXT.matcher(text).find()) {
            return UNAUTHENTICATED;
        }
        if (status.equals("429") && text.contains("quota")) {
            return QUOTA_EXCEEDED;
        }
        String meaning = REFINEMENTS.stream()
                .filter(each -> each.status().equals(status)
                        && each.text().matcher(text).find())
                .findFirst()
                .map(Refinement::meaning)
                .orElse(status);
        return meaning.equals(NOT_FOUND) ? missing(asked, text) : meaning;
    }

    /**
     * Matches "Instance … not found" and "Image … not found", but also "Snapshot … not found" and "System disk not
     * found". A call that assumes a role names nothing else.
     */
    private static String missing(Asked asked, String text) {
        if (asked == Asked.ROLE) {
            return NOT_FOUND + ".role";
        }
        boolean named = asked != Asked.NOTHING
                && text.matches("(?s)\\W*(the )?" + asked.name().toLowerCase(Locale.ROOT) + "\\b.*");
        return named ? NOT_FOUND : NOT_FOUND + ".other";
    }

    /**
     * Whether the refusal means that the instance is on a dedicated host, where the way of charging cannot be chosen.
     */
    static boolean isDedicatedHost(CloudError refusal) {
        return PRECONDITION.equals(refusal.code())
                && refusal.message().toLowerCase(Locale.ROOT).contains("dedicated host");
    }

    /** JD Cloud refuses a wrong clock like a wrong key; the date of the response tells them apart. */
    static CloudError ofClock(CloudError refusal) {
        return CloudError.of(CLOCK_SKEW, refusal.sideEffect())
                .message(refusal.message())
                .advice(Messages.JdCloudErrors_clock())
                .code(refusal.code(), refusal.requestId())
                .retryAfter(refusal.retryAfter());
    }
}
