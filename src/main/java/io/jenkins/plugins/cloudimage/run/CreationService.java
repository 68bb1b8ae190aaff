package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.cloudimage.config.ChosenEndpoint;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.creation.Administration;
import io.jenkins.plugins.cloudimage.core.creation.BuildReference;
import io.jenkins.plugins.cloudimage.core.creation.CopyPlan;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.Deletion;
import io.jenkins.plugins.cloudimage.core.creation.ImageSearch;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import io.jenkins.plugins.cloudimage.core.creation.Predecessors;
import io.jenkins.plugins.cloudimage.core.creation.StoredCreation;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.retention.MadeImages;
import io.jenkins.plugins.cloudimage.core.watch.ExecutorScheduler;
import io.jenkins.plugins.cloudimage.core.watch.GrowingPool;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import io.jenkins.plugins.cloudimage.credentials.AccessKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import jenkins.security.HMACConfidentialKey;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.Timer;

/**
 * The controller's only engine, tied to Jenkins: its ledger is below {@code JENKINS_HOME}, it has few threads,
 * which run as the system, and it writes results to the builds. It is created with the first image.
 */
@Extension
public final class CreationService {
    private static final Logger LOGGER = Logger.getLogger(CreationService.class.getName());
    private static final int THREADS = 4;
    /** The maximum, with replacements for threads that hang. */
    private static final int MOST_THREADS = 32;

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Recognizes an access key without storing it; the key cannot be derived from the hash. */
    private static final HMACConfidentialKey ACCOUNTS = new HMACConfidentialKey(CreationService.class, "accounts");

    private final Clock clock = Clock.systemUTC();
    private final GrowingPool threads;
    private final ExecutorService workers;
    private final ExecutorScheduler scheduler;
    private final CloudImageFolder folder = new CloudImageFolder(clock);
    private final RetentionReport retention = new RetentionReport();
    private final BuildReports reports =
            new BuildReports(this::predecessors, retention, clock, key -> engine().remove(key));
    private CreationEngine engine;

    /** Starts no thread yet. */
    public CreationService() {
        threads = new GrowingPool(
                THREADS,
                MOST_THREADS,
                PATIENCE,
                new NamingThreadFactory(new DaemonThreadFactory(), "cloud-image"),
                Timer::get);
        workers = new ImpersonatingExecutorService(threads, ACL.SYSTEM2);
        scheduler = new ExecutorScheduler(Timer.get(), workers);
    }

    /**
     * The service.
     *
     * @return the only one
     */
    public static CreationService get() {
        return ExtensionList.lookupSingleton(CreationService.class);
    }

    /** Stops all calls when Jenkins stops. */
    @Terminator
    public static void stop() {
        get().threads.shutdownNow();
    }

    /** Threads for work that may block on a disk or a cloud. */
    public ExecutorService workers() {
        return workers;
    }

    /**
     * Checks all that can be checked without a call and saves the plan of a creation.
     *
     * @param expand replaces the variables in a text
     * @return the creation, in the ledger
     * @throws CloudImageException if a parameter breaks a rule or the key is missing; nothing was sent
     */
    public Creation plan(
            Run<?, ?> run,
            ImageParameters parameters,
            ImageRequest request,
            @CheckForNull EnvVars environment,
            UnaryOperator<String> expand)
            throws CloudImageException {
        try {
            VariableName.check(parameters.getVariable());
            request.check();
            Options options = parameters.options(request, expand);
            CopyPlan copies = CopyParameters.plan(parameters, request, options, expand);
            Creation creation = Creation.plan(
                    new BuildReference(
                            run.getExternalizableId(),
                            parameters.getCredentialsId(),
                            parameters.getCloud().getEndpoint()),
                    BuildProvenance.addTo(request, run, environment),
                    options,
                    copies,
                    clock.instant(),
                    parameters.timeout());
            return planned(creation, run);
        } catch (CloudException e) {
            throw new CloudImageException(e.error());
        }
    }

    /**
     * Saves the plan of a deletion.
     *
     * @param account the keyed hash of the account that made the image, or null if it is unknown
     */
    Creation planDeletion(
            Run<?, ?> run, BuildReference build, ImageRequest place, Deletion deletion, @CheckForNull String account)
            throws CloudException, CloudImageException {
        Duration timeout = CloudImageConfiguration.get().timeout();
        return planned(Creation.deletion(build, place, deletion, account, clock.instant(), timeout), run);
    }

    private Creation planned(Creation creation, Run<?, ?> run) throws CloudException, CloudImageException {
        URI endpoint = accounts(JenkinsClouds.get()).check(creation, run);
        AccessKeys.track(run, creation.build().credentialsId(), endpoint);
        try {
            folder.ledger().save(creation);
            return creation;
        } catch (UncheckedIOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot plan an image of " + run);
            throw CloudImageException.notSaved(e);
        }
    }

    /**
     * Finds a creation after a restart. If that fails, the build's page shows the error too.
     *
     * @return the record as it is now
     * @throws CloudImageException if there is none, or none that can be understood
     */
    public Creation load(String key, Run<?, ?> run) throws CloudImageException {
        try {
            return find(key);
        } catch (CloudImageException e) {
            try {
                Delivery.lost(run, key, e.getMessage(), clock.instant());
            } catch (IOException | UncheckedIOException unwritten) {
                e.addSuppressed(unwritten);
            }
            throw e;
        }
    }

    private Creation find(String key) throws CloudImageException {
        try {
            return engine().find(key).orElseThrow(() -> CloudImageException.noRecord(key));
        } catch (UncheckedIOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot go on with the image " + key);
            throw CloudImageException.notRead(e);
        }
    }

