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
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.creation.Chore;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.Ledger;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import io.jenkins.plugins.cloudimage.core.creation.Origin;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.watch.ExecutorScheduler;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import io.jenkins.plugins.cloudimage.credentials.AccessKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.Timer;

/**
 * The controller's only engine, tied to Jenkins: its ledger is below {@code JENKINS_HOME}, its threads are few and run
 * as the system, and what it learns is written to the builds. Made when the first image is asked for.
 */
@Extension
public final class CreationService {
    private static final Logger LOGGER = Logger.getLogger(CreationService.class.getName());
    private static final int THREADS = 4;

    private final Clock clock = Clock.systemUTC();
    private final ThreadPoolExecutor threads;
    private final ExecutorService workers;
    private Ledger ledger;
    private CreationEngine engine;

    /** Starts no thread yet. */
    public CreationService() {
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), "cloud-image"),
                // Only after the end of Jenkins; the ledger has all that is needed to go on.
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
        workers = new ImpersonatingExecutorService(threads, ACL.SYSTEM2);
    }

    /**
     * The service.
     *
     * @return the only one
     */
    public static CreationService get() {
        return ExtensionList.lookupSingleton(CreationService.class);
    }

    /** Lets no call outlive this Jenkins. */
    @Terminator
    public static void stop() {
        get().threads.shutdownNow();
    }

    /**
     * Threads for work that may block on a disk or a cloud.
     *
     * @return an executor that runs as the system
     */
    public ExecutorService workers() {
        return workers;
    }

    /**
     * Checks all that can be checked without a call and saves the plan of a creation.
     *
     * @param run the build that wants the image
     * @param parameters what is wanted
     * @param request the cloud's request
     * @return the creation, in the ledger
     * @throws CloudImageException if a parameter breaks a rule or the key is missing; nothing was sent
     */
    public Creation plan(Run<?, ?> run, ImageParameters parameters, ImageRequest request) throws CloudImageException {
        try {
            VariableName.check(parameters.getVariable());
            request.check();
            Options options = parameters.options(request);
            Creation creation = Creation.plan(
                    new Origin(
                            run.getExternalizableId(),
                            parameters.getCredentialsId(),
                            parameters.getCloud().getEndpoint()),
                    request,
                    options,
                    clock.instant(),
                    parameters.timeout());
            CloudConnection connection = new Accounts(JenkinsClouds.get()).connect(creation, run);
            AccessKeys.track(run, parameters.getCredentialsId(), connection.endpoint());
            ledger().save(creation);
            return creation;
        } catch (CloudException e) {
            throw new CloudImageException(e.error());
        }
    }

    /**
     * Finds a creation again.
     *
     * @param key its key
     * @return the record, or empty if the ledger has none
     */
    public Optional<Creation> load(String key) {
        return ledger().load(key);
    }

    /**
     * Carries a creation to its outcome, with news to the build's page and log.
     *
     * @param creation a creation in the ledger
     * @param run the build that wants it
     * @param parameters what is wanted
     * @param environment the variables that the step sees
     * @param log the log of the step
     * @param listener is told after the build is up to date
     */
    public void run(
            Creation creation,
            Run<?, ?> run,
            ImageParameters parameters,
            @CheckForNull EnvVars environment,
            TaskListener log,
            CreationEngine.Listener listener) {
        Handover handover = Handover.of(parameters, environment);
        ProgressLog lines = new ProgressLog(log, JenkinsClouds.get().of(creation.request()), creation);
        engine().run(creation, news -> {
            lines.changed(news);
            deliver(run, news, handover, log);
            listener.changed(news);
        });
    }

    /**
     * Ends a creation as aborted. Returns at once.
     *
     * @param key its key
     */
    public void abort(String key) {
        engine().abort(key);
    }

    /**
     * Forgets a creation at which nothing is left to do, or that a person has taken over.
     *
     * @param key its key
     */
    void discard(String key) {
        ledger().remove(key);
    }

    /**
     * Takes a creation for which no build waits any more to its end: one that has not ended is aborted, what it left is
     * cleared up, and the record goes when nothing is left to do.
     *
     * @param key the key of a creation whose build is over or deleted
     */
    void cleanUp(String key) {
        engine().cleanUp(key, news -> deliver(null, news, null, TaskListener.NULL));
        load(key).filter(CreationService::isForgettable).ifPresent(done -> ledger().remove(key));
    }

    /**
     * All creations that are not forgotten yet.
     *
     * @return the ledger's records
     */
    public List<Creation> all() {
        return ledger().all();
    }

    /**
     * Whether something was given up that a person has to do now.
     *
     * @param creation any creation
     * @return true if it is kept until somebody has seen it
     */
    static boolean isGivenUp(Creation creation) {
        return creation.progress().chores().stream().anyMatch(chore -> chore.state() == Chore.State.GIVEN_UP);
    }

    private static boolean isForgettable(Creation creation) {
        return creation.done() && !isGivenUp(creation);
    }

    private void deliver(
            @CheckForNull Run<?, ?> waiting, Creation creation, @CheckForNull Handover handover, TaskListener log) {
        try {
            Run<?, ?> run =
                    waiting == null ? Run.fromExternalizableId(creation.origin().build()) : waiting;
            if (run != null) {
                Delivery.update(run, creation, handover, clock.instant(), log);
            }
            if (isForgettable(creation) && (run == null || !run.isBuilding())) {
                ledger().remove(creation.key());
            }
        } catch (IOException | UncheckedIOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Cannot write the images of " + creation.origin().build());
            log.error(Messages.CreationService_notWritten(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Ledger ledger() {
        if (ledger == null) {
            ledger = new Ledger(
                    Jenkins.get().getRootDir().toPath().resolve("cloud-image").resolve("creations"),
                    JenkinsClouds.get());
        }
        return ledger;
    }

    private synchronized CreationEngine engine() {
        if (engine == null) {
            Clouds clouds = JenkinsClouds.background();
            ExecutorScheduler scheduler = new ExecutorScheduler(Timer.get(), workers);
            engine = new CreationEngine(
                    clouds,
                    ledger(),
                    new Accounts(clouds),
                    scheduler,
                    clock,
                    RandomGenerator.getDefault(),
                    new ImagePoller(
                            clouds,
                            scheduler,
                            () -> CloudImageConfiguration.get().pollInterval()));
        }
        return engine;
    }
}
