package io.jenkins.plugins.cloudimage.core.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CommonTexts;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.http.HttpAnswer;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.Pages;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the responses of all of Alibaba's gateways. The public gateway reports a failure by its HTTP status and {@code
 * Code}. The gateways of Apsara Stack have other fields in addition or instead. Only the code decides what a failure
 * means, because one gateway responds to a wrong key with status 500, and status 404 does not mean that an image does
 * not exist.
 */
public final class AlibabaAnswers implements SignedCalls.Reading {
    private static final List<String> CODE = List.of("Code", "errorCode", "asapiErrorCode", "code", "resultCode");
    private static final List<String> MESSAGE =
            List.of("Message", "errorMessage", "message", "asapiErrorMessage", "errorTitle", "resultMsg");
    private static final List<String> REQUEST_ID =
            List.of("RequestId", "RequestID", "requestId", "asapiRequestId", "eagleEyeTraceId");

    /** Matches a code that means failure: a word other than "ok" and "success". */
    private static final Pattern WORD = Pattern.compile("(?is)(?!(?:ok|success)$).*\\p{L}.*");

    /** Matches a number that means failure: a negative one, or one like an HTTP status of an error. */
    private static final Pattern FAILURE = Pattern.compile("-\\d+|[45]\\d\\d");

    private static final Pattern VERSION = Pattern.compile("(?i)parameter \\W*(?:action or )?version\\W* is not valid");

    /** The text after these words contains key id and session token, in some encoding. */
    private static final Pattern ECHO =
            Pattern.compile("(?is)[\\s,;.]*\\bserver'?s?\\s+(?:string\\s*to\\s*sign|canonical\\s*request).*");

    /** The maximum number of accounts on a page. */
    public static final int ACCOUNTS = 100;

    private final ErrorTable errors;

    AlibabaAnswers(ErrorTable errors) {
        this.errors = errors;
    }

    /**
     * Reads the response to a create call. Apsara Stack's pages show one without the image's id.
     *
     * @throws CloudException if it contains neither an image id nor a request id, so that something else has answered
     */
    public static CreateAnswer created(JsonNode body, boolean dryRun) throws CloudException {
        String imageId = Json.id(body, "ImageId");
        String requestId = first(body, REQUEST_ID);
        if (imageId == null && requestId == null) {
            throw Json.notUnderstood(body.toString()).exception();
        }
        return new CreateAnswer(imageId, requestId, dryRun);
    }

    /**
     * Reads a page of a list of images.
     *
     * @throws CloudException if the response contains no list
     */
    public static Pages.Page images(JsonNode body, Pages.Entry entry) throws CloudException {
        return Pages.page(body, body.path("Images").path("Image"), body.path("TotalCount"), "ImageId", entry);
    }

    /** Asks for one page of a list; the first one has the number 1. */
    @FunctionalInterface
    public interface AccountsPage {
        JsonNode ask(int number) throws CloudException;
    }

    /**
     * Reads all pages of the accounts with which an image is shared.
     *
     * @param field the field with an account's id
     * @throws CloudException if a response contains no list
     */
    public static List<String> accounts(String field, AccountsPage pages) throws CloudException {
        Set<String> all = new LinkedHashSet<>();
        for (int number = 1; ; number++) {
            JsonNode body = pages.ask(number);
            JsonNode list = body.path("Accounts").path("Account");
            boolean none = list.isMissingNode() && body.path("TotalCount").asInt(-1) == 0;
            List<String> page = none ? List.of() : Json.texts(body, list, field);
            if (!all.addAll(page) || page.size() < ACCOUNTS) {
                return List.copyOf(all);
            }
        }
    }

    /**
     * Reads an instance's status.
     *
     * @param elsewhere the advice if the instance is not found
     * @return the status, or the empty text
     * @throws CloudException of kind {@link ErrorKind#NOT_FOUND} if the response lacks the instance; of another kind if
     *     it contains no list
     */
    public static String instanceStatus(JsonNode body, String instanceId, String elsewhere) throws CloudException {
        JsonNode list = body.path("Instances").path("Instance");
        if (!list.isArray() && body.path("TotalCount").asInt(-1) != 0) {
            throw Json.notUnderstood(body.toString()).exception();
        }
        for (JsonNode instance : list) {
            if (instanceId.equals(Json.text(instance, "InstanceId"))) {
                return Json.word(instance, "Status");
            }
        }
        throw CloudError.of(ErrorKind.NOT_FOUND, SideEffect.NONE)
                .message(CommonTexts.noSuchInstance(instanceId))
                .advice(elsewhere)
                .exception();
    }

