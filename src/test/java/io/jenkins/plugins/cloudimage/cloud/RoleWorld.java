package io.jenkins.plugins.cloudimage.cloud;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Descriptor;
import io.jenkins.plugins.cloudimage.CloudFixture;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.CustomEndpoint;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTokenServices;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/** A cloud and its security token service that Jenkins knows. */
final class RoleWorld implements AutoCloseable {
    final CloudFixture<?> cloud;
    final FakeTokenServices.Of service;
    final FakeServer server;

    RoleWorld(String id) throws Exception {
        cloud = new CloudFixture<>(SimulatedCloud.every(Clock.systemUTC()).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow());
        service = FakeTokenServices.of(cloud.cloud);
        server = new FakeServer(service.fake());
        cloud.configure();
        CustomEndpoint endpoint = cloud.endpoint();
        endpoint.setStsUrl(server.endpoint().toString());
        CloudImageConfiguration.get().setEndpoints(List.of(endpoint));
    }

    /** Makes these the only credentials of all of Jenkins. */
    static void store(Credentials... credentials) throws IOException {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials().clear();
        store.getCredentials().addAll(List.of(credentials));
        store.save();
    }

    /** Lets a pipeline make an image. */
    WorkflowJob define(WorkflowJob job) throws Descriptor.FormException {
        job.setDefinition(
                new CpsFlowDefinition("echo \"made ${" + cloud.pipelineStep("imageName: 'web-1'") + "}\"", true));
        return job;
    }

    @Override
    public void close() {
        server.close();
        cloud.close();
    }
}
