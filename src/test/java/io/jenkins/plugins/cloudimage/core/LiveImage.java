package io.jenkins.plugins.cloudimage.core;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.jenkins.plugins.cloudimage.core.answers.Recording;
import io.jenkins.plugins.cloudimage.core.creation.BuildReference;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.Ledger;
import io.jenkins.plugins.cloudimage.core.creation.NoBuilds;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.watch.Durations;
import io.jenkins.plugins.cloudimage.core.watch.ExecutorScheduler;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Authenticator;

/**
 * Makes one real image with a real key, waits for it and deletes it. This costs money; see {@code make live}. The
 * settings come from the environment; an invalid one is reported in one sentence, under the name that people type.
 */
public final class LiveImage {
    private static final Map<String, String> ENVIRONMENT = System.getenv();
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final Map<String, String> NAMES =
            Map.of("region", "REGION", "instanceId", "INSTANCE", "endpoint", "ENDPOINT");

    private final Clock clock = Clock.systemUTC();
    private final Clouds clouds = Recording.clouds(
            ENVIRONMENT.get("RECORD"),
            new HttpTransport(ProxySelector.getDefault(), Authenticator.NONE, "cloud-image-live"),
            clock);

    private LiveImage() {}

    /** Makes the image and deletes it; exits with 1 unless both succeed. */
    public static void main(String[] args) throws Exception {
        int status = 1;
        Path ledger = Files.createTempDirectory("cloud-image-live");
        try {
            new LiveImage().makeAndDelete(ledger);
            status = 0;
        } catch (CloudException e) {
            System.err.println(e.error().text());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
        }
        if (!ledger.toFile().delete()) {
            System.err.println("What is known of the creation is in " + ledger);
        }
        System.exit(status);
    }

    private static String given(String name) {
        String value = ENVIRONMENT.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("Set " + typed(name));
        }
        return value;
    }

    /** The name of a setting on the command line: keys are environment variables, all others variables of make. */
    private static String typed(String name) {
        return name.equals("LIVE_KEY_ID") || name.equals("LIVE_SECRET") ? name : name.replaceFirst("^LIVE_", "");
    }

    /** The settings of an installation of Apsara Stack, such as GATEWAY=pop and ORGANIZATION_ID. */
    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        Map.of(
                        "LIVE_GATEWAY", "gateway",
                        "LIVE_ORGANIZATION_ID", "organizationId",
                        "LIVE_RESOURCE_SET_ID", "resourceSetId")
                .forEach((variable, setting) -> {
                    String value = ENVIRONMENT.getOrDefault(variable, "");
                    if (!value.isBlank()) {
                        settings.put(setting, value);
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

    private CloudProvider provider() {
        String id = given("LIVE_CLOUD");
        return clouds.all().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no CLOUD=" + id + ": take one of "
                        + clouds.all().stream().map(CloudProvider::id).collect(Collectors.joining(", "))));
    }

    private static void check(ImageRequest request) {
        for (Problem problem : request.problems()) {
            if (problem.severity() == Problem.Severity.ERROR) {
                throw new IllegalArgumentException(
                        NAMES.getOrDefault(problem.field(), problem.field()) + ": " + problem.message());
            }
        }
    }

    private static URI endpoint(CloudProvider provider, String region) {
        String own = ENVIRONMENT.getOrDefault("LIVE_ENDPOINT", "");
        if (!own.isBlank()) {
            return URI.create(own);
        }
        URI usual = provider.endpoint(region);
        if (usual == null) {
            throw new IllegalArgumentException(
                    "Set ENDPOINT to the address of your installation, for example ENDPOINT=https://ecs.example.com:"
                            + " CLOUD=" + provider.id() + " has no public one");
        }
        return usual;
    }

    /** Probes the key first, because a creation would retry errors that a person should see at once. */
    private Cloud probed(CloudProvider provider, CloudConnection account) throws CloudException {
        try {
            Cloud cloud = clouds.connect(account);
            cloud.probe();
            return cloud;
        } catch (CloudException e) {
            if (e.error().kind() == ErrorKind.INVALID_REQUEST && provider.endpoint(account.region()) == null) {
                throw new IllegalArgumentException(
                        e.error().text() + " make live takes it as GATEWAY, ORGANIZATION_ID or RESOURCE_SET_ID.", e);
            }
            throw e;
        }
    }

    private void makeAndDelete(Path ledger) throws Exception {
        CloudProvider provider = provider();
        ImageRequest request = request(provider);
        check(request);
        URI endpoint = endpoint(provider, request.region());
        AccessKey key = new AccessKey(given("LIVE_KEY_ID"), given("LIVE_SECRET"), ENVIRONMENT.get("LIVE_TOKEN"));
        CloudConnection account = new CloudConnection(provider.id(), endpoint, request.region(), key, settings(), null);
        Cloud cloud = probed(provider, account);

        Creation creation = create(account, request, ledger);

        if (creation.outcome() != Outcome.READY) {
            CloudError problem = creation.problem();
            throw new IllegalArgumentException(creation.outcome() + (problem == null ? "" : ": " + problem.text()));
        }
        System.out.println(creation.imageId() + " is ready and is deleted now");
        cloud.delete(creation.imageId());
        System.out.println("1 of 1 images made and deleted");
    }

    private static String line(Creation creation) {
        return Stream.of(
                        creation.phase(),
                        creation.imageId(),
                        creation.image() == null ? null : creation.image().cloudState(),
                        creation.problem() == null ? null : creation.problem().text())
                .filter(Objects::nonNull)
                .map(Object::toString)
                .collect(Collectors.joining("  "));
    }

    private Creation create(CloudConnection account, ImageRequest request, Path folder) throws Exception {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        try {
            ExecutorScheduler scheduler = new ExecutorScheduler(timer, timer);
            Ledger ledger = new Ledger(folder, clouds, clock);
            CreationEngine engine = new CreationEngine(
                    clouds,
                    ledger,
                    creation -> account,
                    id -> id,
                    scheduler,
                    clock,
                    RandomGenerator.getDefault(),
                    new ImagePoller(clouds, scheduler, () -> Duration.ofSeconds(10), new Durations()),
                    NoBuilds.in(folder, ledger, clouds, clock));
            boolean stop = Boolean.parseBoolean(ENVIRONMENT.get("LIVE_STOP"));
            Options options = new Options(stop, stop, Options.OnIncomplete.DELETE, Options.IfNameExists.FAIL);
            Creation planned = Creation.plan(
                    new BuildReference("live#1", "environment", null), request, options, clock.instant(), PATIENCE);
            ledger.save(planned);
            CompletableFuture<Creation> end = new CompletableFuture<>();
            engine.run(planned, news -> {
                System.out.println(line(news));
                if (news.done()) {
                    end.complete(news);
                }
            });
            Creation last = end.get();
            ledger.remove(last.key());
            return last;
        } finally {
            timer.shutdownNow();
        }
    }
}
