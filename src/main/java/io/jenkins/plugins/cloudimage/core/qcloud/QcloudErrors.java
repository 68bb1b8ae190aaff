package io.jenkins.plugins.cloudimage.core.qcloud;

import static io.jenkins.plugins.cloudimage.core.ErrorKind.BUSY;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.INVALID_REQUEST;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.NAME_TAKEN;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.NOT_FOUND;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.UNKNOWN_ANSWER;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CommonTexts;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The meaning of QCloud's error codes, which are in {@code errors.tsv}. An error has a <a
 * href="https://cloud.tencent.com/document/api/213/6982">number</a> and, in later versions, a <a
 * href="https://cloud.tencent.com/document/product/213/10146">word</a> in {@code codeDesc}. The cause of 5100, a failed
 * operation, is in its message alone, because the codes of images are not published.
 */
final class QcloudErrors {
    /** The code for an instance, an image or another object that does not exist. */
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
     * A code that is not in the table leaves the outcome open.
     *
     * @param word the word in {@code codeDesc}, or null
     */
    static CloudError meaning(
            String code, @CheckForNull String word, @CheckForNull String message, @CheckForNull String requestId) {
        return detail(word)
                .or(() -> FAILED_CODE.equals(code) && message != null ? explained(message) : Optional.empty())
                .or(() -> TABLE.meaning(code))
                .or(() -> TABLE.meaning(word))
                .orElseGet(() ->
                        CloudError.of(UNKNOWN_ANSWER, SideEffect.POSSIBLE).advice(Messages.QcloudErrors_unknown()))
                .message(message == null ? Messages.QcloudErrors_refused() : message)
                .code(word == null ? code : code + " " + word, requestId);
    }

    /** A word of two parts is more specific than the number, a word of one part is less specific. */
    private static Optional<CloudError> detail(@CheckForNull String word) {
        return word != null && word.contains(".") ? TABLE.meaning(word) : Optional.empty();
    }

    private static Optional<CloudError> explained(String message) {
        if (NAME_EXISTS.matcher(message).find()) {
            return Optional.of(CloudError.of(NAME_TAKEN, SideEffect.NONE).advice(CommonTexts.nameTaken()));
        }
        return IMAGE_IN_USE.matcher(message).find()
                ? Optional.of(CloudError.of(BUSY, SideEffect.NONE).advice(Messages.QcloudErrors_busyImage()))
                : Optional.empty();
    }

    /**
     * Whether a refusal does not tell its cause. The codes of a taken name and of an image that cannot be deleted yet
     * are not documented; the cloud reports them as 4000 and 5100.
     */
    static boolean isVague(CloudError error) {
        return error.kind() == INVALID_REQUEST && error.sideEffect() == SideEffect.NONE;
    }

    static CloudError nameTaken(CloudError vague) {
        return because(vague, CloudError.of(NAME_TAKEN, SideEffect.NONE).advice(CommonTexts.nameTaken()));
    }

    static CloudError imageGone(CloudError vague) {
        return because(vague, CloudError.of(NOT_FOUND, SideEffect.NONE).advice(CommonTexts.imageGone()));
    }

    static CloudError imageBusy(CloudError vague) {
        return because(vague, CloudError.of(BUSY, SideEffect.NONE).advice(Messages.QcloudErrors_busyImage()));
    }

    private static CloudError because(CloudError vague, CloudError meaning) {
        return meaning.message(vague.message()).code(vague.code(), vague.requestId());
    }
}
