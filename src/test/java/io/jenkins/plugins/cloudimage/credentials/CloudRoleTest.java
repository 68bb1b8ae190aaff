package io.jenkins.plugins.cloudimage.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The credential of a role: its form, its file and as code. */
@WithJenkins
class CloudRoleTest {
    private static final String SECRET = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
    private static final String ROLE = "acs:ram::100000000000001:role/image-builder";
    private static final String POLICY = "{\"Version\":\"1\",\"Statement\":[]}";
    private static final int PATIENCE = 20_000;

    private JenkinsRule jenkins;

    @TempDir
    private Path folder;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private static CloudRoleImpl role(String description) {
        CloudRoleImpl role = new CloudRoleImpl(
                CredentialsScope.GLOBAL, "builder", description, " LTAI-1 ", Secret.fromString(SECRET), ROLE);
        role.setExternalId("jenkins-1");
        role.setPolicy(POLICY);
        role.setDurationSeconds(1800);
        return role;
    }

    private static void store(CloudRoleImpl role) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        SystemCredentialsProvider.getInstance().getCredentials().add(role);
        SystemCredentialsProvider.getInstance().save();
    }

    private static CloudRoleImpl stored() {
        return (CloudRoleImpl)
                SystemCredentialsProvider.getInstance().getCredentials().get(0);
    }

    private static void assertHoldsAll(CloudRoleImpl role) {
        assertEquals("builder", role.getId());
        assertEquals("production", role.getDescription());
        assertEquals("LTAI-1", role.getAccessKeyId());
        assertEquals(SECRET, role.getSecretKey().getPlainText());
        assertEquals(ROLE, role.getRoleName());
        assertEquals("jenkins-1", role.getExternalId());
        assertEquals(POLICY, role.getPolicy());
        assertEquals(1800, role.getDurationSeconds());
        assertEquals("jenkins-builder", role.role(null).session());
    }

    @Test
    void everyFieldSurvivesTheFormWhichShowsNoSecret() throws Exception {
        store(role("production"));
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo("manage/credentials/store/system/domain/_/credential/builder/");
            page.<HtmlElement>querySelector("[data-url='updateDialog']").click();
            browser.waitForBackgroundJavaScript(PATIENCE);
            HtmlForm form = page.getFormByName("updateCredentials");
            String html = form.asXml();
            assertTrue(html.contains(ROLE), html);
            assertFalse(html.contains(SECRET), "the form shows the secret");

            jenkins.submit(form);
        }
        assertHoldsAll(stored());
    }

    @Test
    void theFileHoldsTheSecretEncrypted() throws Exception {
        store(role("production"));

        String file = Files.readString(jenkins.jenkins.getRootDir().toPath().resolve("credentials.xml"));

        assertTrue(file.contains(ROLE), file);
        assertFalse(file.contains(SECRET), file);
        assertHoldsAll(
                (CloudRoleImpl) new SystemCredentialsProvider().getCredentials().get(0));
    }

    @Test
    void codeAndItsExportSayTheSame() throws Exception {
        load("""
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - cloudRole:
                              scope: GLOBAL
                              id: builder
                              description: production
                              accessKeyId: LTAI-1
                              secretKey: %s
                              roleName: %s
                              externalId: jenkins-1
                              policy: '%s'
                              durationSeconds: 1800
                """.formatted(SECRET, ROLE, POLICY));
        assertHoldsAll(stored());

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        String exported = out.toString(StandardCharsets.UTF_8);
        assertFalse(exported.contains(SECRET), "the export shows the secret");
        int start = exported.indexOf("credentials:\n");
        String own = exported.substring(start)
                .lines()
                .skip(1)
                .takeWhile(line -> line.startsWith(" "))
                .reduce("credentials:\n", (text, line) -> text + line + "\n");
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        load(own);

        assertHoldsAll(stored());
    }

    private void load(String code) throws Exception {
        ConfigurationAsCode.get()
                .configure(
                        Files.writeString(folder.resolve("jenkins.yaml"), code).toString());
    }

    @Test
    void whatIsEmptyHasADefault() {
        CloudRoleImpl role =
                new CloudRoleImpl(CredentialsScope.GLOBAL, null, null, "LTAI-1", Secret.fromString(SECRET), ROLE);
        role.setExternalId(" ");
        role.setPolicy("");
        role.setDurationSeconds(0);

        assertNull(role.getExternalId());
        assertNull(role.getPolicy());
        assertEquals(3600, role.getDurationSeconds());
        assertTrue(role.role(null).session().length() <= 32);
    }

    @Test
    void listsCallItByTheRole() {
        assertEquals(ROLE + " (production)", CredentialsNameProvider.name(role("production")));
        assertEquals(ROLE, CredentialsNameProvider.name(role("")));
    }

    @Test
    void checksNameTheRule() {
        CloudRoleImpl.DescriptorImpl form = Jenkins.get().getDescriptorByType(CloudRoleImpl.DescriptorImpl.class);
        assertRule(form::doCheckAccessKeyId, "access key id", List.of("LTAI-1"), List.of("", "a\tb"));
        assertRule(form::doCheckSecretKey, "secret key", List.of(SECRET), List.of("", "a\u200bb"));
        assertRule(form::doCheckRoleName, "ARN", List.of(ROLE, " " + ROLE), List.of("", "a role"));
        for (String role : List.of(ROLE, "not a role", "")) {
            assertRule(
                    id -> form.doCheckExternalId(id, role),
                    "external id",
                    List.of("", "jenkins-1"),
                    List.of("x", "a b"));
            assertRule(
                    policy -> form.doCheckPolicy(policy, role),
                    "session policy",
                    List.of("", POLICY),
                    List.of("allow", "[]"));
            assertRule(
                    seconds -> form.doCheckDurationSeconds(seconds, role),
                    "",
                    List.of("", "900", "43200"),
                    List.of("899", "43201", "1h"));
        }
    }

    @Test
    void checksNameTheRuleOfTheRolesCloud() {
        CloudRoleImpl.DescriptorImpl form = Jenkins.get().getDescriptorByType(CloudRoleImpl.DescriptorImpl.class);
        String jd = "jrn:iam::100000000001:role/image-builder";
        String policy = "{\"Version\":\"3\",\"Statement\":\"%s\"}";
        assertRule(form::doCheckRoleName, "ARN", List.of(jd), List.of());
        assertRule(id -> form.doCheckExternalId(id, jd), "exact user", List.of(""), List.of("jenkins-1"));
        assertRule(seconds -> form.doCheckDurationSeconds(seconds, jd), "3600", List.of("", "3600"), List.of("1800"));
        assertRule(
                text -> form.doCheckPolicy(text, jd),
                "2048 bytes",
                List.of("", policy.formatted("vm")),
                List.of(policy.formatted("镜".repeat(800))));
        String tencent = "qcs::cam::uin/100000000001:roleName/image-builder";
        assertRule(id -> form.doCheckExternalId(id, tencent), "128", List.of("id"), List.of("i".repeat(129)));
    }

    private static void assertRule(
            Function<String, FormValidation> check, String rule, List<String> right, List<String> wrong) {
        right.forEach(value -> assertEquals(FormValidation.Kind.OK, check.apply(value).kind, value));
        wrong.forEach(value -> {
            assertEquals(FormValidation.Kind.ERROR, check.apply(value).kind, value);
            assertTrue(
                    check.apply(value).getMessage().contains(rule),
                    check.apply(value).getMessage());
        });
    }
}
