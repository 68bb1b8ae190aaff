package io.jenkins.plugins.cloudimage.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.UserCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.XStream2;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.cloudimage.core.InstanceRole;
import io.jenkins.plugins.cloudimage.core.KeySource;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.access.AccessDeniedException;

/** The credential of the controller's own role: its form, as code, and who may save it. */
@WithJenkins
class InstanceRoleTest {
    private static final int PATIENCE = 20_000;
    private static final String XML = """
            <io.jenkins.plugins.cloudimage.credentials.InstanceRoleImpl>
              <scope>GLOBAL</scope>
              <id>stolen</id>
              <description></description>
              <cloud>tencent</cloud>
            </io.jenkins.plugins.cloudimage.credentials.InstanceRoleImpl>
            """;

    private JenkinsRule jenkins;

    @TempDir
    private Path folder;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private static InstanceRoleImpl stored() {
        return (InstanceRoleImpl)
                SystemCredentialsProvider.getInstance().getCredentials().get(0);
    }

    private static void assertHoldsAll(InstanceRoleImpl role) {
        assertEquals("controller", role.getId());
        assertEquals("production", role.getDescription());
        assertEquals("alibaba", role.getCloud());
        assertEquals("image-builder", role.getRoleName());
        assertTrue(role.isNormalMode());
        assertEquals(
                new KeySource.OfInstance(new InstanceRole(InstanceRole.Platform.ALIBABA, "image-builder", true)),
                role.source());
    }

    private void load(String code) throws Exception {
        ConfigurationAsCode.get()
                .configure(
                        Files.writeString(folder.resolve("jenkins.yaml"), code).toString());
    }

    @Test
    void codeFormAndFileSayTheSame() throws Exception {
        load("""
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - instanceRole:
                              scope: GLOBAL
                              id: controller
                              description: production
                              cloud: alibaba
                              roleName: " image-builder "
                              normalMode: true
                """);
        assertHoldsAll(stored());
        assertEquals("image-builder (production)", CredentialsNameProvider.name(stored()));

        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo("manage/credentials/store/system/domain/_/credential/controller/");
            page.<HtmlElement>querySelector("[data-url='updateDialog']").click();
            browser.waitForBackgroundJavaScript(PATIENCE);
            HtmlForm form = page.getFormByName("updateCredentials");
            jenkins.submit(form);
        }
        assertHoldsAll(stored());
        assertHoldsAllOf(new SystemCredentialsProvider());

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        String exported = out.toString(StandardCharsets.UTF_8);
        assertTrue(exported.contains("- instanceRole:"), exported);
        assertTrue(exported.contains("normalMode: true"), exported);
    }

    private static void assertHoldsAllOf(SystemCredentialsProvider read) {
        InstanceRoleImpl role = (InstanceRoleImpl) read.getCredentials().get(0);
        assertEquals("image-builder", role.getRoleName());
        assertTrue(role.isNormalMode());
    }

    @Test
    void onlyAdministratorsSaveOneAndOnlyInJenkinsOwnStore() throws Exception {
        // A crumb cannot be added to a body of XML.
        jenkins.jenkins.setCrumbIssuer(null);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, CredentialsProvider.CREATE, CredentialsProvider.UPDATE, CredentialsProvider.VIEW)
                .everywhere()
                .to("keeper"));
        String store = "credentials/store/system/domain/_/createCredentials";
        String json = "{\"\":\"0\",\"credentials\":{\"scope\":\"GLOBAL\",\"id\":\"stolen\",\"cloud\":\"tencent\","
                + "\"$class\":\"io.jenkins.plugins.cloudimage.credentials.InstanceRoleImpl\"}}";

        for (boolean xml : List.of(true, false)) {
            assertTrue(send("keeper", store, xml ? XML : json, xml) >= 400, "xml: " + xml);
            assertEquals(List.of(), SystemCredentialsProvider.getInstance().getCredentials());
            assertTrue(send("admin", store, xml ? XML : json, xml) < 400, "xml: " + xml);
            assertEquals("stolen", stored().getId());
            SystemCredentialsProvider.getInstance().getCredentials().clear();
        }
        try (ACLContext as = ACL.as2(User.getById("keeper", true).impersonate2())) {
            String refusal = assertThrows(
                            AccessDeniedException.class,
                            () -> new InstanceRoleImpl(CredentialsScope.GLOBAL, "x", "", "tencent"))
                    .getMessage();
            assertTrue(refusal.contains("Overall/Administer"), refusal);
            assertThrows(RuntimeException.class, () -> new XStream2().fromXML(XML));
        }

        InstanceRoleImpl.DescriptorImpl form = ExtensionList.lookupSingleton(InstanceRoleImpl.DescriptorImpl.class);
        assertTrue(form.isApplicable(ExtensionList.lookupSingleton(SystemCredentialsProvider.ProviderImpl.class)));
        assertFalse(form.isApplicable(ExtensionList.lookupSingleton(FolderCredentialsProvider.class)));
        assertFalse(form.isApplicable(ExtensionList.lookupSingleton(UserCredentialsProvider.class)));
        assertEquals(2, form.doFillCloudItems().size());
        assertEquals(FormValidation.Kind.OK, form.doCheckRoleName("").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckRoleName("../user-data").kind);
    }

    private int send(String user, String path, String body, boolean xml) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().login(user)) {
            browser.setThrowExceptionOnFailingStatusCode(false);
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), HttpMethod.POST);
            if (xml) {
                request.setAdditionalHeader("Content-Type", "application/xml");
                request.setRequestBody(body);
            } else {
                request.setRequestParameters(List.of(new NameValuePair("json", body)));
            }
            WebResponse response = browser.getPage(request).getWebResponse();
            return response.getStatusCode();
        }
    }
}
