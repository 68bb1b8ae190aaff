package io.jenkins.plugins.cloudimage.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.util.FormValidation;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.cloudimage.cloud.ApsaraStackInstallation;
import io.jenkins.plugins.cloudimage.core.TestCertificate;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraSettings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What administrators configure, through the form and as code. */
@WithJenkins
class CloudImageConfigurationTest {
    private JenkinsRule jenkins;

    @TempDir
    private Path folder;

    private String pem;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        pem = TestCertificate.make("stack.example.com").pem().strip();
    }

    private String asCode() {
        return """
                unclassified:
                  cloudImage:
                    pollSeconds: 5
                    provenanceTags: false
                    timeoutMinutes: 45
                    endpoints:
                      - name: internal
                        cloud: tencentCloud
                        url: https://cvm.internal.tencentcloudapi.com
                        stsUrl: https://sts.internal.tencentcloudapi.com
                        scalingUrl: https://as.internal.tencentcloudapi.com
                      - name: jd
                        cloud: jdCloud
                        url: http://vm.internal.cn-north-1.jdcloud-api.com
                        stsUrl: https://sts.jdcloud-api.com:8443
                      - name: stack
                        cloud: apsaraStack
                        url: https://ecs-internal.stack.example.com
                        caCertificate: |
                          %s
                        properties:
                          - apsaraStack:
                              gateway: asapi
                              organizationId: "37"
                              resourceSetId: "104"
                              version: "2014-05-26"
                """.formatted(pem.replace("\n", "\n          "));
    }

    private void load(String code) throws Exception {
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), code);
        ConfigurationAsCode.get().configure(file.toString());
    }

    private void assertConfigured() {
        CloudImageConfiguration configuration = CloudImageConfiguration.get();
        assertEquals(5, configuration.getPollSeconds());
        assertFalse(configuration.isProvenanceTags());
        assertEquals(45, configuration.getTimeoutMinutes());
        assertEquals(3, configuration.getEndpoints().size());
        CustomEndpoint internal =
                configuration.endpoint("tencentCloud", "internal").orElseThrow();
        assertEquals("https://cvm.internal.tencentcloudapi.com", internal.getUrl());
        assertEquals("https://sts.internal.tencentcloudapi.com", internal.getStsUrl());
        assertEquals("https://as.internal.tencentcloudapi.com", internal.getScalingUrl());
        assertEquals(
                "https://sts.jdcloud-api.com:8443",
                configuration.endpoint("jdCloud", "jd").orElseThrow().getStsUrl());
        assertNull(internal.getCaCertificate());
        assertEquals(List.of(), internal.getProperties());
        CustomEndpoint stack = configuration.endpoint("apsaraStack", "stack").orElseThrow();
        assertNull(stack.getStsUrl());
        assertEquals(pem, stack.getCaCertificate().replace("\r", ""));
        ApsaraStackInstallation installation =
                (ApsaraStackInstallation) stack.getProperties().get(0);
        assertEquals("asapi", installation.getGateway());
        assertEquals("37", installation.getOrganizationId());
        assertEquals("104", installation.getResourceSetId());
        assertEquals("2014-05-26", installation.getVersion());
    }

    @Test
    void codeAndItsExportSayTheSame() throws Exception {
        load(asCode());
        assertConfigured();

        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        CloudImageConfiguration.get().setEndpoints(List.of());
        String all = exported.toString(StandardCharsets.UTF_8);
        int start = all.indexOf("\n  cloudImage:\n");
        String own = all.substring(start)
                .lines()
                .skip(2)
                .takeWhile(line -> line.startsWith("    "))
                .reduce("unclassified:\n  cloudImage:\n", (text, line) -> text + line + "\n");
        load(own);

        assertConfigured();
    }

    @Test
    void allSurvivesTheFormAndTheFile() throws Exception {
        load(asCode());

        jenkins.configRoundtrip();
        assertConfigured();

        CloudImageConfiguration.get().load();
        assertConfigured();
    }

    @Test
    void anEmptyTimeOutIsTheDefault() throws Exception {
        CloudImageConfiguration configuration = CloudImageConfiguration.get();
        assertEquals(120, configuration.getTimeoutMinutes());
        configuration.setTimeoutMinutes(45);
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlForm form = browser.goTo("configure").getFormByName("config");
            form.getInputByName("_.timeoutMinutes").setValue("");
            jenkins.submit(form);
        }
        assertEquals(120, configuration.getTimeoutMinutes());
        assertEquals(FormValidation.Kind.OK, configuration.doCheckTimeoutMinutes("1").kind);
        assertEquals(FormValidation.Kind.ERROR, configuration.doCheckTimeoutMinutes("0").kind);
    }

    @Test
    void whatTheCleanUpHoldsIsOneClickAway() throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo("configure");

            HtmlPage held = page.getAnchorByHref(jenkins.contextPath + "/manage/cloud-images/")
                    .click();

            assertEquals(200, held.getWebResponse().getStatusCode());
        }
    }

    @Test
    void anEndpointThatCannotWorkIsRefusedAsCode() {
        assertRefusedAsCode("The text contains no certificate", asCode().replace(pem.substring(40, 80), "????"));
        assertRefusedAsCode("The gateway of the Apsara Stack installation is not set", """
                unclassified:
                  cloudImage:
                    endpoints:
                      - name: stack
                        cloud: apsaraStack
                        url: https://stack.example.com
                """);
        assertRefusedAsCode(
                "STS URL must not be \"http://100.100.100.200\"",
                asCode().replace("https://sts.internal.tencentcloudapi.com", "http://100.100.100.200"));
        assertRefusedAsCode(
                "Scaling URL must not be \"http://100.100.100.200\"",
                asCode().replace("https://as.internal.tencentcloudapi.com", "http://100.100.100.200"));
        assertEquals(List.of(), CloudImageConfiguration.get().getEndpoints());
    }

    private void assertRefusedAsCode(String reason, String code) {
        Throwable refused = assertThrows(ConfiguratorException.class, () -> load(code));
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        assertTrue(messages.toString().contains(reason), messages.toString());
    }

    @Test
    void whatCannotWorkIsRefusedInTheFormAndNothingIsLost() throws Exception {
        load(asCode());
        assertRefusedInTheForm("is not valid: The text contains no certificate", form -> {
            List<HtmlTextArea> certificates = form.getTextAreasByName("_.caCertificate");
            certificates.get(certificates.size() - 1).setText("no certificate");
        });
        assertRefusedInTheForm(
                "is not valid: URL must not be",
                form -> form.getInputByValue("https://cvm.internal.tencentcloudapi.com")
                        .setValue("http://METADATA.tencentyun.com"));
        assertConfigured();
    }

    private void assertRefusedInTheForm(String reason, Consumer<HtmlForm> change) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo("configure");
            HtmlForm form = page.getFormByName("config");
            change.accept(form);

            FailingHttpStatusCodeException refused =
                    assertThrows(FailingHttpStatusCodeException.class, () -> jenkins.submit(form));

            String answer = refused.getResponse().getContentAsString();
            assertTrue(answer.contains(reason), answer);
        }
    }

    @Test
    void checksNameTheRule() {
        CustomEndpoint.DescriptorImpl endpoint =
                jenkins.jenkins.getDescriptorByType(CustomEndpoint.DescriptorImpl.class);
        assertEquals(FormValidation.Kind.OK, endpoint.doCheckCaCertificate(pem).kind);
        assertEquals(FormValidation.Kind.OK, endpoint.doCheckCaCertificate("").kind);
        assertEquals(FormValidation.Kind.ERROR, endpoint.doCheckCaCertificate("x").kind);
        FormValidation metadata = endpoint.doCheckUrl("https://[::ffff:100.100.100.200]/");
        assertEquals(FormValidation.Kind.ERROR, metadata.kind);
        assertTrue(metadata.getMessage().contains("metadata service"), metadata.getMessage());
        assertEquals(FormValidation.Kind.ERROR, endpoint.doCheckStsUrl("http://169.254.0.23").kind);
        assertEquals(FormValidation.Kind.OK, endpoint.doCheckStsUrl("https://100.100.45.1").kind);
        assertEquals(FormValidation.Kind.ERROR, endpoint.doCheckScalingUrl("http://169.254.0.23").kind);
        assertEquals(FormValidation.Kind.WARNING, endpoint.doCheckScalingUrl("http://as.example.com").kind);
        assertEquals(FormValidation.Kind.OK, endpoint.doCheckScalingUrl("").kind);
        ApsaraStackInstallation.DescriptorImpl apsara =
                jenkins.jenkins.getDescriptorByType(ApsaraStackInstallation.DescriptorImpl.class);
        assertEquals("", apsara.doFillGatewayItems().get(0).value, "no silent default");
        assertEquals(FormValidation.Kind.ERROR, apsara.doCheckGateway("").kind);
        assertEquals(FormValidation.Kind.OK, apsara.doCheckGateway("pop").kind);
        assertEquals(FormValidation.Kind.WARNING, apsara.doCheckGateway("route").kind);
        assertEquals(FormValidation.Kind.OK, apsara.doCheckResourceSetId("104", "37").kind);
        assertEquals(FormValidation.Kind.ERROR, apsara.doCheckResourceSetId("104", "").kind);
    }

    @Test
    void settingsGoByTheirNames() throws Exception {
        load(asCode());

        ApsaraSettings settings = ApsaraSettings.of(CloudImageConfiguration.get()
                .endpoint("apsaraStack", "stack")
                .orElseThrow()
                .settings());

        assertEquals(new ApsaraSettings(ApsaraSettings.Gateway.ASAPI, "37", "104", "2014-05-26"), settings);
    }
}
