package io.jenkins.plugins.cloudimage.core.canary;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeAccount;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A cloud that echoes what it was sent and what it knows about the key, in places that a test chooses.
 *
 * @param when how to echo in the response to an action, or null for the normal response
 */
public record LeakyCloud(FakeCloud cloud, AccessKey key, Canary canary, Function<String, Echo> when)
        implements FakeCloud {

    /** The token of temporary keys. */
    public static final String TOKEN = "IQoJb3JpZ2luX2VjEPz+CanaryB1rd/Y8==";

    /** Makes an account's key a temporary one, and returns it. */
    public static AccessKey temporary(FakeCloud cloud, AccessKey key) {
        ((FakeAccount) cloud).requireToken(TOKEN);
        return new AccessKey(key.id(), key.secret(), TOKEN);
    }

    @Override
    public String action(Received request) {
        return cloud.action(request);
    }

    @Override
    public Answer throttled() {
        return cloud.throttled();
    }

    @Override
    public Answer answer(Received request) {
        String sent = request.uri() + "\n"
                + request.headers().entrySet().stream()
                        .map(header -> header.getKey() + ": " + String.join(",", header.getValue()))
                        .collect(Collectors.joining("\n"))
                + "\n" + new String(request.body(), StandardCharsets.UTF_8);
        canary.watchSignatures(sent);
        Echo echo = when.apply(action(request));
        return echo == null ? cloud.answer(request) : echo.of(throttled(), cloud.answer(request), told(sent));
    }

    /** What real servers were seen to echo, and more. */
    private String told(String sent) {
        String encoded = URLEncoder.encode(sent, StandardCharsets.UTF_8);
        String token = key.sessionToken() == null ? "" : key.sessionToken();
        String bare = sent.replaceAll("(?i)(signature|authorization|credential|token)", " ");
        return key.secret() + " " + token + " is the key; " + bare + "\nserver string to sign is: " + sent + "\n"
                + encoded + "\n" + URLEncoder.encode(encoded, StandardCharsets.UTF_8) + " " + key.secret() + token;
    }
}
