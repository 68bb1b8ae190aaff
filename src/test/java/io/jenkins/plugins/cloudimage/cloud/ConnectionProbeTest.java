package io.jenkins.plugins.cloudimage.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.cloudimage.CloudFixture;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.CustomEndpoint;
import io.jenkins.plugins.cloudimage.core.CallerIdentity;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.KeySource;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraSettings;
import io.jenkins.plugins.cloudimage.credentials.CloudAccessKeyImpl;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeTokenServices;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The button that tries a key: what it says, whom it answers, and where it never goes. */
@WithJenkins
class ConnectionProbeTest {
    private JenkinsRule jenkins;
    private FreeStyleProject job;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = jenkins.createFreeStyleProject("bake");
    }

    private static Map<String, String> fields(CloudFixture<?> cloud) {
        Map<String, String> fields = new HashMap<>();
        fields.put("credentialsId", cloud.credentialsId());
        fields.put("region", cloud.simulated.request().region());
        fields.put("endpoint", "simulator");
        return fields;
    }

    private WebResponse press(String user, HttpMethod method, String owner, String cloud, Map<String, String> fields)
            throws Exception {
        String form = CloudSettingsDescriptor.of(cloud).orElseThrow().clazz.getName();
        WebRequest request = new WebRequest(
                new URL(jenkins.getURL(), owner + "descriptorByName/" + form + "/testConnection"), method);
        List<NameValuePair> parameters = new ArrayList<>();
        fields.forEach((name, value) -> parameters.add(new NameValuePair(name, value)));
        request.setRequestParameters(parameters);
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            if (user != null) {
                browser.login(user);
            }
            if (method == HttpMethod.POST) {
                browser.addCrumb(request);
            }
            return browser.loadWebResponse(request);
        }
    }

    private String press(String cloud, Map<String, String> fields) throws Exception {
        WebResponse response = press(null, HttpMethod.POST, job.getUrl(), cloud, fields);
        assertEquals(200, response.getStatusCode());
        return response.getContentAsString();
    }

    private static void assertContains(String part, String text) {
        assertTrue(text.contains(part), text);
    }

    @Test
    void everyCloudTellsWhatIsProvedAndWhatIsNot() throws Exception {
        for (CloudFixture<?> cloud : CloudFixture.all()) {
            try (cloud) {
                cloud.configure();

                String answer = press(cloud.simulated.id(), fields(cloud));

                CloudSettingsDescriptor form =
                        CloudSettingsDescriptor.of(cloud.simulated.id()).orElseThrow();
                assertContains("class=\"ok\"", answer);
                assertContains("The key works at " + form.getDisplayName() + ": it has the permission ", answer);
                form.provider().permissions().always().forEach(each -> assertContains(each, answer));
                form.provider().permissions().delete().forEach(each -> assertContains(each, answer));
                form.provider().permissions().power().forEach(each -> assertContains(each, answer));
                form.provider().permissions().share().forEach(each -> assertContains(each, answer));
                form.provider().permissions().tag().forEach(each -> assertContains(each, answer));
                // The endpoint of a fake has no STS URL, and nobody asks a public service instead.
                assertEquals(
                        form.provider().roles().filter(RoleService::identifies).isPresent(),
                        answer.contains("It is not known who the key is: The endpoint has no STS URL"),
                        answer);
                assertEquals(1, cloud.server.calls().size(), "one call");
                assertTrue(cloud.server.calls().get(0).toLowerCase().startsWith("describe"), "that only reads");
            }
        }
    }

    @Test
    void theKeyIsToldAndThatOfAnAccountIsWarnedOf() throws Exception {
        for (String id : FakeTokenServices.WITH_IDENTITIES) {
            try (RoleWorld world = new RoleWorld(id)) {
                Map<String, String> fields = fields(world.cloud);

                String user = press(id, fields);
                assertContains("class=\"ok\"", user);
                assertContains("The key belongs to the account 100000", user);
                assertFalse(user.contains("class=\"warning\""), user);
                assertEquals(List.of("GetCallerIdentity"), world.server.calls());

                world.server.faults().next("GetCallerIdentity", Fault.GATEWAY_AFTER);
                String unknown = press(id, fields);
                assertContains("class=\"ok\"", unknown);
                assertContains("The key works", unknown);
                assertContains("It is not known who the key is", unknown);

                FakeTokenServices.makeKeyRoot(world.service);
                String root = press(id, fields);
                assertContains("The key works", root);
                assertContains("class=\"warning\"", root);
                assertContains("This is a key of the account itself", root);
            }
        }
    }

    @Test
    void whatTheTokenServiceSaysIsNoMarkup() throws Exception {
        try (RoleWorld world = new RoleWorld("tencentCloud")) {
            CloudSettingsDescriptor form =
                    CloudSettingsDescriptor.of("tencentCloud").orElseThrow();
            CallerIdentity identity = new CallerIdentity("<b>1</b>", "<script>\n", false);

            String html = new ProbeReport(
                            form.provider(), new KeySource.Stored(world.cloud.simulated.key()), "<i>", identity, null)
                    .toValidation()
                    .renderHtml();

            assertContains("&lt;script&gt; ", html);
            for (String tag : List.of("<b>", "<script>", "<i>")) {
                assertFalse(html.contains(tag), html);
            }
        }
    }

    @Test
    void aWrongKeyIsToldWithTheCloudsReason() throws Exception {
        try (TencentFixture tencent = new TencentFixture()) {
            tencent.configure();
            SystemCredentialsProvider.getInstance().getCredentials().add(TencentFixture.key("wrong", "not-the-secret"));
            Map<String, String> fields = fields(tencent);
            fields.put("credentialsId", "wrong");

            String answer = press("tencentCloud", fields);

            assertContains("class=\"error\"", answer);
            assertContains("[AuthFailure.SignatureFailure]", answer);
            assertContains("Check SecretId and SecretKey in the credential", answer);
        }
    }

    @Test
    void theOrganizationOfTheFormIsTried() throws Exception {
        try (CloudFixture<?> apsara = CloudFixture.all().get(3)) {
            apsara.configure();
            CustomEndpoint endpoint = apsara.endpoint();
            ApsaraStackInstallation.class.cast(endpoint.getProperties().get(0)).setOrganizationId("1");
            CloudImageConfiguration.get().setEndpoints(List.of(endpoint));
            Map<String, String> fields = fields(apsara);

            assertContains("Forbidden.RAM", press("apsaraStack", fields));
            fields.put("organizationId", apsara.simulated.settings().get(ApsaraSettings.ORGANIZATION));
            assertContains("The key works", press("apsaraStack", fields));
        }
    }

    @Test
    void whatOnlyABuildKnowsCannotBeTried() throws Exception {
        try (TencentFixture tencent = new TencentFixture()) {
            tencent.configure();
            for (Map<String, String> variable : List.of(
                    Map.of("credentialsId", "${KEY}"), Map.of("region", "${REGION}"), Map.of("region", "$REGION"))) {
                Map<String, String> fields = fields(tencent);
                fields.putAll(variable);
                assertContains("known only in a build", press("tencentCloud", fields));
            }
            Map<String, String> fields = fields(tencent);
            fields.put("credentialsId", "");
            assertContains("Choose the access key first", press("tencentCloud", fields));
            assertEquals(List.of(), tencent.server.calls());
        }
    }

    @Test
    void aFormLeadsNowhereElse() throws Exception {
        try (TencentFixture tencent = new TencentFixture()) {
            tencent.configure();
            String url = tencent.server.endpoint().toString();
            CloudImageConfiguration.get().setEndpoints(List.of(new CustomEndpoint("other", "jdCloud", url)));
            Map<String, String> fields = fields(tencent);
            for (String endpoint : List.of(url, "other", "simulator")) {
                fields.put("endpoint", endpoint);
                assertContains("This cloud has no endpoint", press("tencentCloud", fields));
            }
            fields.put("endpoint", "");
            for (String region : List.of("evil.example.com/", "a.b", "x@evil.example.com", "ap-x#", "")) {
                fields.put("region", region);
                for (CloudSettingsDescriptor cloud : CloudSettingsDescriptor.all()) {
                    boolean regional = !cloud.provider().id().equals("alibabaEns")
                            && !cloud.provider().id().equals("apsaraStack");
                    if (regional) {
                        assertContains("region", press(cloud.provider().id(), fields));
                    }
                }
            }
            assertEquals(List.of(), tencent.server.calls());
        }
    }

    @Test
    void aKeyThatTheJobMayNotUseLooksLikeOneThatDoesNotExist() throws Exception {
        try (TencentFixture tencent = new TencentFixture()) {
            tencent.configure();
            Folder team = jenkins.createProject(Folder.class, "team");
            FolderCredentialsProperty property = new FolderCredentialsProperty(new DomainCredentials[0]);
            team.addProperty(property);
            CredentialsStore store = property.getStore();
            store.addCredentials(Domain.global(), TencentFixture.key("team-key", FakeTencentCloud.SECRET_KEY));
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new CloudAccessKeyImpl(
                            CredentialsScope.SYSTEM,
                            "system-key",
                            "",
                            FakeTencentCloud.SECRET_ID,
                            Secret.fromString(FakeTencentCloud.SECRET_KEY)));
            Map<String, String> fields = fields(tencent);
            fields.put("credentialsId", "unknown");
            String unknown = press("tencentCloud", fields);
            for (String id : List.of("team-key", "system-key")) {
                fields.put("credentialsId", id);
                assertEquals(unknown.replace("unknown", id), press("tencentCloud", fields));
            }
            assertEquals(List.of(), tencent.server.calls());

            FreeStyleProject inside = team.createProject(FreeStyleProject.class, "inside");
            fields.put("credentialsId", "team-key");
            assertContains(
                    "The key works",
                    press(null, HttpMethod.POST, inside.getUrl(), "tencentCloud", fields)
                            .getContentAsString());
        }
    }

    @Test
    void onlyWhoMayConfigureTheJobAndUseItsKeysIsAnswered() throws Exception {
        try (TencentFixture tencent = new TencentFixture()) {
            tencent.configure();
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin")
                    .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                    .everywhere()
                    .to("developer")
                    .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ, CredentialsProvider.USE_ITEM)
                    .everywhere()
                    .to("user"));
            Map<String, String> fields = fields(tencent);

            assertEquals(
                    403,
                    press("user", HttpMethod.POST, job.getUrl(), "tencentCloud", fields)
                            .getStatusCode());
            assertEquals(
                    403,
                    press("developer", HttpMethod.POST, "", "tencentCloud", fields)
                            .getStatusCode());
            int get = press("admin", HttpMethod.GET, job.getUrl(), "tencentCloud", fields)
                    .getStatusCode();
            assertTrue(get == 404 || get == 405, "GET is answered with " + get);
            assertEquals(List.of(), tencent.server.calls());

            assertContains(
                    "The key works",
                    press("developer", HttpMethod.POST, job.getUrl(), "tencentCloud", fields)
                            .getContentAsString());
            assertContains(
                    "The key works",
                    press("admin", HttpMethod.POST, "", "tencentCloud", fields).getContentAsString());
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedForLong() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CloudImageConfiguration.get()
                    .setEndpoints(List.of(new CustomEndpoint(
                            "silent",
                            "tencentCloud",
                            URI.create("http://127.0.0.1:" + silent.getLocalPort())
                                    .toString())));
            SystemCredentialsProvider.getInstance().getCredentials().add(TencentFixture.key("tencent", "secret"));
            TencentCloudSettings settings = new TencentCloudSettings("ap-guangzhou");
            settings.setEndpoint("silent");

            FormValidation answer = new ConnectionProbe(Duration.ofSeconds(1)).run(settings, job, "tencent");

            assertEquals(FormValidation.Kind.ERROR, answer.kind);
            assertContains("No response within 1 seconds", answer.getMessage());
        }
    }

    @Test
    void theSampleOfAConnectionIsARequest() {
        for (CloudSettingsDescriptor cloud : CloudSettingsDescriptor.all()) {
            ImageRequest request = cloud.connecting(Map.of("region", "cn-north-1", "endpoint", "own")::get)
                    .request("", null);
            assertEquals(cloud.provider().requestType(), request.getClass());
        }
    }
}
