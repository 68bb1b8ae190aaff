package io.jenkins.plugins.cloudimage.core.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.Phrases;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.http.HttpAnswer;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Understands the answers of all of Alibaba's gateways. The public one tells a failure by its HTTP status and {@code
 * Code}; the gateways of Apsara Stack have fields of their own beside or instead of these. The code decides before the
 * status, because one of them answers a wrong key with 500.
 */
public final class AlibabaAnswers implements SignedCalls.Reading {
    private static final List<String> CODE = List.of("Code", "errorCode", "asapiErrorCode", "code", "resultCode");
    private static final List<String> MESSAGE =
            List.of("Message", "errorMessage", "message", "asapiErrorMessage", "errorTitle", "resultMsg");
    private static final List<String> REQUEST_ID =
            List.of("RequestId", "RequestID", "requestId", "asapiRequestId", "eagleEyeTraceId");

    /** What follows holds key id and session token, in whatever encoding. */
    private static final Pattern ECHO =
            Pattern.compile("(?is)[\\s,;.]*\\bserver'?s?\\s+(?:string\\s*to\\s*sign|canonical\\s*request).*");

    private final ErrorTable errors;
    private final AccessKey key;

    AlibabaAnswers(ErrorTable errors, AccessKey key) {
        this.errors = errors;
        this.key = key;
    }

    /**
     * The cloud's id of a request.
     *
     * @param body an answer
     * @return the id, or the empty text
     */
    public static String requestId(JsonNode body) {
        String id = first(body, REQUEST_ID);
        return id == null ? "" : id;
    }

    @Override
    public JsonNode read(HttpAnswer answer) throws CloudException {
        JsonNode body;
        try {
            body = answer.json();
        } catch (CloudException e) {
            throw new CloudException(withPause(withoutKey(e.error()), answer), e.getCause());
        }
        // One page shows failures inside such an object.
        JsonNode told = body.path("errorSample").isObject() ? body.path("errorSample") : body;
        if (hasFailed(answer, told)) {
            throw withPause(withoutKey(error(answer, told)), answer).exception();
        }
        return body;
    }

    /** A code alone is no failure: successes carry {@code "Code": 0} or {@code "code": "200"}. */
    private boolean hasFailed(HttpAnswer answer, JsonNode told) {
        String result = Json.text(told, "resultCode");
        return status(answer, told) / 100 != 2
                || "false".equalsIgnoreCase(told.path("asapiSuccess").asText())
                || "false".equalsIgnoreCase(told.path("success").asText())
                || result != null && !result.equals("0")
                || errors.meaning(first(told, CODE)).isPresent();
    }

    private CloudError error(HttpAnswer answer, JsonNode told) {
        String code = first(told, CODE);
        String message = first(told, MESSAGE);
        String requestId = first(told, REQUEST_ID);
        CloudError byStatus = new HttpAnswer(status(answer, told), answer.headers(), answer.body()).failure();
        return errors.meaning(code)
                .orElseGet(() -> unknown(code, message, byStatus))
                .message(message == null ? byStatus.message() : message)
                .code(code, requestId == null ? answer.headers().get("x-acs-request-id") : requestId);
    }

    private static CloudError unknown(@CheckForNull String code, @CheckForNull String message, CloudError byStatus) {
        String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
        if (text.contains("flow control")) {
            return CloudError.of(ErrorKind.THROTTLED, Acted.NO).advice(Phrases.slower());
        }
        if (text.contains("parameter version is not valid")) {
            return CloudError.of(ErrorKind.INVALID_REQUEST, Acted.NO).advice(Messages.AlibabaErrors_wrongApi());
        }
        if (code == null || byStatus.acted() == Acted.MAYBE) {
            return byStatus;
        }
        ErrorKind kind = code.endsWith(".NotFound") ? ErrorKind.NOT_FOUND : byStatus.kind();
        return CloudError.of(kind, Acted.NO).advice(Messages.AlibabaAnswers_unknown());
    }

    private static int status(HttpAnswer answer, JsonNode told) {
        int inner = told.path("HttpStatusCode").asInt();
        return answer.status() / 100 == 2 && inner != 0 ? inner : answer.status();
    }

    private CloudError withoutKey(CloudError error) {
        String message = ECHO.matcher(error.message()).replaceAll(".").replace(key.id(), "****");
        String token = key.sessionToken();
        return error.message(token == null ? message : message.replace(token, "****"));
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
                .map(field -> node.path(field).asText(""))
                .filter(Rules::isGiven)
                .findFirst()
                .orElse(null);
    }
}
