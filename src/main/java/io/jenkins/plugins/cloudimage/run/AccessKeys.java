package io.jenkins.plugins.cloudimage.run;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
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
        return key(credential(run, credentialsId, endpoint));
    }

    /** Finds the key as the job may, for what a deleted build has left. */
    static AccessKey find(Job<?, ?> job, String credentialsId, URI endpoint) throws CloudException {
        return key(found(
                CredentialsProvider.findCredentialByIdInItem(
                        credentialsId,
                        StandardUsernamePasswordCredentials.class,
                        job,
                        job instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2,
                        URIRequirementBuilder.fromUri(endpoint.toString()).build()),
                credentialsId,
                job));
    }

    private static AccessKey key(StandardUsernamePasswordCredentials credential) throws CloudException {
        try {
            return new AccessKey(
                    credential.getUsername(), credential.getPassword().getPlainText(), null);
        } catch (IllegalArgumentException e) {
            throw CloudError.of(ErrorKind.AUTHENTICATION, Acted.NO)
                    .message(Messages.AccessKeys_unusable(credential.getId(), e.getMessage()))
                    .advice(Messages.AccessKeys_correctCredential())
                    .exception();
        }
    }

    private static StandardUsernamePasswordCredentials credential(Run<?, ?> run, String credentialsId, URI endpoint)
            throws CloudException {
        return found(
                CredentialsProvider.findCredentialById(
                        credentialsId,
                        StandardUsernamePasswordCredentials.class,
                        run,
                        URIRequirementBuilder.fromUri(endpoint.toString()).build()),
                credentialsId,
                run.getParent());
    }

    private static StandardUsernamePasswordCredentials found(
            @CheckForNull StandardUsernamePasswordCredentials credential, String credentialsId, Job<?, ?> job)
            throws CloudException {
        if (credential == null) {
            throw CloudError.of(ErrorKind.AUTHENTICATION, Acted.NO)
                    .message(Messages.AccessKeys_notFound(credentialsId, job.getFullDisplayName()))
                    .advice(Messages.AccessKeys_addCredential())
                    .exception();
        }
        return credential;
    }
}
