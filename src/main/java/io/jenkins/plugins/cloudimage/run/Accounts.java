package io.jenkins.plugins.cloudimage.run;

import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.config.ChosenEndpoint;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.credentials.AccessKeys;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;

/**
 * Finds the endpoint and the key of a creation, each time anew, because both may change during a wait.
 *
 * @param clouds the clouds with their own endpoints
 * @param hash the keyed hash by which the access key id of a creation is known again
 */
record Accounts(Clouds clouds, UnaryOperator<String> hash) implements CreationEngine.Connector {

    @Override
    public CloudConnection connect(Creation creation) throws CloudException {
        Run<?, ?> run = Builds.of(creation);
        if (run != null) {
            return connect(creation, run);
        }
        String credential = creation.build().credentialsId();
        Item job = Builds.jobOf(creation);
        return connection(
                creation,
                job == null
                        ? endpoint -> survivingKey(creation, endpoint)
                        : endpoint -> AccessKeys.find(job, credential, endpoint));
    }

    CloudConnection connect(Creation creation, Run<?, ?> run) throws CloudException {
        return connection(
                creation, endpoint -> AccessKeys.find(run, creation.build().credentialsId(), endpoint));
    }

    /**
     * Finds a credential with the same id in the folders of the deleted job, then globally. It must hold the key that
     * the creation used: otherwise, whoever may add a credential to a folder could have an image of another account
     * deleted.
     */
    private AccessKey survivingKey(Creation creation, URI endpoint) throws CloudException {
        String build = creation.build().build();
        String credential = creation.build().credentialsId();
        for (Item folder : survivors(Builds.jobName(build))) {
            AccessKey key = AccessKeys.shared(folder, credential, endpoint);
            if (key != null && hash.apply(key.id()).equals(creation.account())) {
                return key;
            }
        }
        throw CloudError.of(ErrorKind.AUTHENTICATION, SideEffect.NONE)
                .message(Messages.Accounts_noJob(build, credential))
                .advice(Messages.Accounts_administratorDecides())
                .exception();
    }

    /** The folders of a job that still exist, the nearest first, and null for all of Jenkins. */
    private static List<Item> survivors(String job) {
        List<Item> folders = new ArrayList<>();
        String path = job;
        while (path.contains("/")) {
            path = path.substring(0, path.lastIndexOf('/'));
            Item folder = Jenkins.get().getItemByFullName(path);
            if (folder != null) {
                folders.add(folder);
            }
        }
        folders.add(null);
        return folders;
    }

    private interface Keys {
        AccessKey find(URI endpoint) throws CloudException;
    }

    private CloudConnection connection(Creation creation, Keys keys) throws CloudException {
        ImageRequest request = creation.request();
        ChosenEndpoint endpoint = ChosenEndpoint.of(
                clouds.of(request), request.region(), creation.build().endpoint());
        return endpoint.connect(request, keys.find(endpoint.address()));
    }
}
