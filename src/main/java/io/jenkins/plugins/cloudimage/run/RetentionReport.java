package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.OneLine;
import io.jenkins.plugins.cloudimage.core.creation.BuildReference;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.PlannedCopy;
import io.jenkins.plugins.cloudimage.core.creation.Predecessors;
import io.jenkins.plugins.cloudimage.core.retention.MadeImage;
import io.jenkins.plugins.cloudimage.core.retention.Verdict;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/** What retention asks of builds, and what it tells their logs. */
final class RetentionReport implements Predecessors.Builds {
    private static final Logger LOGGER = Logger.getLogger(RetentionReport.class.getName());
    /** The maximum number of images in a log. */
    private static final int MOST = 100;

    /** The logs of the steps of this process, by the keys of their creation and of its copies. */
    private final Map<String, TaskListener> logs = new ConcurrentHashMap<>();

    void open(Creation creation, TaskListener log) {
        if (creation.options().retention() != null) {
            keys(creation).forEach(key -> logs.put(key, log));
        }
    }

    void close(Creation creation) {
        keys(creation).forEach(logs::remove);
    }

    private static Stream<String> keys(Creation creation) {
        Stream<String> copies = creation.plan().copies().copies().stream().map(PlannedCopy::key);
        return Stream.concat(Stream.of(creation.key()), copies);
    }

    /** A build whose folder is there although it cannot be loaded may be kept. */
    @Override
    public boolean isKept(String build) {
        Job<?, ?> job = Jenkins.get().getItemByFullName(BuildReference.jobOf(build), Job.class);
        if (job == null) {
            return true;
        }
        int number = BuildReference.numberOf(build);
        Run<?, ?> run = job.getBuildByNumber(number);
        return run == null ? new File(job.getBuildDir(), String.valueOf(number)).exists() : run.isKeepLog();
    }

    @Override
    public void retires(String key) {
        CreationService.get().cleanUp(key);
    }

    @Override
    public void judged(Creation creation, List<Verdict> verdicts) {
        TaskListener log = log(creation);
        if (log == null || verdicts.isEmpty()) {
            return;
        }
        boolean dryRun = creation.options().retention().dryRun();
        List<Verdict> told = verdicts.stream()
                .filter(verdict -> dryRun || isWorthALine(verdict.reason()))
                .limit(MOST)
                .toList();
        String region = creation.isCopy() ? creation.request().region() : null;
        print(log, creation, summary(verdicts, region, dryRun));
        told.forEach(verdict -> print(log, creation, text(verdict, region, dryRun)));
    }

    /**
     * @param region the region of the copies, or null if no copies were judged
     */
    private static String summary(List<Verdict> verdicts, @CheckForNull String region, boolean dryRun) {
        String series = verdicts.get(0).image().group().text();
        int all = verdicts.size();
        long retired = verdicts.stream().filter(Verdict::retires).count();
        if (region == null) {
            return dryRun
                    ? Messages.RetentionReport_wouldRetire(all, series, retired)
                    : Messages.RetentionReport_retires(all, series, retired);
        }
        return dryRun
                ? Messages.RetentionReport_wouldRetireCopies(all, series, retired, region)
                : Messages.RetentionReport_retiresCopies(all, series, retired, region);
    }

    /** The step of a pipeline has ended and closed its log, so the build's own is used as long as it is open. */
    @CheckForNull
    private TaskListener log(Creation creation) {
        TaskListener step = logs.remove(creation.key());
        Run<?, ?> run = Builds.of(creation);
        FlowExecutionOwner owner =
                run instanceof FlowExecutionOwner.Executable pipeline ? pipeline.asFlowExecutionOwner() : null;
        if (owner == null) {
            return step;
        }
        try {
            return run.isBuilding() ? owner.getListener() : null;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot write to the log of " + run);
            return null;
        }
    }

    /** The newest images stay as the user wants, and so do the young ones. */
    private static boolean isWorthALine(Verdict.Reason reason) {
        return switch (reason) {
            case NOT_OLDER, NEWEST, YOUNG -> false;
            case RETIRE, LOOK, UNPROVEN, NOT_READY, KEPT_BUILD, SHARED, USED, NAMED, UNLISTED -> true;
        };
    }

    private static void print(TaskListener log, Creation creation, String text) {
        log.getLogger()
                .println(OneLine.of(Messages.ProgressLog_line(creation.request().imageName(), text)));
    }

    private static String text(Verdict verdict, @CheckForNull String region, boolean dryRun) {
        MadeImage image = verdict.image();
        String name = region == null
                ? Messages.RetentionReport_image(image.id(), image.name(), image.number())
                : Messages.RetentionReport_copy(image.id(), image.name(), image.number(), region);
        return switch (verdict.reason()) {
            case RETIRE -> dryRun ? Messages.RetentionReport_wouldGo(name) : Messages.RetentionReport_goes(name);
            case LOOK -> Messages.RetentionReport_later(name);
            case NOT_OLDER -> Messages.RetentionReport_notOlder(name);
            case UNPROVEN -> Messages.RetentionReport_unproven(name);
            case NOT_READY -> Messages.RetentionReport_notReady(name);
            case NEWEST -> Messages.RetentionReport_newest(name);
            case YOUNG -> Messages.RetentionReport_young(name);
            case KEPT_BUILD -> Messages.RetentionReport_keptBuild(name);
            case SHARED -> Messages.RetentionReport_shared(name);
            case USED -> Messages.RetentionReport_used(name);
            case NAMED -> named(name, verdict.seen().template());
            case UNLISTED ->
                Messages.RetentionReport_unlisted(
                        name, verdict.seen().unlisted().text());
        };
    }

    private static String named(String image, ImageTemplate template) {
        return switch (template.kind()) {
            case LAUNCH_TEMPLATE -> Messages.RetentionReport_launchTemplate(image, template.id());
            case SCALING_CONFIGURATION -> Messages.RetentionReport_scalingConfiguration(image, template.id());
        };
    }
}
