package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.OneLine;
import io.jenkins.plugins.cloudimage.core.creation.BuildReference;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
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
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/** What retention asks of builds, and what it tells their logs. */
final class RetentionReport implements Predecessors.Builds {
    private static final Logger LOGGER = Logger.getLogger(RetentionReport.class.getName());
    /** The maximum number of images in a log. */
    private static final int MOST = 100;

    /** The logs of the steps of this process, by the key of their creation. */
    private final Map<String, TaskListener> logs = new ConcurrentHashMap<>();

    void open(Creation creation, TaskListener log) {
        if (creation.options().retention() != null) {
            logs.put(creation.key(), log);
        }
    }

    void close(Creation creation) {
        logs.remove(creation.key());
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
        String series = verdicts.get(0).image().group().text();
        long retired = verdicts.stream().filter(Verdict::retires).count();
        print(
                log,
                creation,
                dryRun
                        ? Messages.RetentionReport_wouldRetire(verdicts.size(), series, retired)
                        : Messages.RetentionReport_retires(verdicts.size(), series, retired));
        told.forEach(verdict -> print(log, creation, text(verdict, dryRun)));
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

    private static String text(Verdict verdict, boolean dryRun) {
        MadeImage image = verdict.image();
        String name = Messages.RetentionReport_image(image.id(), image.name(), image.number());
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
