package io.jenkins.plugins.cloudimage.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import io.jenkins.plugins.cloudimage.simulator.FakeImages;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;

/**
 * What an official SDK proves of a cloud and a way of signing: that it signs as we do, that the simulator serves it, and
 * that the simulator would notice if it did not sign well. A class below this one says how for its cloud.
 */
abstract class Oracle {
    private static final int REQUESTS = 3000;
    private static final int CLIENTS = 10;
    private static final int SHRINKS = 500;
    /** The share of requests that may be repetitions, which are not sent again. */
    private static final double REPEATED = 0.15;

    private static final int ENOUGH = 100;
    private static final long SEED = 20260102;

    /** The way of signing, for the report. */
    abstract String scheme();

    /** The SDK. */
    abstract Sdk sdk();

    /** The parameters of a random request. */
    Gen<Map<String, String>> parameters() {
        return SignedTexts.parameters();
    }

    /** An answer that the SDK takes for a success. */
    abstract String success();

    /** The signature that a request bears. */
    abstract String theirs(Received request);

    /** The signature that the plugin gives the same request. */
    abstract String ours(Received request, AccessKey key);

    /** A cloud that lives in the present, because no SDK lets its clock be set. */
    abstract FakeCloud fake();

    /** The fake's images. */
    abstract FakeImages images();

    /** The fake's key. */
    abstract AccessKey key();

    /** An instance of the fake from which an image can be made. */
    abstract String instanceId();

    /** The cloud's word for an image that is being made. */
    abstract String beingMade();

    /** The cloud's word for an image that is made. */
    abstract String made();

    /** Whether a create answers the image's id. */
    boolean answersIds() {
        return true;
    }

    /** All that the signature covers, changed byte by byte. */
    abstract Changes changes(Received request);

    /** What the cloud's answer says when it does not accept who signed or what was signed, as a regular expression. */
    abstract String refusal();

    @Test
    void theSdkAndThePluginSignAlike() throws Exception {
        AtomicInteger compared = new AtomicInteger();
        Recorder recorder = new Recorder(success());
        try (FakeServer server = new FakeServer(recorder)) {
            for (int i = 0; i < CLIENTS; i++) {
                String token = i % 2 == 0 ? null : SignedTexts.key(200, SEED + i);
                AccessKey key = new AccessKey(SignedTexts.key(24, SEED + i), SignedTexts.key(32, SEED - i), token);
                Sdk.Client client = connect(server, key);
                qt().withFixedSeed(SEED + i)
                        .withExamples(REQUESTS / CLIENTS)
                        .withShrinkCycles(SHRINKS)
                        .forAll(parameters())
                        .checkAssert(parameters -> {
                            Received request = sent(client, parameters, recorder);
                            compared.incrementAndGet();
                            assertEquals(theirs(request), ours(request, key), () -> show(request));
                        });
            }
        }
        System.out.printf("%s: %,d requests compared, no differences%n", scheme(), compared.get());
        assertTrue(compared.get() >= REQUESTS * (1 - REPEATED), () -> "Only " + compared + " requests");
    }

    private static Received sent(Sdk.Client client, Map<String, String> parameters, Recorder recorder) {
        try {
            client.send(parameters);
        } catch (Exception e) {
            throw new IllegalStateException("The SDK cannot send " + parameters, e);
        }
        return recorder.take();
    }

    @Test
    void theSimulatorServesTheSdk() throws Exception {
        try (FakeServer server = new FakeServer(fake())) {
            Sdk.Client client = connect(server, key());
            images().take(Duration.ZERO);
            String quick = client.create(instanceId(), "web-1", "nightly");
            images().take(Duration.ofHours(1));
            String slow = client.create(instanceId(), "web-2", "夜间");

            List<FakeImage> made = images().all();
            assertEquals(
                    List.of("web-1", "web-2"),
                    made.stream().map(FakeImage::name).toList());
            if (answersIds()) {
                assertEquals(made.stream().map(FakeImage::id).toList(), List.of(quick, slow));
            }
            assertEquals(made(), client.state(made.get(0).id()));
            assertEquals(beingMade(), client.state(made.get(1).id()));
        }
    }

    @Test
    void theSimulatorRefusesTheSdkWithAWrongSecret() throws Exception {
        try (FakeServer server = new FakeServer(fake())) {
            Sdk.Client client = connect(server, new AccessKey(key().id(), "wrong", null));

            Exception refused = assertThrows(Exception.class, () -> client.create(instanceId(), "web-1", "nightly"));
            assertTrue(isRefusal(refused.toString()), refused.toString());
            assertEquals(List.of(), images().all());
        }
    }

    @Test
    void theSimulatorRefusesARequestOfTheSdkWithOneSignedByteChanged() throws Exception {
        Recorder recorder = new Recorder(success());
        try (FakeServer server = new FakeServer(recorder)) {
            connect(server, key()).create(instanceId(), "web-1", "夜间");
        }
        Received signed = recorder.take();
        FakeCloud fake = fake();
        List<Received> changes = changes(signed).all();
        assertTrue(changes.size() > ENOUGH, "Only " + changes.size() + " changes");

        for (Received changed : changes) {
            String answer = text(fake.answer(changed).body());
            assertTrue(isRefusal(answer), () -> show(changed) + "\n" + answer);
        }
        assertEquals(List.of(), images().all());
        // It was for the change that they were refused.
        fake.answer(signed);
        assertEquals(1, images().all().size());
        System.out.printf("%s: %d changes of one byte, all refused%n", scheme(), changes.size());
    }

    private boolean isRefusal(String text) {
        return Pattern.compile(refusal()).matcher(text).find();
    }

    private Sdk.Client connect(FakeServer server, AccessKey key) throws Exception {
        return sdk().connect(server.endpoint().getAuthority(), key.id(), key.secret(), key.sessionToken());
    }

    private static String show(Received request) {
        return request.method() + " " + request.uri() + "\n" + request.headers().entrySet() + "\n"
                + text(request.body());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
