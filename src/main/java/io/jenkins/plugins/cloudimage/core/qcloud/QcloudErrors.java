package io.jenkins.plugins.cloudimage.core.qcloud;

import static io.jenkins.plugins.cloudimage.core.ErrorKind.BUSY;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.INVALID_REQUEST;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.NAME_TAKEN;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.NOT_FOUND;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.UNKNOWN_ANSWER;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.Phrases;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The meaning of QCloud's error codes, which are in {@code errors.tsv}. An error has a <a
 * href="https://cloud.tencent.com/document/api/213/6982">number</a> and, since the API's later years, a <a
 * href="https://cloud.tencent.com/document/product/213/10146">word</a> beside it, {@code codeDesc}. What 5100, a failed
 * operation, is about stands in its message alone, for the images' own codes are published nowhere.
 */
final class QcloudErrors {
    /** What the cloud says of an instance, an image or anything else that does not exist. */
    static final String NOT_FOUND_CODE = "5000";

    private static final String FAILED_CODE = "5100";
    private static final Pattern NAME_EXISTS =
            Pattern.compile("(?i)image\\s?name.*\\b(?:exists?|existed|duplicated?|repeat(?:ed)?|taken)\\b"
                    + "|镜像名.*(?:已存在|已经存在|重复|相同)");
    private static final Pattern IMAGE_IN_USE =
            Pattern.compile("(?i)image.*\\b(?:in use|being used|is used|creating|copying|sync\\w*|status|state)\\b"
                    + "|镜像.*(?:使用|创建中|制作中|复制|同步|状态)");

    private static final ErrorTable TABLE = ErrorTable.of(Messages.class);

    private QcloudErrors() {}

    static boolean knows(String code) {
        return TABLE.meaning(code).isPresent();
    }

    /**
     * Codes that the table does not know leave the outcome open.
     *
     * @param word the word beside it, or null
     */
    static CloudError meaning(
            String code, @CheckForNull String word, @CheckForNull String message, @CheckForNull String requestId) {
        return detail(word)
                .or(() -> FAILED_CODE.equals(code) && message != null ? explained(message) : Optional.empty())
                .or(() -> TABLE.meaning(code))
                .or(() -> TABLE.meaning(word))
                .orElseGet(() -> CloudError.of(UNKNOWN_ANSWER, Acted.MAYBE).advice(Messages.QcloudErrors_unknown()))
                .message(message == null ? Messages.QcloudErrors_refused() : message)
                .code(word == null ? code : code + " " + word, requestId);
    }

    /** A word of two parts says more than the number beside it, a word of one part says less. */
    private static Optional<CloudError> detail(@CheckForNull String word) {
        return word != null && word.contains(".") ? TABLE.meaning(word) : Optional.empty();
    }

    private static Optional<CloudError> explained(String message) {
        if (NAME_EXISTS.matcher(message).find()) {
            return Optional.of(CloudError.of(NAME_TAKEN, Acted.NO).advice(Phrases.nameTaken()));
        }
        return IMAGE_IN_USE.matcher(message).find()
                ? Optional.of(CloudError.of(BUSY, Acted.NO).advice(Messages.QcloudErrors_busyImage()))
                : Optional.empty();
    }

    /**
     * Whether a refusal does not say what was wrong. No page tells the codes of a taken name, or of an image that cannot
     * be deleted yet; they hide behind 4000 and 5100.
     */
    static boolean isVague(CloudError error) {
        return error.kind() == INVALID_REQUEST && error.acted() == Acted.NO;
    }

    static CloudError nameTaken(CloudError vague) {
        return because(vague, CloudError.of(NAME_TAKEN, Acted.NO).advice(Phrases.nameTaken()));
    }

    static CloudError imageGone(CloudError vague) {
        return because(vague, CloudError.of(NOT_FOUND, Acted.NO).advice(Phrases.imageGone()));
    }

    static CloudError imageBusy(CloudError vague) {
        return because(vague, CloudError.of(BUSY, Acted.NO).advice(Messages.QcloudErrors_busyImage()));
    }

    private static CloudError because(CloudError vague, CloudError meaning) {
        return meaning.message(vague.message()).code(vague.code(), vague.requestId());
    }
}
