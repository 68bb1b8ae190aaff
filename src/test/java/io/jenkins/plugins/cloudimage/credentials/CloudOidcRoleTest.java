package io.jenkins.plugins.cloudimage.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The credential of a role that a token assumes: its form, its file and as code. */
@WithJenkins
class CloudOidcRoleTest {
    private static final String ROLE = "acs:ram::100000000000001:role/image-builder";
    private static final String PROVIDER = "acs:ram::100000000000001:oidc-provider/jenkins";
    private static final String POLICY = "{\"Version\":\"1\",\"Statement\":[]}";
    private static final int PATIENCE = 20_000;

    @TempDir
    private Path folder;

    private static CloudOidcRoleImpl stored() {
        return (CloudOidcRoleImpl)
                SystemCredentialsProvider.getInstance().getCredentials().get(0);
    }

    private static void assertHoldsAll(CloudOidcRoleImpl role) {
        assertEquals("builder", role.getId());
        assertEquals("production", role.getDescription());
        assertEquals(ROLE, role.getRoleName());
        assertEquals(PROVIDER, role.getProvider());
        assertEquals("oidc-token", role.getTokenCredentialsId());
        assertEquals(POLICY, role.getPolicy());
        assertEquals(1800, role.getDurationSeconds());
    }

    @Test
    void everyFieldSurvivesCodeFormAndFile(JenkinsRule jenkins) throws Exception {
        load("""
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - cloudOidcRole:
                              scope: GLOBAL
                              id: builder
                              description: production
                              roleName: %s
                              provider: %s
                              tokenCredentialsId: oidc-token
                              policy: '%s'
                              durationSeconds: 1800
                """.formatted(ROLE, PROVIDER, POLICY));
        assertHoldsAll(stored());

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        String exported = out.toString(StandardCharsets.UTF_8);
        String own = exported.substring(exported.indexOf("credentials:\n"))
                .lines()
                .skip(1)
                .takeWhile(line -> line.startsWith(" "))
                .reduce("credentials:\n", (text, line) -> text + line + "\n");
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        load(own);
        assertHoldsAll(stored());

        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "oidc-token", "the token", Secret.fromString("a.b.c")));
        SystemCredentialsProvider.getInstance().save();
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo("manage/credentials/store/system/domain/_/credential/builder/");
            page.<HtmlElement>querySelector("[data-url='updateDialog']").click();
            browser.waitForBackgroundJavaScript(PATIENCE);
            HtmlForm form = page.getFormByName("updateCredentials");
            assertTrue(form.asXml().contains("the token"), form.asXml());
            jenkins.submit(form);
        }
        assertHoldsAll(stored());
        assertHoldsAll((CloudOidcRoleImpl)
                new SystemCredentialsProvider().getCredentials().get(0));
        assertEquals(ROLE + " (production)", CredentialsNameProvider.name(stored()));
        checksNameTheRule();
    }

    private static void checksNameTheRule() {
        CloudOidcRoleImpl.DescriptorImpl form =
                Jenkins.get().getDescriptorByType(CloudOidcRoleImpl.DescriptorImpl.class);
        assertRule(form::doCheckRoleName, "ARN", List.of(ROLE), List.of("", "a role"));
        assertRule(form::doCheckProvider, "identity provider", List.of(PROVIDER, " jenkins"), List.of("", "a b"));
        assertRule(form::doCheckTokenCredentialsId, "token", List.of("oidc-token"), List.of("", "${TOKEN}"));
        assertRule(policy -> form.doCheckPolicy(policy, ""), "session policy", List.of("", POLICY), List.of("allow"));
        assertRule(seconds -> form.doCheckDurationSeconds(seconds, ""), "", List.of("", "900"), List.of("899"));
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

    private void load(String code) throws Exception {
        ConfigurationAsCode.get()
                .configure(
                        Files.writeString(folder.resolve("jenkins.yaml"), code).toString());
    }
}