    /**
     * Runs a creation to its outcome and reports progress to the build's page and log.
     *
     * @param creation a creation in the ledger
     */
    public void run(
            Creation creation,
            Run<?, ?> run,
            ImageParameters parameters,
            @CheckForNull EnvVars environment,
            TaskListener log,
            CreationEngine.Listener listener) {
        run(creation, run, OutputSettings.of(parameters, environment), log, listener);
    }

    /** Runs a deletion to its outcome and reports progress to the build's page and log. */
    public void runDeletion(Creation deletion, Run<?, ?> run, TaskListener log, CreationEngine.Listener listener) {
        run(deletion, run, OutputSettings.DEFAULT, log, listener);
    }

    private void run(
            Creation creation,
            Run<?, ?> run,
            OutputSettings output,
            TaskListener log,
            CreationEngine.Listener listener) {
        ProgressLog lines = new ProgressLog(
                log, JenkinsClouds.get().of(creation.request()), creation, () -> typicalDuration(creation));
        lines.begin();
        retention.open(creation, log);
        new Reminders(scheduler, () -> isAwaited(creation.key()), lines::remind).begin();
        // The job may have been moved since the record was saved; the step knows its build.
        engine().run(
                        creation.builtBy(run.getExternalizableId()),
                        new StepListener(
                                lines,
                                changed -> reports.deliver(run, changed, output, log),
                                CreationMeter.measured(listener),
                                log));
    }

    @CheckForNull
    private Duration typicalDuration(Creation creation) {
        ImageRequest request = creation.request();
        try {
            URI address = ChosenEndpoint.of(
                            JenkinsClouds.get().of(request),
                            request.region(),
                            creation.build().endpoint())
                    .address();
            return request.instanceId() == null
                    ? null
                    : folder.durations().typical(address, request.region(), request.instanceId());
        } catch (CloudException e) {
            LOGGER.log(Level.FINE, e, () -> "The endpoint of " + creation.key() + " is not configured now");
            return null;
        }
    }

    /** Begins to look for an image. Returns at once. */
    ImageSearch find(ImageSearch.Request request, ImageSearch.Listener listener) {
        return engine().find(request, listener);
    }

    /** Ends a creation as aborted. Returns at once. */
    public void abort(String key) {
        engine().abort(key);
    }

    /**
     * Ends a creation for which no build waits: it is abandoned if it has not ended, its cleanup tasks are done, and
     * its record is removed.
     */
    void cleanUp(String key) {
        engine().cleanUp(key, this::deliver);
        try {
            folder.ledger()
                    .load(key)
                    .map(StoredCreation::creation)
                    .filter(BuildReports::isForgettable)
                    .ifPresent(this::deliver);
        } catch (UncheckedIOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The record " + key + " is kept for another attempt");
        }
    }

    /**
     * Whether a step waits for a creation, even if its job was renamed.
     *
     * @return true until the step is told the outcome
     */
    boolean isAwaited(String key) {
        return engine().isAwaited(key);
    }

    /** Follows builds whose job was renamed or moved, so that they are found after a restart too. */
    void moved(String oldName, String newName) {
        engine().buildsMoved(build ->
                Builds.jobName(build).equals(oldName) ? newName + build.substring(oldName.length()) : null);
        folder.made().jobMoved(oldName, newName);
    }

    /** Forgets what a job has made that was deleted. */
    void deleted(String job) {
        folder.made().jobDeleted(job);
    }

    /** All creations that are not forgotten yet. */
    public List<Creation> all() {
        return overview().creations().stream()
                .map(Administration.Status::creation)
                .toList();
    }

    /** The creations of this process; no disk is read. */
    List<Creation> creations() {
        return engine().creations();
    }

    /**
     * What administrators see.
     *
     * @return all records, and the files that are none
     */
    Administration.Overview overview() {
        Administration.Overview records = administration().overview();
        Map<Path, String> unreadable = new TreeMap<>(records.unreadable());
        unreadable.putAll(folder.made().unreadable());
        return new Administration.Overview(records.creations(), unreadable);
    }

    Administration administration() {
        return engine().administration();
    }

    /**
     * Writes the state of a creation without a waiting step to its build, and removes its record if nothing is left to
     * do.
     *
     * @throws UncheckedIOException if the build cannot be written; the record stays for another attempt
     */
    void deliver(Creation creation) {
        reports.deliver(null, creation, null, TaskListener.NULL);
    }

    static String hash(String account) {
        return ACCOUNTS.mac(account);
    }

    private static Accounts accounts(Clouds clouds) {
        return new Accounts(clouds, CreationService::hash);
    }

    /** The index of what jobs have made. */
    MadeImages made() {
        return folder.made();
    }

    private Predecessors predecessors() {
        return new Predecessors(folder.made(), folder.ledger(), JenkinsClouds.get(), clock, retention);
    }

    private synchronized CreationEngine engine() {
        if (engine == null) {
            Clouds clouds = JenkinsClouds.background().observed(CreationMeter::call);
            CreationEngine next = new CreationEngine(
                    clouds,
                    folder.ledger(),
                    accounts(clouds),
                    CreationService::hash,
                    scheduler,
                    clock,
                    RandomGenerator.getDefault(),
                    new ImagePoller(
                            clouds,
                            scheduler,
                            () -> CloudImageConfiguration.get().pollInterval(),
                            folder.durations()),
                    predecessors());
            next.restore(BuildReports::isContradicted);
            engine = next;
        }
        return engine;
    }
}
