package io.jenkins.plugins.cloudimage.run;

import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** The images that a job has made, by the records of its builds. Only the cloud knows which of them still exist. */
final class JobImages {
    /** How many builds are looked at. Each one that is not in memory is a file to read. */
    static final int BUILDS = 1000;

    private JobImages() {}

    /**
     * Finds a job as the step {@code build} does.
     *
     * @param name absolute with a leading slash, or relative to the job of the build
     * @param builder as whom the build runs
     * @throws CloudException of kind {@link ErrorKind#NOT_FOUND} if there is no such job, or the build may not see it
     */
    static Job<?, ?> find(Run<?, ?> run, String name, Authentication builder) throws CloudException {
        try (ACLContext as = ACL.as2(builder)) {
            Job<?, ?> job = Jenkins.get().getItem(name, run.getParent(), Job.class);
            if (job != null) {
                return job;
            }
        } catch (AccessDeniedException e) {
            // The answer must not tell that there is one.
        }
        throw CloudError.of(ErrorKind.NOT_FOUND, SideEffect.NONE)
                .message(Messages.JobImages_noJob(name))
                .advice(Messages.JobImages_checkJob())
                .exception();
    }

    /**
     * The ready images that the job's last builds made themselves.
     *
     * @param cloud the cloud's id
     * @return their ids, in any region and account
     */
    static Set<String> of(Job<?, ?> job, String cloud) {
        return job.getBuilds().limit(BUILDS).stream()
                .map(run -> run.getAction(CloudImageAction.class))
                .filter(action -> action != null)
                .flatMap(action -> action.getImages().stream())
                .filter(image -> image.isReady() && image.getCloud().equals(cloud))
                .filter(image -> !image.isReused() && !image.isInherited() && !image.isDeleted())
                .map(ImageEntry::getId)
                .collect(Collectors.toSet());
    }
}
