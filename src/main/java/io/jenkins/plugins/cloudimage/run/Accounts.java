package io.jenkins.plugins.cloudimage.run;

import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.config.ChosenEndpoint;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.KeySource;
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
 * @param hash the keyed hash by which the account of a creation is known again
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
                        : endpoint -> AccessKeys.find(job, credential, endpoint.address()));
    }

    @Override
    public void refused(CloudConnection connection) {
        ChosenEndpoint.refused(connection);
    }

    private CloudConnection connect(Creation creation, Run<?, ?> run) throws CloudException {
        return connection(
                creation, endpoint -> AccessKeys.find(run, creation.build().credentialsId(), endpoint.address()));
    }

    /**
     * Checks that a build has an endpoint and a key. Sends nothing.
     *
     * @return where the key is going to be used
     */
    URI check(Creation creation, Run<?, ?> run) throws CloudException {
        ChosenEndpoint endpoint = endpoint(creation);
        endpoint.check(AccessKeys.find(run, creation.build().credentialsId(), endpoint.address()));
        return endpoint.address();
    }

    /**
     * Finds a credential with the same id in the folders of the deleted job, then globally. It must hold the key that
     * the creation used, or a role of its account: otherwise, whoever may add a credential to a folder could have an
     * image of another account deleted.
     */
    private KeySource survivingKey(Creation creation, ChosenEndpoint endpoint) throws CloudException {
        String build = creation.build().build();
        String credential = creation.build().credentialsId();
        for (Item folder : survivors(Builds.jobName(build))) {
            KeySource key = AccessKeys.shared(folder, credential, endpoint.address());
            String account = key == null ? null : endpoint.account(key);
            if (account != null && hash.apply(account).equals(creation.account())) {
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
        KeySource find(ChosenEndpoint endpoint) throws CloudException;
    }

    private CloudConnection connection(Creation creation, Keys keys) throws CloudException {
        ChosenEndpoint endpoint = endpoint(creation);
        return endpoint.connect(creation.request(), keys.find(endpoint));
    }

    private ChosenEndpoint endpoint(Creation creation) throws CloudException {
        ImageRequest request = creation.request();
        return ChosenEndpoint.of(
                clouds.of(request), request.region(), creation.build().endpoint());
    }
}
