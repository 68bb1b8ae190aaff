package io.jenkins.plugins.cloudimage.run;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.config.ChosenEndpoint;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.credentials.AccessKeys;
import java.net.URI;
import jenkins.model.Jenkins;

/**
 * Finds the endpoint and the key of a creation, each time anew, because both may change while an image is made.
 *
 * @param clouds the clouds with their own endpoints
 */
record Accounts(Clouds clouds) implements CreationEngine.Connector {

    @Override
    public CloudConnection connect(Creation creation) throws CloudException {
        String build = creation.origin().build();
        Run<?, ?> run = Run.fromExternalizableId(build);
        if (run != null) {
            return connect(creation, run);
        }
        Job<?, ?> job = Jenkins.get().getItemByFullName(build.substring(0, build.lastIndexOf('#')), Job.class);
        if (job == null) {
            throw CloudError.of(ErrorKind.INVALID_REQUEST, Acted.NO)
                    .message(Messages.Accounts_noJob(build))
                    .advice(Messages.Accounts_jobDeleted())
                    .exception();
        }
        return connection(
                creation, endpoint -> AccessKeys.find(job, creation.origin().credentialsId(), endpoint));
    }

    CloudConnection connect(Creation creation, Run<?, ?> run) throws CloudException {
        return connection(
                creation, endpoint -> AccessKeys.find(run, creation.origin().credentialsId(), endpoint));
    }

    private interface Keys {
        AccessKey find(URI endpoint) throws CloudException;
    }

    private CloudConnection connection(Creation creation, Keys keys) throws CloudException {
        ImageRequest request = creation.request();
        ChosenEndpoint endpoint = ChosenEndpoint.of(
                clouds.of(request), request.region(), creation.origin().endpoint());
        return endpoint.connect(request, keys.find(endpoint.address()));
    }
}
