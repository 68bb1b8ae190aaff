package io.jenkins.plugins.cloudimage.core.alibaba.ecsapi;

import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaGateway;
import io.jenkins.plugins.cloudimage.core.http.HttpCall;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The client's own parameters and signature of a CreateImage, without its transport. */
public final class EcsApiSigning {
    private final Clock clock = Clock.systemUTC();
    private final AlibabaGateway gateway;
    private final String nonce;
    private final EcsApiClient client;

    /** Signs for a gateway, always with the same nonce. */
    public EcsApiSigning(AlibabaGateway gateway, String region, String nonce) {
        this.gateway = gateway;
        this.nonce = nonce;
        this.client = new EcsApiClient(null, region, Map.of(), List.of());
    }

    /** Signs a request. */
    public HttpCall sign(EcsApiRequest request, String token) {
        return gateway.sign("CreateImage", client.parameters(request, token).values(), nonce, clock.instant());
    }
}
