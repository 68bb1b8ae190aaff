package io.jenkins.plugins.cloudimage.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Where credentials are looked up, with whose permissions.
 *
 * @param name what people call the place
 * @param holder tells the place apart from all others, in all of Jenkins' life
 */
record LookupPlace(String name, String holder, Finder finder) {

    /** Finds a credential of any kind. */
    @FunctionalInterface
    private interface Finder {
        @CheckForNull
        StandardCredentials find(String credentialsId, CredentialsMatcher kinds, List<DomainRequirement> requirements);
    }

    /** A build: its folders, with its permissions. Build numbers begin again in a job that is created again. */
    static LookupPlace of(Run<?, ?> run) {
        return new LookupPlace(
                run.getParent().getFullDisplayName(),
                "build " + run.getExternalizableId() + " of " + run.getStartTimeInMillis(),
                (id, kinds, requirements) -> {
                    try {
                        return CredentialsProvider.findCredentialById(id, StandardCredentials.class, run, requirements);
                    } catch (UsernameNotFoundException e) {
                        // Whoever chose the parameter's value is no user any more.
                        return null;
                    }
                });
    }

    /**
     * A job without a build, with the permissions of its builds.
     *
     * @param item the job, or null for what all of Jenkins may use
     */
    static LookupPlace of(@CheckForNull Item item) {
        return new LookupPlace(
                item == null ? Jenkins.get().getDisplayName() : item.getFullDisplayName(),
                item == null ? "jenkins" : "job " + item.getFullName(),
                (id, kinds, requirements) -> authentications(item).stream()
                        .map(authentication -> CredentialsProvider.findCredentialByIdInItem(
                                id, StandardCredentials.class, item, authentication, requirements))
                        .filter(found -> found != null && kinds.matches(found))
                        .findFirst()
                        .orElse(null));
    }

    /**
     * What a folder, or all of Jenkins, shares with its jobs. Credentials of users and of the system itself are not
     * shared.
     *
     * @param folder the folder, or null for all of Jenkins
     */
    static LookupPlace sharedBy(@CheckForNull Item folder) {
        return new LookupPlace(
                folder == null ? Jenkins.get().getDisplayName() : folder.getFullDisplayName(),
                folder == null ? "shared" : "folder " + folder.getFullName(),
                (id, kinds, requirements) -> {
                    StandardCredentials found = CredentialsProvider.findCredentialByIdInItem(
                            id, StandardCredentials.class, folder, ACL.SYSTEM2, requirements);
                    return found != null
                                    && found.getScope() != CredentialsScope.SYSTEM
                                    && found.getScope() != CredentialsScope.USER
                            ? found
                            : null;
                });
    }

    /**
     * Finds a credential.
     *
     * @param credentialsId its id, or {@code ${NAME}} for the one that a build's parameter names
     * @param requirements what its domain must fit
     * @return the credential, or null if there is none of these kinds
     */
    @CheckForNull
    StandardCredentials find(String credentialsId, CredentialsMatcher kinds, List<DomainRequirement> requirements) {
        StandardCredentials found = finder.find(credentialsId, kinds, requirements);
        return found != null && kinds.matches(found) ? found : null;
    }

    /**
     * As whom the builds of a job look for credentials: as the user that the job runs as, and, where that user may use the
     * job's credentials, as the system. The Credentials plugin does the same for a build.
     */
    static List<Authentication> authentications(@CheckForNull Item item) {
        if (!(item instanceof Queue.Task task)) {
            return List.of(ACL.SYSTEM2);
        }
        Authentication user = Tasks.getAuthenticationOf2(task);
        if (user.equals(ACL.SYSTEM2)) {
            return List.of(user);
        }
        return item.getACL().hasPermission2(user, CredentialsProvider.USE_ITEM)
                ? List.of(user, ACL.SYSTEM2)
                : List.of(user);
    }
}
