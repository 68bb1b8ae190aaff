package io.jenkins.plugins.cloudimage.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.Ledger;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import io.jenkins.plugins.cloudimage.core.creation.Origin;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.watch.ExecutorScheduler;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import okhttp3.Authenticator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes one real image with a real key, waits for it and deletes it. Costs money, so it runs only when it is asked for:
 * {@code make live} says how.
 */
@EnabledIfEnvironmentVariable(named = "LIVE_CLOUD", matches = ".+")
class LiveTest {
    private static final Map<String, String> ENVIRONMENT = System.getenv();
    private static final Duration PATIENCE = Duration.ofHours(2);

    private final Clock clock = Clock.systemUTC();
    private final Clouds clouds =
            new Clouds(new HttpTransport(ProxySelector.getDefault(), Authenticator.NONE, "cloud-image-live"), clock);

    private static String given(String name) {
        String value = ENVIRONMENT.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new AssertionError("Set the environment variable " + name);
        }
        return value;
    }

    /** GATEWAY=pop, ORGANIZATION_ID and so on: what an installation of Apsara Stack needs. */
    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        Map.of(
                        "LIVE_GATEWAY", "gateway",
                        "LIVE_ORGANIZATION_ID", "organizationId",
                        "LIVE_RESOURCE_SET_ID", "resourceSetId")
                .forEach((variable, setting) -> {
                    if (ENVIRONMENT.containsKey(variable)) {
                        settings.put(setting, ENVIRONMENT.get(variable));
                    }
                });
        return settings;
    }

    private ImageRequest request(CloudProvider provider) throws Exception {
        Map<String, String> parameters = Map.of(
                "cloud", provider.id(),
                "region", ENVIRONMENT.getOrDefault("LIVE_REGION", ""),
                "imageName", "live-" + clock.instant().getEpochSecond() % 1_000_000,
                "instanceId", given("LIVE_INSTANCE"));
        JsonMapper json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        json.registerSubtypes(new NamedType(provider.requestType(), provider.id()));
        return json.readValue(json.writeValueAsBytes(parameters), ImageRequest.class);
    }

    @Test
    void makesAnImageAndDeletesIt(@TempDir Path ledger) throws Exception {
        CloudProvider provider = clouds.provider(given("LIVE_CLOUD"));
        ImageRequest request = request(provider);
        URI endpoint = ENVIRONMENT.containsKey("LIVE_ENDPOINT")
                ? URI.create(given("LIVE_ENDPOINT"))
                : provider.endpoint(request.region());
        AccessKey key = new AccessKey(given("LIVE_KEY_ID"), given("LIVE_SECRET"), ENVIRONMENT.get("LIVE_TOKEN"));
        CloudConnection account = new CloudConnection(provider.id(), endpoint, request.region(), key, settings(), null);

        Creation creation = create(account, request, ledger);

        assertEquals(
                Outcome.READY,
                creation.progress().outcome(),
                () -> creation.progress().toString());
        System.out.println(creation.progress().imageId() + " is ready and is deleted now");
        clouds.connect(account).delete(creation.progress().imageId());
    }

    private Creation create(CloudConnection account, ImageRequest request, Path folder) throws Exception {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        try {
            ExecutorScheduler scheduler = new ExecutorScheduler(timer, timer);
            Ledger ledger = new Ledger(folder, clouds);
            CreationEngine engine = new CreationEngine(
                    clouds,
                    ledger,
                    creation -> account,
                    scheduler,
                    clock,
                    RandomGenerator.getDefault(),
                    new ImagePoller(clouds, scheduler, () -> Duration.ofSeconds(10)));
            boolean stop = Boolean.parseBoolean(ENVIRONMENT.get("LIVE_STOP"));
            Options options = new Options(stop, stop, Options.OnIncomplete.DELETE, Options.IfNameExists.FAIL);
            Creation planned = Creation.plan(
                    new Origin("live#1", "environment", null), request, options, clock.instant(), PATIENCE);
            ledger.save(planned);
            CompletableFuture<Creation> end = new CompletableFuture<>();
            engine.run(planned, news -> {
                System.out.println(news.phase() + " " + news.progress().imageId() + " "
                        + news.progress().cloudState());
                if (news.done()) {
                    end.complete(news);
                }
            });
            return end.get();
        } finally {
            timer.shutdownNow();
        }
    }
}
