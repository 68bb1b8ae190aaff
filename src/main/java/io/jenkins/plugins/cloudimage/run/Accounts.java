package io.jenkins.plugins.cloudimage.run;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.CustomEndpoint;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.Origin;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
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
            throw refused(Messages.Accounts_noJob(build), Messages.Accounts_jobDeleted());
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
        CloudProvider provider = clouds.of(request);
        Origin origin = creation.origin();
        CustomEndpoint chosen = origin.endpoint() == null ? null : endpoint(origin.endpoint(), provider);
        URI address = chosen == null ? ownEndpoint(provider, request.region()) : chosen.address();
        Map<String, String> settings = new HashMap<>(chosen == null ? Map.of() : chosen.settings());
        settings.putAll(request.connectionSettings());
        return new CloudConnection(
                provider.id(),
                address,
                request.region(),
                keys.find(address),
                settings,
                chosen == null ? null : chosen.getCaCertificate());
    }

    private static URI ownEndpoint(CloudProvider provider, String region) throws CloudException {
        URI address = provider.endpoint(region);
        if (address == null) {
            throw refused(
                    Messages.Accounts_noOwnEndpoint(provider.displayName()),
                    Messages.Accounts_chooseEndpoint(provider.displayName()));
        }
        return address;
    }

    private static CustomEndpoint endpoint(String name, CloudProvider provider) throws CloudException {
        try {
            CustomEndpoint endpoint = CloudImageConfiguration.get()
                    .endpoint(provider.id(), name)
                    .orElseThrow(() -> new IllegalArgumentException(Messages.Accounts_noEndpoint(name)));
            // Its file may have been edited by hand.
            endpoint.check();
            return endpoint;
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage(), Messages.Accounts_configureEndpoint(provider.displayName()));
        }
    }

    private static CloudException refused(String message, String advice) {
        return CloudError.of(ErrorKind.INVALID_REQUEST, Acted.NO)
                .message(message)
                .advice(advice)
                .exception();
    }
}
