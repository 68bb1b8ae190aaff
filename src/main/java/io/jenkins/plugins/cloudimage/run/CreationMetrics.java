package io.jenkins.plugins.cloudimage.run;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.MetricSet;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Ending;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToLongFunction;
import jenkins.metrics.api.MetricProvider;
import jenkins.metrics.api.Metrics;

/**
 * Gauges and timers for the Metrics plugin: {@code cloudImage.waits}, {@code cloudImage.cleanupTasks.open}, {@code
 * cloudImage.cleanupTasks.needsPerson}, {@code cloudImage.calls.<cloud>.<result>} and {@code
 * cloudImage.images.<cloud>.<outcome>}. Reading a gauge reads no disk.
 */
@Extension(optional = true)
public final class CreationMetrics extends MetricProvider implements CreationMeter {
    private static final String PREFIX = "cloudImage";

    @Override
    @NonNull
    public MetricSet getMetricSet() {
        return metrics(
                metric(PREFIX + ".waits", sum(creation -> creation.ended() || creation.isCopy() ? 0 : 1)),
                metric(PREFIX + ".cleanupTasks.open", sum(creation -> tasks(creation, CleanupTask.State.OPEN))),
                metric(
                        PREFIX + ".cleanupTasks.needsPerson",
                        sum(creation -> tasks(creation, CleanupTask.State.NEEDS_PERSON))));
    }

    private static Gauge<Long> sum(ToLongFunction<Creation> number) {
        return () ->
                CreationService.get().creations().stream().mapToLong(number).sum();
    }

    private static long tasks(Creation creation, CleanupTask.State state) {
        return creation.tasks().stream().filter(task -> task.state() == state).count();
    }

    @Override
    public void called(String cloud, @CheckForNull ErrorKind failure, Duration took) {
        String result = failure == null ? "success" : failure.name().toLowerCase(Locale.ROOT);
        measure("calls", cloud, result, took);
    }

    @Override
    public void ended(Creation creation) {
        Ending ending = Objects.requireNonNull(creation.ending());
        Duration took = Duration.between(creation.plan().started(), ending.at());
        measure(
                "images",
                JenkinsClouds.get().of(creation.request()).id(),
                ImageTexts.word(ending.outcome()),
                took.isNegative() ? Duration.ZERO : took);
    }

    private static void measure(String what, String cloud, String result, Duration took) {
        Metrics.metricRegistry()
                .timer(MetricRegistry.name(PREFIX, what, cloud, result))
                .update(took);
    }
}
