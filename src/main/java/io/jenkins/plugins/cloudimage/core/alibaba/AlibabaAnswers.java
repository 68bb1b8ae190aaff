package io.jenkins.plugins.cloudimage.core.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.Phrases;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.http.HttpAnswer;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.Pages;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Understands the answers of all of Alibaba's gateways. The public one tells a failure by its HTTP status and {@code
 * Code}; the gateways of Apsara Stack have fields of their own beside or instead of these. The code alone decides what a
 * failure means: one of them answers a wrong key with 500, and a status 404 says nothing of an image.
 */
public final class AlibabaAnswers implements SignedCalls.Reading {
    private static final List<String> CODE = List.of("Code", "errorCode", "asapiErrorCode", "code", "resultCode");
    private static final List<String> MESSAGE =
            List.of("Message", "errorMessage", "message", "asapiErrorMessage", "errorTitle", "resultMsg");
    private static final List<String> REQUEST_ID =
            List.of("RequestId", "RequestID", "requestId", "asapiRequestId", "eagleEyeTraceId");

    /** What is no number is no success either, save these words. */
    private static final Pattern WORD = Pattern.compile("(?is)(?!(?:ok|success)$).*\\p{L}.*");

    /** Numbers that tell of a failure, as HTTP statuses do. */
    private static final Pattern FAILURE = Pattern.compile("-\\d+|[45]\\d\\d");

    private static final Pattern VERSION = Pattern.compile("(?i)parameter \\W*(?:action or )?version\\W* is not valid");

    /** What follows holds key id and session token, in whatever encoding. */
    private static final Pattern ECHO =
            Pattern.compile("(?is)[\\s,;.]*\\bserver'?s?\\s+(?:string\\s*to\\s*sign|canonical\\s*request).*");

    private final ErrorTable errors;

    AlibabaAnswers(ErrorTable errors) {
        this.errors = errors;
    }

    /**
     * Understands the answer to a create. Apsara Stack's pages show one without the image's id.
     *
     * @param body an answer that is no failure
     * @param dryRun whether the request was a dry run
     * @return what it says
     * @throws CloudException if it names neither an image nor a request: then something else has answered
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
     * Understands a page of a list of images.
     *
     * @param body the answer
     * @param entry understands an entry
     * @return the page
     * @throws CloudException if there is no list in it
     */
    public static Pages.Page images(JsonNode body, Pages.Entry entry) throws CloudException {
        return Pages.page(body, body.path("Images").path("Image"), body.path("TotalCount"), "ImageId", entry);
    }

    /**
     * Finds an instance's status.
     *
     * @param body the answer to DescribeInstances
     * @param instanceId the instance
     * @param elsewhere what to say if it is not there
     * @return its status, or the empty text
     * @throws CloudException of kind {@link ErrorKind#NOT_FOUND} if the instance is not in it, or if it holds no list
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
        throw CloudError.of(ErrorKind.NOT_FOUND, Acted.NO)
                .message(Phrases.noMachine(instanceId))
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

    /** Not every number is a failure: successes carry {@code "Code": 0} or {@code "code": "200"}. */
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

    /** The common code for a wrong parameter is also that for a version that the address does not serve. */
    private static CloudError wrongApi(CloudError meaning, @CheckForNull String message) {
        return meaning.kind() == ErrorKind.INVALID_REQUEST
                        && message != null
                        && VERSION.matcher(message).find()
                ? meaning.advice(Messages.AlibabaErrors_wrongApi())
                : meaning;
    }

    /** A code that is not documented refuses nothing; what is not even a word is no code of Alibaba's. */
    private static CloudError unknown(
            @CheckForNull String code, @CheckForNull String message, CloudError notFromCloud) {
        if (message != null && message.toLowerCase(Locale.ROOT).contains("flow control")) {
            return CloudError.of(ErrorKind.THROTTLED, Acted.MAYBE).advice(Phrases.slower());
        }
        return code == null || !WORD.matcher(code).matches()
                ? notFromCloud
                : CloudError.of(ErrorKind.UNKNOWN_ANSWER, Acted.MAYBE).advice(Messages.AlibabaAnswers_unknown());
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
