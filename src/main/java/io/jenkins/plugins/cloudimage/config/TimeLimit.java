package io.jenkins.plugins.cloudimage.config;

import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.http.CallScope;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/**
 * How long somebody waits for calls that only read.
 *
 * @param duration how long
 */
public record TimeLimit(Duration duration) {

    /**
     * Makes the calls, and cancels them when the time is over.
     *
     * @throws CloudException if a call fails or the time is over
     */
    public <T> T of(CallScope.Work<T> calls) throws CloudException {
        CallScope scope = new CallScope();
        ScheduledFuture<?> end = Timer.get().schedule(scope::cancel, duration.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return scope.run(calls);
        } catch (CloudException e) {
            throw end.isDone() ? late(e) : e;
        } finally {
            end.cancel(false);
        }
    }

    private CloudException late(CloudException given) {
        return given.error()
                .message(Messages.TimeLimit_noAnswer(duration.toSeconds()))
                .exception();
    }
}
