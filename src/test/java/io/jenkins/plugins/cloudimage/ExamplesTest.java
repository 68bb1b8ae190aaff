package io.jenkins.plugins.cloudimage;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.FilePath;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.TaskListener;
import hudson.tasks.Fingerprinter;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.SecretSource;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.CustomEndpoint;
import io.jenkins.plugins.cloudimage.core.TestCertificate;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaEcs;
import io.jenkins.plugins.cloudimage.simulator.FakeEcsAccount;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import io.jenkins.plugins.cloudimage.simulator.FakeImages;
import io.jenkins.plugins.cloudimage.simulator.FakeShares;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.libs.GlobalLibraries;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.LibraryRetriever;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Runs every example. The keys come from {@code examples/jenkins.yaml}; only the addresses are others: each pipeline gets
 * simulated clouds of its own.
 */
@WithJenkins
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("examples");
    private static final String JENKINSFILE = ".Jenkinsfile";
    private static final Pattern CLOUD = Pattern.compile("\\bcloud: (\\w+)\\(");
    private static final String TOKEN = "session-token-of-the-examples";

    /** What {@code examples/jenkins.yaml} takes from outside. */
    private static final Map<String, String> SECRETS = new TreeMap<>(Map.of(
            "TENCENT_SECRET_ID", FakeTencentCloud.SECRET_ID,
            "TENCENT_SECRET_KEY", FakeTencentCloud.SECRET_KEY,
            "ECS_ACCESS_KEY_ID", FakeEcsAccount.KEY_ID,
            "ECS_ACCESS_KEY_SECRET", FakeEcsAccount.SECRET,
            "ECS_SESSION_TOKEN", TOKEN,
            "ECS_USER_KEY_ID", FakeEcsAccount.KEY_ID,
            "ECS_USER_KEY_SECRET", FakeEcsAccount.SECRET,
            "APSARA_ACCESS_KEY_ID", FakeEcsAccount.KEY_ID,
            "APSARA_ACCESS_KEY_SECRET", FakeEcsAccount.SECRET));

    /** The other keys, by cloud, as the examples call them. */
    private static final Map<String, String> OTHER_KEYS =
            Map.of("jdCloud", "jd-prod", "qcloud", "qcloud-prod", "alibabaEns", "ens-prod");

    private final Map<String, List<CloudFixture<?>>> clouds = new TreeMap<>();
    private JenkinsRule jenkins;

    /** Stands for environment variables, which a test cannot set. */
    @TestExtension
    public static final class Secrets extends SecretSource {
        @Override
        public Optional<String> reveal(String name) {
            return Optional.ofNullable(SECRETS.get(name));
        }
    }

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(20);
        SECRETS.put("APSARA_CA_CERTIFICATE", TestCertificate.make("example.com").pem());
        load("jenkins.yaml");
        for (SimulatedCloud<?> simulated : SimulatedCloud.all(Clock.systemUTC())) {
            if (OTHER_KEYS.containsKey(simulated.id())) {
                SystemCredentialsProvider.getInstance()
                        .getCredentials()
                        .add(new UsernamePasswordCredentialsImpl(
                                CredentialsScope.GLOBAL,
                                OTHER_KEYS.get(simulated.id()),
                                null,
                                simulated.key().id(),
                                simulated.key().secret()));
            }
        }
    }

    @AfterEach
    void stop() {
        clouds.values().forEach(used -> used.forEach(CloudFixture::close));
    }

    private static void load(String example) throws Exception {
        ConfigurationAsCode.get().configure(EXAMPLES.resolve(example).toString());
    }

    private static List<String> named(String ending) throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static String script(String example) throws IOException {
        return Files.readString(EXAMPLES.resolve(example + JENKINSFILE));
    }

    /** The same, with calls that go to the clouds of an example. */
    private static String redirected(String script, String example) {
        return CLOUD.matcher(script.replaceAll("endpoint: '\\w+', ", ""))
                .replaceAll(found -> Matcher.quoteReplacement(found.group() + "endpoint: '" + example + "', "));
    }

    /** Starts the clouds that an example names, and lets Jenkins know them by the example's name. */
    private void connect(String example) throws IOException {
        connect(
                example,
                CLOUD.matcher(script(example))
                        .results()
                        .map(found -> found.group(1))
                        .distinct()
                        .<CloudFixture<?>>map(ExamplesTest::fixture)
                        .toList());
    }

    private void connectTencent(String example) throws IOException {
        connect(example, List.of(fixture("tencentCloud")));
    }

    private void connect(String example, List<CloudFixture<?>> used) {
        clouds.put(example, used);
        CloudImageConfiguration configuration = CloudImageConfiguration.get();
        configuration.setPollSeconds(1);
        List<CustomEndpoint> endpoints = new ArrayList<>(configuration.getEndpoints());
        for (CloudFixture<?> cloud : used) {
            CustomEndpoint simulator = cloud.endpoint();
            CustomEndpoint endpoint = new CustomEndpoint(example, simulator.getCloud(), simulator.getUrl());
            endpoint.setProperties(simulator.getProperties());
            endpoints.add(endpoint);
        }
        configuration.setEndpoints(endpoints);
    }

    private static CloudFixture<?> fixture(String id) {
        SimulatedCloud<FakeAlibabaEcs> ecs = SimulatedCloud.alibabaEcs(Clock.systemUTC());
        ecs.cloud().requireToken(TOKEN);
        return Stream.concat(SimulatedCloud.all(Clock.systemUTC()).stream(), Stream.of(ecs))
                .filter(simulated -> simulated.id().equals(id))
                .findFirst()
                .map(ExamplesTest::start)
                .orElseThrow(() -> new AssertionError("There is no cloud " + id));
    }

    private static CloudFixture<?> start(SimulatedCloud<?> simulated) {
        if (simulated.cloud() instanceof FakeTencentCloud tencent) {
            tencent.instances().add("ins-h3m9qa2w");
        }
        return new CloudFixture<>(simulated);
    }

    private WorkflowRun run(String example) throws Exception {
        return job(example, example).scheduleBuild2(0).waitForStart();
    }

    private WorkflowJob job(String name, String example) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        FilePath deploy = jenkins.jenkins.getWorkspaceFor(job).child("deploy.sh");
        deploy.write(
                "#!/bin/sh\necho \"deploying $*\"\nfor file; do [ ! -f \"$file\" ] || cat \"$file\"; done\n", null);
        deploy.chmod(0755);
        job.setDefinition(new CpsFlowDefinition(redirected(script(example), example), true));
        // The same key in the same region is the same account, so the names of images must differ.
        job.updateNextBuildNumber(100 * clouds.size());
        return job;
    }

    private FakeTencentCloud tencent(String example) {
        return (FakeTencentCloud) clouds.get(example).get(0).cloud;
    }

    @Test
    void everyPipelineMakesItsImagesAndHandsThemOn() throws Exception {
        Map<String, WorkflowRun> runs = new TreeMap<>();
        for (String file : named(JENKINSFILE)) {
            String example = file.substring(0, file.length() - JENKINSFILE.length());
            connect(example);
            runs.put(example, run(example));
        }
        assertFalse(runs.isEmpty());

        assertAll(runs.entrySet().stream().map(run -> (Executable) () -> {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run.getValue()));
            assertHandedOn(run.getKey(), JenkinsRule.getLog(run.getValue()));
        }));
    }

    /** The step's own lines tell the id as well, so they do not count. */
    private void assertHandedOn(String example, String log) {
        for (CloudFixture<?> cloud : clouds.get(example)) {
            List<FakeImage> images = cloud.simulated.images().all();
            assertFalse(images.isEmpty(), example + " made no image: " + log);
            for (FakeImage image : images) {
                assertTrue(
                        log.lines().anyMatch(line -> line.contains(image.id()) && !line.contains("Cloud image ")),
                        () -> example + " did not hand on " + image.id() + ": " + log);
            }
        }
    }

    @Test
    void aUsedUpQuotaMakesTheBuildUnstableAndAFailedImageIsTriedAgain() throws Exception {
        connect("errors");
        tencent("errors").allowImages(0);
        connect("retry");
        tencent("retry").images().fail(true);
        connect("post");
        tencent("post").allowImages(0);

        // One after the other, because they use the same image name in the same account.
        WorkflowRun errors = jenkins.waitForCompletion(run("errors"));
        jenkins.assertBuildStatus(Result.UNSTABLE, errors);
        jenkins.assertLogContains("No new image: ", errors);
        WorkflowRun post = jenkins.waitForCompletion(run("post"));
        jenkins.assertBuildStatus(Result.FAILURE, post);
        jenkins.assertLogContains("The quota of images is used up: delete old ones.", post);

        WorkflowRun retry = run("retry");
        CloudFixture.await(() -> !tencent("retry").images().all().isEmpty());
        tencent("retry").images().fail(false);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(retry));
        assertEquals(2, clouds.get("retry").get(0).server.count("CreateImage"));
        assertEquals(1, tencent("retry").images().all().size());
    }

    /** Reads what is in a folder of examples. */
    private static String text(String file) throws IOException {
        return Files.readString(EXAMPLES.resolve(file));
    }

    @Test
    void theManifestIsFingerprintedAndTheDescriptionNamesTheImage() throws Exception {
        connect("fingerprint");
        WorkflowRun recorded = run("fingerprint");
        connect("description");
        WorkflowRun described = run("description");

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(recorded));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(described));

        Fingerprinter.FingerprintAction fingerprints = recorded.getAction(Fingerprinter.FingerprintAction.class);
        assertTrue(fingerprints.getFingerprints().containsKey("cloud-image.json"));
        assertEquals(
                "web-200 is " + tencent("description").images().all().get(0).id(), described.getDescription());
    }

    @Test
    void anUpstreamJobDeploysTheImageOfAnother() throws Exception {
        connect("declarative");
        job("bake", "declarative");
        WorkflowJob deploy = jenkins.createProject(WorkflowJob.class, "deploy");
        deploy.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("IMAGE")));
        deploy.setDefinition(new CpsFlowDefinition("echo \"deploying ${params.IMAGE}\"", true));
        WorkflowJob release = jenkins.createProject(WorkflowJob.class, "release");
        release.setDefinition(new CpsFlowDefinition(text("upstream/Jenkinsfile"), true));

        jenkins.buildAndAssertSuccess(release);

        FakeImage image = tencent("declarative").images().all().get(0);
        jenkins.assertLogContains("deploying " + image.id(), deploy.getLastBuild());
    }

    /** Runs a script from a folder of the examples in the workspace of a job that can deploy. */
    private WorkflowJob deployJob(String name, String file, String clouds) throws Exception {
        WorkflowJob job = job(name, clouds);
        job.setDefinition(new CpsFlowDefinition(redirected(text(file), clouds), true));
        return job;
    }

    @Test
    void aDeployJobFindsTheNewestImage() throws Exception {
        connect("declarative");
        WorkflowJob bake = job("bake", "declarative");
        jenkins.buildAndAssertSuccess(bake);
        FakeImage image = tencent("declarative").images().all().get(0);

        jenkins.assertLogContains(
                "deploying --image " + image.id(),
                jenkins.buildAndAssertSuccess(deployJob("deploy", "deploy/Jenkinsfile", "declarative")));
        jenkins.assertLogContains(
                "deploying --image img-8toqc6s3",
                jenkins.buildAndAssertSuccess(deployJob("approved", "deploy/approved.Jenkinsfile", "declarative")));
    }

    /** An image is gone only after a while, so the test ends when it is deleted. */
    @Test
    void aJobDeletesTheImageOfAnother() throws Exception {
        connect("declarative");
        jenkins.buildAndAssertSuccess(job("bake", "declarative"));
        FakeImage image = tencent("declarative").images().all().get(0);
        WorkflowJob retire = jenkins.createProject(WorkflowJob.class, "retire");
        retire.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("IMAGE", image.id())));
        retire.setDefinition(new CpsFlowDefinition(redirected(text("retire/Jenkinsfile"), "declarative"), true));

        WorkflowRun run = retire.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("may be deleted", run);
        CloudFixture.await(() -> tencent("declarative").images().all().isEmpty());
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
    }

    /**
     * The first image fails its test, the second one is released, and the third build deletes the second image by name.
     * An image is gone only after a while, so the last build is aborted once both are deleted.
     */
    @Test
    void anImageGoesThroughItsWholeLife() throws Exception {
        connect("declarative");
        WorkflowJob job = job("life", "declarative");
        FilePath test = jenkins.jenkins.getWorkspaceFor(job).child("test.sh");
        test.write("#!/bin/sh\nexit 1\n", null);
        test.chmod(0755);
        job.setDefinition(new CpsFlowDefinition(
                redirected(text("lifecycle/Jenkinsfile"), "declarative").replace("keep: 5", "keep: 1"), true));
        FakeImages images = tencent("declarative").images();
        FakeShares shares = tencent("declarative").shares();

        jenkins.buildAndAssertStatus(Result.FAILURE, job);
        FakeImage broken = images.all().get(0);
        assertEquals(List.of(), shares.of(broken.id()));
        test.write("#!/bin/sh\necho \"testing $*\"\n", null);
        WorkflowRun release = jenkins.buildAndAssertSuccess(job);

        CloudFixture.await(() -> !ids(images).contains(broken.id()));
        List<String> released = ids(images);
        jenkins.assertLogContains("testing --image " + released.get(0), release);
        jenkins.assertLogContains("Released " + released.get(0) + " and " + released.get(1), release);
        assertEquals(
                List.of("ap-guangzhou", "ap-shanghai"),
                released.stream().map(images::region).toList());
        released.forEach(id -> assertEquals(List.of("100012345678"), shares.of(id)));

        WorkflowRun last = job.scheduleBuild2(
                        0,
                        new ParametersAction(
                                new StringParameterValue("RETIRE", released.get(0)),
                                new StringParameterValue("RETIRE_COPY", "")))
                .waitForStart();
        CloudFixture.await(() -> !ids(images).contains(released.get(0)));
        assertTrue(ids(images).contains(released.get(1)));
        last.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(last));
    }

    private static List<String> ids(FakeImages images) {
        return images.all().stream().map(FakeImage::id).toList();
    }

    /** Takes a library from the examples. */
    public static final class Library extends LibraryRetriever {
        private static final String EXAMPLE = "library";

        @Override
        public void retrieve(
                String name, String version, boolean changelog, FilePath target, Run<?, ?> run, TaskListener listener)
                throws Exception {
            String file = "vars/bakeImage.groovy";
            target.child(file).write(redirected(text(EXAMPLE + "/" + file), EXAMPLE), "UTF-8");
        }

        @Override
        public void retrieve(String name, String version, FilePath target, Run<?, ?> run, TaskListener listener)
                throws Exception {
            retrieve(name, version, false, target, run, listener);
        }
    }

    @Test
    void aSharedLibraryBakes() throws Exception {
        connectTencent(Library.EXAMPLE);
        LibraryConfiguration images = new LibraryConfiguration("images", new Library());
        images.setDefaultVersion("1");
        GlobalLibraries.get().setLibraries(List.of(images));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake");
        job.setDefinition(new CpsFlowDefinition(text("library/Jenkinsfile"), true));

        WorkflowRun run = jenkins.buildAndAssertSuccess(job);

        FakeImage image = tencent(Library.EXAMPLE).images().all().get(0);
        jenkins.assertLogContains("Baked web-1: " + image.id(), run);
    }

    @Test
    void jobDslMakesJobsThatBake() throws Exception {
        connectTencent("dsl");
        FreeStyleProject seed = jenkins.createFreeStyleProject("seed");
        ExecuteDslScripts scripts = new ExecuteDslScripts();
        scripts.setUseScriptText(true);
        scripts.setScriptText(text("job-dsl/bake.groovy")
                .replace("region('ap-guangzhou')", "region('ap-guangzhou')\nendpoint('dsl')"));
        seed.getBuildersList().add(scripts);

        jenkins.buildAndAssertSuccess(seed);

        for (String tier : List.of("web", "db")) {
            FreeStyleProject job = jenkins.jenkins.getItemByFullName("bake-" + tier, FreeStyleProject.class);
            CreateCloudImageBuilder step = job.getBuildersList().get(CreateCloudImageBuilder.class);
            assertEquals(90, step.getTimeoutMinutes());
            jenkins.assertLogContains("Cloud image " + tier + "-1: img-", jenkins.buildAndAssertSuccess(job));
        }
    }

    @Test
    void everyConfigurationIsTaken() throws Exception {
        for (String file : named(".yaml")) {
            CloudImageConfiguration.get().setEndpoints(List.of());

            load(file);

            assertTrue(
                    CloudImageConfiguration.get()
                            .endpoint("apsaraStack", "datacentre")
                            .isPresent(),
                    file);
        }
    }
}
