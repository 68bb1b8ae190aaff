package io.jenkins.plugins.cloudimage.run;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.net.URI;

/** Finds keys as the build may: in its folders and with its permissions. Nothing is kept. */
final class AccessKeys {
    private AccessKeys() {}

    /** Finds the credential and records that the build used it. */
    static void track(Run<?, ?> run, String credentialsId, URI endpoint) throws CloudException {
        CredentialsProvider.track(run, credential(run, credentialsId, endpoint));
    }

    static AccessKey find(Run<?, ?> run, String credentialsId, URI endpoint) throws CloudException {
        StandardUsernamePasswordCredentials credential = credential(run, credentialsId, endpoint);
        try {
            return new AccessKey(
                    credential.getUsername(), credential.getPassword().getPlainText(), null);
        } catch (IllegalArgumentException e) {
            throw CloudError.of(ErrorKind.AUTHENTICATION, Acted.NO)
                    .message(Messages.AccessKeys_unusable(credentialsId, e.getMessage()))
                    .advice(Messages.AccessKeys_correctCredential())
                    .exception();
        }
    }

    private static StandardUsernamePasswordCredentials credential(Run<?, ?> run, String credentialsId, URI endpoint)
            throws CloudException {
        StandardUsernamePasswordCredentials credential = CredentialsProvider.findCredentialById(
                credentialsId,
                StandardUsernamePasswordCredentials.class,
                run,
                URIRequirementBuilder.fromUri(endpoint.toString()).build());
        if (credential == null) {
            throw CloudError.of(ErrorKind.AUTHENTICATION, Acted.NO)
                    .message(Messages.AccessKeys_notFound(
                            credentialsId, run.getParent().getFullDisplayName()))
                    .advice(Messages.AccessKeys_addCredential())
                    .exception();
        }
        return credential;
    }
}
