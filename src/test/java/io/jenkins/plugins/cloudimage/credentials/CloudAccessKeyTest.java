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
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The credential of our own: its form, its file and as code. */
@WithJenkins
class CloudAccessKeyTest {
    private static final String SECRET = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
    private static final String TOKEN = "the-token";
    private static final int PATIENCE = 20_000;

    private JenkinsRule jenkins;

    @TempDir
    private Path folder;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private static CloudAccessKeyImpl key(String token) {
        CloudAccessKeyImpl key = new CloudAccessKeyImpl(
                CredentialsScope.GLOBAL, "tencent", "production", " AKID-1 ", Secret.fromString(SECRET));
        key.setSessionToken(Secret.fromString(token));
        return key;
    }

    private static void store(CloudAccessKeyImpl key) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(key);
        SystemCredentialsProvider.getInstance().save();
    }

    private static CloudAccessKey stored() {
        return (CloudAccessKey)
                SystemCredentialsProvider.getInstance().getCredentials().get(0);
    }

    private static void assertStored(String token) {
        assertHolds(token, stored());
    }

    private static void assertHolds(String token, CloudAccessKey key) {
        assertEquals("tencent", key.getId());
        assertEquals(CredentialsScope.GLOBAL, key.getScope());
        assertEquals("production", key.getDescription());
        assertEquals("AKID-1", key.getAccessKeyId());
        assertEquals(SECRET, key.getSecretKey().getPlainText());
        assertEquals(token, Secret.toString(key.getSessionToken()));
    }

    private static HtmlForm form(JenkinsRule.WebClient browser) throws Exception {
        HtmlPage page = browser.goTo("manage/credentials/store/system/domain/_/credential/tencent/");
        page.<HtmlElement>querySelector("[data-url='updateDialog']").click();
        browser.waitForBackgroundJavaScript(PATIENCE);
        return page.getFormByName("updateCredentials");
    }

    @Test
    void everyFieldSurvivesTheForm() throws Exception {
        for (String token : new String[] {TOKEN, ""}) {
            SystemCredentialsProvider.getInstance().getCredentials().clear();
            store(key(token));
            try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
                HtmlForm form = form(browser);
                String html = form.asXml();
                assertTrue(html.contains("AKID-1"), html);
                assertFalse(html.contains(SECRET), "the form shows the secret");
                assertFalse(html.contains(TOKEN), "the form shows the token");

                jenkins.submit(form);
            }
            assertStored(token);
        }
    }

    @Test
    void whatIsTypedIntoTheFormIsKept() throws Exception {
        store(key(""));
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlForm form = form(browser);
            form.getInputByName("_.accessKeyId").setValue("AKID-2");
            form.getInputByName("_.sessionToken").setValue("another-token");

            jenkins.submit(form);
        }
        assertEquals("AKID-2", stored().getAccessKeyId());
        assertEquals("another-token", Secret.toString(stored().getSessionToken()));
    }

    @Test
    void theFileHoldsNothingInPlainText() throws Exception {
        store(key(TOKEN));

        String file = Files.readString(jenkins.jenkins.getRootDir().toPath().resolve("credentials.xml"));

        assertTrue(file.contains("AKID-1"), file);
        assertFalse(file.contains(SECRET), file);
        assertFalse(file.contains(TOKEN), file);
        assertHolds(TOKEN, (CloudAccessKey)
                new SystemCredentialsProvider().getCredentials().get(0));
    }

    private void load(String code) throws Exception {
        ConfigurationAsCode.get()
                .configure(
                        Files.writeString(folder.resolve("jenkins.yaml"), code).toString());
    }

    @Test
    void codeAndItsExportSayTheSameAndTheExportIsEncrypted() throws Exception {
        load("""
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - cloudAccessKey:
                              scope: GLOBAL
                              id: tencent
                              description: production
                              accessKeyId: AKID-1
                              secretKey: %s
                              sessionToken: %s
                """.formatted(SECRET, TOKEN));
        assertStored(TOKEN);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        String exported = out.toString(StandardCharsets.UTF_8);
        assertTrue(exported.contains("- cloudAccessKey:"), exported);
        assertFalse(exported.contains(SECRET), "the export shows the secret");
        assertFalse(exported.contains(TOKEN), "the export shows the token");
        int start = exported.indexOf("credentials:\n");
        String own = exported.substring(start)
                .lines()
                .skip(1)
                .takeWhile(line -> line.startsWith(" "))
                .reduce("credentials:\n", (text, line) -> text + line + "\n");
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        load(own);

        assertStored(TOKEN);
    }

    @Test
    void listsCallItByItsPublicHalfAndItsDescription() {
        assertEquals("AKID-1 (production)", CredentialsNameProvider.name(key("")));
        assertEquals(
                "AKID-2",
                CredentialsNameProvider.name(new CloudAccessKeyImpl(
                        CredentialsScope.GLOBAL, "id", "", "AKID-2", Secret.fromString(SECRET))));
    }

    @Test
    void anEmptyTokenIsNone() {
        assertNull(key(" ").getSessionToken());
    }

    @Test
    void checksNameTheRuleAndNeverTheValue() {
        CloudAccessKeyImpl.DescriptorImpl form =
                Jenkins.get().getDescriptorByType(CloudAccessKeyImpl.DescriptorImpl.class);
        assertEquals(FormValidation.Kind.OK, form.doCheckAccessKeyId("AKID-1").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckSecretKey(" " + SECRET + "\n").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckSessionToken("").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckAccessKeyId("").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckSecretKey("").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckSessionToken("a\u00e9b").kind);
        FormValidation refused = form.doCheckSecretKey("half-a\u200bsecret");
        assertEquals(FormValidation.Kind.ERROR, refused.kind);
        assertTrue(refused.getMessage().contains("secret key"), refused.getMessage());
        assertFalse(refused.getMessage().contains("half"), refused.getMessage());
    }

    @Test
    void aStoredSecretIsNotJudged() {
        CloudAccessKeyImpl.DescriptorImpl form =
                Jenkins.get().getDescriptorByType(CloudAccessKeyImpl.DescriptorImpl.class);
        String malformed = Secret.fromString("a b").getEncryptedValue();

        assertEquals(FormValidation.Kind.OK, form.doCheckSecretKey(malformed).kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckSessionToken(malformed).kind);
    }
}
