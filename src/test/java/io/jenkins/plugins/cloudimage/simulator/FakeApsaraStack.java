package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An installation of Alibaba Apsara Stack with all of its gateways: the POP endpoint at {@code /}, ASAPI at {@code
 * /asapi/v3}, which answers a wrong key with 500, and {@code /apsara/route/Ecs/…}, which names no image id. Its images
 * have no {@code Usable}.
 */
public final class FakeApsaraStack extends FakeEcsAccount {
    /** The organization that the account's resources belong to. */
    public static final String ORGANIZATION = "37";

    private static final String ASAPI = "/asapi/v3";
    private static final String ROUTE = "/apsara/route/Ecs/";
    private static final Set<String> TENANCY = Set.of("Department", "OrganizationId", "Product", "ResourceGroup");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Makes an account with the instance {@link #INSTANCE} and no images. */
    public FakeApsaraStack(Clock clock) {
        super(clock, false);
    }

    @Override
    public String action(Received request) {
        String path = request.uri().getPath();
        return path.startsWith(ROUTE)
                ? path.substring(ROUTE.length())
                : AlibabaQuery.parameters(request).getOrDefault("Action", "");
    }

    @Override
    public synchronized Answer answer(Received request) {
        String path = request.uri().getPath();
        boolean route = path.startsWith(ROUTE);
        Instant now = clock.instant();
        AlibabaRefusal refusal =
                route ? AlibabaChecks.roa(request, account, now) : AlibabaChecks.rpc(request, account, now);
        if (refusal != null) {
            return path.equals(ASAPI) ? asapiFailure(refusal) : refusal.answer();
        }
        Map<String, String> call = new TreeMap<>(AlibabaQuery.parameters(request));
        String organization = request.header("x-acs-organizationid");
        if (!organization.isEmpty() && !organization.equals(ORGANIZATION)) {
            return new AlibabaRefusal(403, "Forbidden.RAM", "User not authorized to operate on the organization.")
                    .answer();
        }
        if (route) {
            return route(request, call);
        }
        if (!call.getOrDefault("Version", "").equals("2014-05-26")) {
            return new AlibabaRefusal(400, "InvalidParameter", "The specified parameter Version is not valid.")
                    .answer();
        }
        call.keySet().removeAll(AlibabaQuery.COMMON);
        call.keySet().removeAll(TENANCY);
        Answer answer = api.answer(action(request), call);
        return path.equals(ASAPI) ? asapi(request, answer) : answer;
    }

    /** Tells no more than the page does. */
    private Answer route(Received request, Map<String, String> call) {
        if (!call.getOrDefault("regionId", "").equals(call.get("RegionId"))) {
            return new AlibabaRefusal(400, "MissingParameter", "regionId and RegionId are mandatory.").answer();
        }
        Answer answer = api.answer(action(request), call);
        if (answer.status() != 200 || !action(request).equals("CreateImage")) {
            return answer;
        }
        return Answer.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("RequestID", UUID.randomUUID().toString()));
    }

    private static Answer asapi(Received request, Answer answer) {
        if (!request.header("RegionId").matches("[a-z]+-[a-z0-9-]+")) {
            return new AlibabaRefusal(400, "MissingParameter", "The header RegionId is mandatory.").answer();
        }
        if (answer.status() != 200) {
            return answer;
        }
        try {
            ObjectNode body = (ObjectNode) JSON.readTree(answer.body());
            return Answer.json(
                    200,
                    body.put("eagleEyeTraceId", "0a9b")
                            .put("asapiSuccess", true)
                            .put("asapiErrorCode", "200")
                            .put("asapiRequestId", UUID.randomUUID().toString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer asapiFailure(AlibabaRefusal refusal) {
        boolean wrongId = refusal.code().equals("InvalidAccessKeyId.NotFound");
        String code = wrongId ? "asapi.server.request.parameter.accesskeyid.error" : refusal.code();
        return Answer.json(
                wrongId ? 500 : refusal.status(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("asapiSuccess", false)
                        .put("success", false)
                        .put("code", code)
                        .put("errorCode", code)
                        .put("asapiErrorCode", code)
                        .put("errorType", "Business")
                        .put("message", refusal.message())
                        .put("asapiErrorMessage", refusal.message())
                        .put("asapiRequestId", UUID.randomUUID().toString())
                        .put("asapiVersion", "v4"));
    }
}
