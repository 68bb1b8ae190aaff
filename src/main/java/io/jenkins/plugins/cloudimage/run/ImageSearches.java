package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.config.ChosenEndpoint;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.OneLine;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.creation.ImageSearch;
import io.jenkins.plugins.cloudimage.credentials.AccessKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.core.Authentication;

/** Finds images for builds, and writes what was found to the build. */
public final class ImageSearches {
    private ImageSearches() {}

    /** Waits for the end of a search. One of its methods is called, once, unless the search is cancelled. */
    public interface Listener {
        /** The image is on the build's page, or is null if there is none and the build does not mind. */
        void found(@CheckForNull FoundImage image);

        /** There is none, or it could not be looked for. */
        void failed(Exception why);
    }

    /**
     * Begins a search. It may read many builds of a job, so it is not for the thread of a pipeline.
     *
     * @param builder as whom the build runs
     * @return the search, for an abort
     * @throws CloudImageException if the job is unknown; nothing was sent
     */
    public static ImageSearch begin(
            Run<?, ?> run, SearchPlan plan, Authentication builder, TaskListener log, Listener listener)
            throws CloudImageException {
        try {
            ImageQuery query = plan.job() == null
                    ? plan.query()
                    : plan.query()
                            .among(JobImages.of(
                                    JobImages.find(run, plan.job(), builder),
                                    plan.provider().id()));
            log.getLogger()
                    .println(OneLine.of(Messages.ImageSearches_begin(
                            plan.provider().displayName(), plan.place().region(), plan.text())));
            return CreationService.get()
                    .find(
                            new ImageSearch.Request(plan.credentialsId(), query, new Connector(run, plan)),
                            new Report(run, plan, log, listener));
        } catch (CloudException e) {
            throw new CloudImageException(e.error());
        }
    }

    private static final class Connector implements ImageSearch.Connector {
        private final Run<?, ?> run;
        private final SearchPlan plan;
        private boolean tracked;

        Connector(Run<?, ?> run, SearchPlan plan) {
            this.run = run;
            this.plan = plan;
        }

        @Override
        public synchronized CloudConnection connect() throws CloudException {
            ChosenEndpoint endpoint =
                    ChosenEndpoint.of(plan.provider(), plan.place().region(), plan.endpoint());
            CloudConnection connection =
                    endpoint.connect(plan.place(), AccessKeys.find(run, plan.credentialsId(), endpoint.address()));
            if (!tracked) {
                AccessKeys.track(run, plan.credentialsId(), endpoint.address());
                tracked = true;
            }
            return connection;
        }
    }

    private record Report(Run<?, ?> run, SearchPlan plan, TaskListener log, Listener listener)
            implements ImageSearch.Listener {

        @Override
        public void retried(CloudError error, Duration pause) {
            print(Messages.ImageSearches_retry(Util.getTimeSpanString(pause.toMillis()), error.text()));
        }

        @Override
        public void found(@CheckForNull CloudImage newest) {
            if (newest != null) {
                deliver(newest);
            } else if (plan.failIfNone()) {
                failed(CloudError.of(ErrorKind.NOT_FOUND, SideEffect.NONE)
                        .message(Messages.ImageSearches_none(plan.text()))
                        .advice(Messages.ImageSearches_check()));
            } else {
                print(Messages.ImageSearches_none(plan.text()));
                listener.found(null);
            }
        }

        private void deliver(CloudImage newest) {
            FoundImage image =
                    new FoundImage(newest, plan.provider().id(), plan.place().region(), plan.variable(), Instant.now());
            try {
                Delivery.found(run, image);
            } catch (IOException | RuntimeException e) {
                listener.failed(e);
                return;
            }
            print(Messages.ProgressLog_line(image.getName(), Messages.ImageSearches_found(image.getId())));
            listener.found(image);
        }

        @Override
        public void failed(CloudError error) {
            listener.failed(new CloudImageException(error));
        }

        private void print(String line) {
            log.getLogger().println(OneLine.of(line));
        }
    }
}
