package io.jenkins.plugins.cloudimage.core.jdcloud;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.HttpCall;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.time.Clock;

/** The client's own body and signature of a CreateImage, without its transport. */
public final class JdCloudSigning {
    private final Clock clock = Clock.systemUTC();
    private final JdCloudClient client;
    private final JdCloudCalls calls;

    /** Signs for an account, always with the same nonce. */
    public JdCloudSigning(CloudConnection connection, String nonce) {
        SignedCalls signed = new SignedCalls(null, clock, connection.key());
        client = new JdCloudClient(connection, signed, () -> nonce);
        calls = new JdCloudCalls(
                signed,
                connection.endpoint(),
                connection.region(),
                JdCloudClient.SERVICE,
                connection.key(),
                () -> nonce);
    }

    /** Signs a request. */
    public HttpCall sign(JdCloudImageRequest request) {
        return calls.sign(
                "POST",
                client.path("instances", request.instanceId() + ":createImage"),
                "",
                Digests.utf8(JdCloudClient.body(request).toString()),
                clock.instant());
    }
}
