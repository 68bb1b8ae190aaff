package io.jenkins.plugins.cloudimage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.cloudimage.cloud.ApsaraStackInstallation;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.CustomEndpoint;
import io.jenkins.plugins.cloudimage.core.TestCertificate;
import io.jenkins.plugins.cloudimage.simulator.FakeApsaraStack;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.time.Clock;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What only a cloud with installations of its own needs. */
@WithJenkins
class ApsaraStackTest {
    private final CloudFixture<FakeApsaraStack> apsara =
            new CloudFixture<>(SimulatedCloud.apsaraStack(Clock.systemUTC()));
    private final String step = apsara.pipelineStep("imageName: 'web-1'");
    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        apsara.configure();
    }

    @AfterEach
    void stop() {
        apsara.close();
    }

    private WorkflowRun run(Result result, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(result, job);
    }

    @Test
    void aJobHasToNameTheInstallation() throws Exception {
        WorkflowRun run = run(Result.FAILURE, step.replace("endpoint: 'simulator', ", ""));

        jenkins.assertLogContains("Alibaba Apsara Stack has no public address", run);
        jenkins.assertLogContains("Set the parameter endpoint to the name of the installation", run);
        assertEquals(List.of(), apsara.server.calls());
    }

    @Test
    void theJobsOrganizationComesBeforeTheInstallations() throws Exception {
        CustomEndpoint endpoint = apsara.endpoint();
        ApsaraStackInstallation.class.cast(endpoint.getProperties().get(0)).setOrganizationId("1");
        CloudImageConfiguration.get().setEndpoints(List.of(endpoint));

        jenkins.assertLogContains("Forbidden.RAM", run(Result.FAILURE, step));
        run(
                Result.SUCCESS,
                step.replace(
                        "endpoint:",
                        "organizationId: '%s', resourceSetId: '104', endpoint:"
                                .formatted(FakeApsaraStack.ORGANIZATION)));
    }

    @Test
    void aPrivateAuthorityIsTrustedWhereTheAdministratorSaysSo() throws Exception {
        TestCertificate certificate = TestCertificate.make("127.0.0.1");
        try (FakeServer secure = new FakeServer(apsara.cloud, 0, certificate.context())) {
            CustomEndpoint endpoint = new CustomEndpoint(
                    "simulator", "apsaraStack", secure.endpoint().toString());
            endpoint.setProperties(apsara.endpoint().getProperties());
            endpoint.setCaCertificate(certificate.pem());
            CloudImageConfiguration.get().setEndpoints(List.of(endpoint));

            run(Result.SUCCESS, step);
        }
    }
}