    @Override
    public JsonNode read(HttpAnswer answer) throws CloudException {
        JsonNode body;
        try {
            body = answer.json();
        } catch (CloudException e) {
            throw new CloudException(withPause(withoutEcho(e.error()), answer), e.getCause());
        }
        // One page shows failures inside such an object.
        JsonNode told = body.path("errorSample").isObject() ? body.path("errorSample") : body;
        if (told != body || hasFailed(answer, told)) {
            throw withPause(withoutEcho(error(answer, told)), answer).exception();
        }
        return body;
    }

    /** Not every number means failure: successful responses contain {@code "Code": 0} or {@code "code": "200"}. */
    private boolean hasFailed(HttpAnswer answer, JsonNode told) {
        return status(answer, told) / 100 != 2
                || "false".equalsIgnoreCase(told.path("asapiSuccess").asText())
                || "false".equalsIgnoreCase(told.path("success").asText())
                || "false".equalsIgnoreCase(told.path("Success").asText())
                || told.hasNonNull("resultCode") && !"0".equals(Json.text(told, "resultCode"))
                || errors.meaning(first(told, CODE)).isPresent()
                || CODE.stream()
                        .map(field -> Json.word(told, field))
                        .anyMatch(code -> WORD.matcher(code).matches()
                                || FAILURE.matcher(code).matches());
    }

    private CloudError error(HttpAnswer answer, JsonNode told) {
        String code = first(told, CODE);
        String message = first(told, MESSAGE);
        String requestId = first(told, REQUEST_ID);
        CloudError notFromCloud = new HttpAnswer(status(answer, told), answer.headers(), answer.body()).notFromCloud();
        return errors.meaning(code)
                .map(meaning -> wrongApi(meaning, message))
                .orElseGet(() -> unknown(code, message, notFromCloud))
                .message(message == null ? notFromCloud.message() : message)
                .code(code, requestId == null ? answer.headers().get("x-acs-request-id") : requestId);
    }

    /** The common code for a wrong parameter also means that the address does not serve this version of the API. */
    private static CloudError wrongApi(CloudError meaning, @CheckForNull String message) {
        return meaning.kind() == ErrorKind.INVALID_REQUEST
                        && message != null
                        && VERSION.matcher(message).find()
                ? meaning.advice(Messages.AlibabaErrors_wrongApi())
                : meaning;
    }

    /**
     * A code that is not documented leaves the outcome open. A text that is not even a word is no code of Alibaba's.
     */
    private static CloudError unknown(
            @CheckForNull String code, @CheckForNull String message, CloudError notFromCloud) {
        if (message != null && message.toLowerCase(Locale.ROOT).contains("flow control")) {
            return CloudError.of(ErrorKind.THROTTLED, SideEffect.POSSIBLE).advice(CommonTexts.slower());
        }
        return code == null || !WORD.matcher(code).matches()
                ? notFromCloud
                : CloudError.of(ErrorKind.UNKNOWN_ANSWER, SideEffect.POSSIBLE)
                        .advice(Messages.AlibabaAnswers_unknown());
    }

    private static int status(HttpAnswer answer, JsonNode told) {
        int inner = told.path("HttpStatusCode").asInt();
        return answer.status() / 100 == 2 && inner != 0 ? inner : answer.status();
    }

    private static CloudError withoutEcho(CloudError error) {
        return error.message(ECHO.matcher(error.message()).replaceAll("."));
    }

    private static CloudError withPause(CloudError error, HttpAnswer answer) {
        String millis = answer.headers().get("x-acs-retry-after");
        return error.retryAfter(
                millis != null && millis.matches("\\d{1,9}")
                        ? Duration.ofMillis(Long.parseLong(millis))
                        : answer.retryAfter().orElse(null));
    }

    @CheckForNull
    private static String first(JsonNode node, List<String> fields) {
        return fields.stream()
                .map(field -> Json.word(node, field))
                .filter(Rules::isGiven)
                .findFirst()
                .orElse(null);
    }
}
