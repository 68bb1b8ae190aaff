package io.jenkins.plugins.cloudimage.core.tencent;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.HttpCall;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.time.Clock;

/** The client's own body and signature of a CreateImage, without its transport. */
public final class TencentSigning {
    private final Clock clock = Clock.systemUTC();
    private final TencentClient client;

    /** Signs for an account. */
    public TencentSigning(CloudConnection connection) {
        client = new TencentClient(connection, new SignedCalls(null, clock, connection.key()));
    }

    /** Signs a request. */
    public HttpCall sign(TencentImageRequest request) {
        return client.sign(
                "CreateImage", Digests.utf8(TencentClient.parameters(request).toString()), clock.instant());
    }
}
