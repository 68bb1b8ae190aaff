package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.http.CallScope;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import java.time.Duration;
import java.util.List;

/**
 * A search for the newest image that matches a query. It only reads, so nothing of it is saved: after a restart, it
 * begins again. It uses the lanes of the creations, and with them the rate limits of its account. Failures that can
 * pass are retried until its time is up.
 */
public final class ImageSearch {
    /** How long a search lasts at most. */
    public static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final Lanes.Limit ONE = new Lanes.Limit(1, 0);

    private final Clouds clouds;
    private final Mailbox mailbox;
    private final Lanes lanes;
    private final Backoff backoff;
    private final Request request;
    private final Listener listener;
    private final CallScope scope = new CallScope();
    private Lanes.Job job;
    private CloudError lastError;
    private int failures;
    private int charged;
    private boolean ended;

    /**
     * What to look for, and where.
     *
     * @param credentialsId one key of this name is looked up at a time
     * @param query uses only criteria that the cloud has
     */
    public record Request(String credentialsId, ImageQuery query, Connector connector) {}

    /** Finds the endpoint and the key of a search. */
    @FunctionalInterface
    public interface Connector {
        /**
         * Looks up the endpoint and the key, anew for each attempt. May block.
         *
         * @throws CloudException if the endpoint or the key does not exist
         */
        CloudConnection connect() throws CloudException;
    }

    /** Receives the progress of a search. The calls come one at a time, and may block. */
    public interface Listener {
        /** An attempt has failed; the next one follows after the pause. */
        void retried(CloudError error, Duration pause);

        /** The cloud has listed its images. It is the last call unless the search is cancelled. */
        void found(@CheckForNull CloudImage newest);

        /** The search has failed for good. It is the last call unless the search is cancelled. */
        void failed(CloudError error);
    }

    ImageSearch(Clouds clouds, Mailbox mailbox, Lanes lanes, Backoff backoff, Request request, Listener listener) {
        this.clouds = clouds;
        this.mailbox = mailbox;
        this.lanes = lanes;
        this.backoff = backoff;
        this.request = request;
        this.listener = listener;
    }

    void begin() {
        mailbox.postSurely(this::attempt, TIMEOUT);
        mailbox.post(this::expire, TIMEOUT);
    }

    /** Ends the search without a word. Returns at once. */
    public void cancel() {
        scope.cancel();
        mailbox.post(this::end);
    }

    private void attempt() {
        if (!ended) {
            job = lanes.submit(
                    List.of("key", request.credentialsId()), ONE, request.connector()::connect, this::connected);
        }
    }

    private void connected(@CheckForNull CloudConnection connection, @CheckForNull Throwable failure) {
        if (ended) {
            return;
        }
        if (connection == null) {
            failed(Failures.error(failure, SideEffect.NONE));
            return;
        }
        List<Object> lane = Calling.reads(connection);
        job = lanes.submit(
                lane,
                Calling.limitOfReads(clouds.provider(connection.cloud()).capabilities()),
                () -> {
                    Cloud cloud = clouds.connect(connection);
                    return scope.run(() -> cloud.find(request.query()));
                },
                (images, thrown) -> answered(lane, images, thrown));
    }

    private void answered(List<Object> lane, @CheckForNull List<CloudImage> images, @CheckForNull Throwable failure) {
        lanes.charge(lane, scope.calls() - charged - 1);
        charged = scope.calls();
        if (ended) {
            return;
        }
        if (images == null) {
            failed(Failures.error(failure, SideEffect.NONE));
            return;
        }
        end();
        CloudImage newest = ImageQuery.newest(images).orElse(null);
        tell(() -> listener.found(newest));
    }

    private void failed(CloudError error) {
        if (!error.kind().isRetryable()) {
            end();
            tell(() -> listener.failed(error));
            return;
        }
        failures++;
        lastError = error;
        Duration pause = backoff.after(failures, error);
        tell(() -> listener.retried(error, pause));
        mailbox.post(this::attempt, pause);
    }

    private void expire() {
        if (ended) {
            return;
        }
        scope.cancel();
        end();
        String minutes = Messages.ImageSearch_timedOut(TIMEOUT.toMinutes());
        CloudError error = lastError == null
                ? CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE)
                        .message(minutes)
                        .advice(Messages.Controller_log())
                : lastError.message(minutes + ": " + lastError.message());
        tell(() -> listener.failed(error));
    }

    private void end() {
        ended = true;
        if (job != null) {
            job.cancel();
        }
    }

    /** The listener may block, so it has a lane of its own. */
    private void tell(Runnable news) {
        lanes.submit(
                this,
                ONE,
                () -> {
                    news.run();
                    return null;
                },
                (nothing, failure) -> {});
    }
}
