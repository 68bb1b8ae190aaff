package io.jenkins.plugins.cloudimage.core.simulation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask;
import io.jenkins.plugins.cloudimage.core.creation.CopyPlan;
import io.jenkins.plugins.cloudimage.core.creation.CopyStatus;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.Deletion;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.core.creation.Ledger;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import io.jenkins.plugins.cloudimage.core.creation.Predecessors;
import io.jenkins.plugins.cloudimage.core.creation.Shares;
import io.jenkins.plugins.cloudimage.core.creation.StoredCreation;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.retention.MadeImages;
import io.jenkins.plugins.cloudimage.core.retention.Verdict;
import io.jenkins.plugins.cloudimage.core.watch.Durations;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** One process of a controller, from its begin to its death: an engine with all that it touches, and the judge of it. */
final class Life implements Scheduler, DiskFiles.Hooks {
    static final List<String> POINTS = List.of(
            "before call", "after call", "before save", "before move", "after save", "before tell", "after tell");

    /** The uptime with which a process begins; nothing may take it for zero. */
    private static final long BEFORE = 17 * World.SECOND;

    private final Controller controller;
    private final World world;
    private final long begin;
    private final Random random;
    private final Clouds clouds;
    private final Ledger ledger;
    final CreationEngine engine;
    private final MadeImages made;
    private final Predecessors predecessors;
    /** Records that came with a disk that is not the one on which they were made, or that are old. */
    private final Set<String> fenced = new HashSet<>();
    /** The work that runs now takes so long until its end is known. */
    private long stall;

    /** The instances that use an image, as they were last looked at before its next delete call. */
    private final Map<String, List<String>> looks = new HashMap<>();

    private Image answered;
    private boolean hangs;
    private boolean failsAfterMove;
    private Throwable thrownAfterMove;
    boolean dead;
    /** Something hangs for ever; only another process helps. */
    boolean hung;

    /** Listeners hang for ever. */
    boolean mute;

    /** The process is no more. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death() {
            super("killed", null, false, false);
        }
    }

    private final class Wall extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return world.cloudTime().plusNanos(controller.ahead);
        }
    }

    Life(Controller controller) {
        this.controller = controller;
        this.world = controller.world;
        this.begin = world.now() - BEFORE;
        this.random = new Random(world.seed() * 7919 + world.nextLife());
        this.clouds = new Clouds(Arrays.stream(Variant.values())
                .<CloudProvider>map(variant -> new Provider(variant, this))
                .toList());
        DiskFiles files = new DiskFiles(controller.disk, "/" + controller, this);
        Clock clock = new Wall();
        this.ledger = new Ledger(files.folder(), clouds, clock);
        this.made = new MadeImages(new DiskFiles(controller.disk.made, "/" + controller, this).folder(), clock);
        this.predecessors = new Predecessors(made, ledger, clouds, clock, new Jobs());
        this.engine = new CreationEngine(
                clouds,
                ledger,
                this::connect,
                id -> "hash of " + id,
                this,
                clock,
                random,
                new ImagePoller(clouds, this, () -> Duration.ofSeconds(30), new Durations(), random),
                predecessors);
    }

    World world() {
        return world;
    }

    Random random() {
        return random;
    }

    void begin() {
        Instant wall = world.cloudTime().plusNanos(controller.ahead);
        engine.restore(this::contradicts);
        List<StoredCreation> records = ledger.all().records();
        Set<String> present = new HashSet<>();
        for (StoredCreation stored : records) {
            String key = stored.creation().key();
            present.add(key);
            Step step = world.step(key);
            if (step == null) {
                resumeRetirement(stored, wall);
                continue;
            }
            if (isOfBefore(stored, wall) || contradicts(stored.creation())) {
                fenced.add(key);
                step.fenced = true;
            }
            boolean awaited = step.controller == controller && step.waits && !step.lost;
            long pause = random.nextInt(awaited ? 120 : 600) * World.SECOND;
            world.at(world.now() + pause, () -> {
                if (!dead) {
                    resume(step, stored.creation());
                }
            });
        }
        for (Step step : world.steps()) {
            if (step.controller == controller && !present.contains(step.key())) {
                // Its first save was lost, or the disk is older.
                step.lost = true;
            }
        }
    }

    private void resumeRetirement(StoredCreation stored, Instant wall) {
        String key = stored.creation().key();
        if (isOfBefore(stored, wall)) {
            fenced.add(key);
        }
        world.at(world.now() + random.nextInt(600) * World.SECOND, () -> {
            if (!dead) {
                engine.cleanUp(key, this::retired);
            }
        });
    }

    private boolean isOfBefore(StoredCreation stored, Instant wall) {
        return !stored.home().endsWith("#" + controller.disk.number)
                || Duration.between(stored.saved(), wall).compareTo(Duration.ofHours(24)) > 0;
    }

    private boolean contradicts(Creation creation) {
        Step step = world.step(creation.key());
        return step != null && !step.isCopy() && step.told != null && creation.outcome() != step.told;
    }

    private void resume(Step step, Creation stored) {
        if (step.isCopy()) {
            // The step continues it; whoever looks for what nobody waits for finds it too.
            if (!stored.done() && !(step.now().waits && !step.lost && step.controller == controller)) {
                engine.cleanUp(step.key(), news -> cleaned());
            }
            return;
        }
        if (step.controller == controller && step.waits && !step.lost) {
            step.resumed = world.now();
            step.restarted = true;
            engine.run(stored, news -> told(step, news));
            if (step.aborted >= 0) {
                engine.abort(step.key());
                world.expectEnd(step, this);
            }
        } else if (!stored.done()) {
            engine.cleanUp(step.key(), news -> cleaned());
        }
    }

    /** A build begins its step. */
    void build(Step step) {
        stall = 0;
        try {
            ledger.save(step.planned);
        } catch (Throwable t) {
            step.lost = true;
            return;
        }
        if (!dead) {
            engine.run(step.planned, news -> told(step, news));
        }
    }

    /** Whether this process has taken up the step. */
    boolean hasBegun(Step step) {
        return step.resumed >= begin + BEFORE;
    }

    void gone(Step step) {
        engine.cleanUp(step.key(), news -> cleaned());
    }

    /** Dies here if that was ordained. */
    void point(String name) {
        if (!dead && name.equals(controller.killPoint)) {
            controller.kill(controller.killPause, name);
        }
        if (dead) {
            throw new Death();
        }
    }

    /** The answer of the present call names an image, if it ever comes. */
    void hears(Image image) {
        answered = image;
    }

    void stall(long nanos) {
        stall += nanos;
    }

    void hang() {
        hangs = true;
        hung = true;
    }

    // The scheduler.

    @Override
    public Duration uptime() {
        if (dead) {
            throw new Death();
        }
        return Duration.ofNanos(world.now() - begin);
    }

    private Fault taskFault() {
        if (dead || world.now() - controller.taskFault < 300 * World.SECOND) {
            return null;
        }
        Fault fault = Fault.of(controller.tasks, "", world.now());
        if (fault != null) {
            controller.taskFault = world.now();
            world.log(this + ": task " + fault.mode);
        }
        return fault;
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
        if (world.isBusy()) {
            dead = true;
            throw new Death();
        }
        Fault fault = taskFault();
        long later = Math.max(0, delay.toNanos());
        if (fault != null) {
            switch (fault.mode) {
                case THROWS, THROWS_AFTER -> throw new OutOfMemoryError("unable to create native thread");
                case SLOW, LATER -> {
                    later += Math.min(fault.seconds, 300) * World.SECOND;
                    controller.taskFault += Math.min(fault.seconds, 300) * World.SECOND;
                }
                default -> {
                    return;
                }
            }
        }
        at(later, task);
    }

    private void at(long later, Runnable task) {
        world.at(world.now() + later, () -> {
            if (!dead) {
                try {
                    task.run();
                } catch (Throwable t) { // as a pool of threads does
                    world.log(this + ": a task ends with " + t);
                }
            }
        });
    }

    @Override
    public void work(Supplier<Runnable> work) {
        Fault fault = taskFault();
        if (fault != null) {
            if (fault.mode == Fault.Mode.THROWS || fault.mode == Fault.Mode.THROWS_AFTER) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            if (fault.mode != Fault.Mode.SLOW && fault.mode != Fault.Mode.LATER) {
                return;
            }
        }
        long later = fault == null ? random.nextInt(20) * World.SECOND / 1000 : fault.seconds * World.SECOND;
        at(later, () -> {
            stall = 0;
            hangs = false;
            answered = null;
            Runnable delivery = work.get();
            Image image = answered;
            if (!hangs) {
                at(stall + 1, () -> {
                    if (image != null) {
                        image.namedIn = this;
                    }
                    delivery.run();
                });
            }
        });
    }

    // The disk.

    @Override
    public void beforeWrite() throws IOException {
        point("before save");
        failsAfterMove = false;
        thrownAfterMove = null;
        stall(random.nextInt(10) * World.SECOND / 1000);
        Fault fault = Fault.of(controller.saves, "", world.now());
        if (fault == null) {
            return;
        }
        controller.saveFault = world.now() + fault.seconds * World.SECOND;
        world.log(this + ": save " + fault.mode);
        switch (fault.mode) {
            case REFUSED, UNAVAILABLE, UNKNOWN, LATER -> throw new IOException("No space left");
            case THROWS -> throw Fault.sneaky(fault.thrown());
            case LOST -> failsAfterMove = true;
            case THROWS_AFTER -> thrownAfterMove = fault.thrown();
            case SLOW -> stall(fault.seconds * World.SECOND);
            case HANGS -> hang();
        }
    }

    @Override
    public void beforeMove() {
        point("before move");
    }

    @Override
    public void afterMove() throws IOException {
        point("after save");
        if (failsAfterMove) {
            throw new IOException("Input/output error");
        }
        if (thrownAfterMove != null) {
            throw Fault.sneaky(thrownAfterMove);
        }
    }

    // The keys.

    private CloudConnection connect(Creation creation) throws CloudException {
        point("before call");
        Fault fault = Fault.of(controller.keys, "", world.now());
        if (fault != null) {
            controller.keyFault = world.now() + fault.seconds * World.SECOND;
            world.log(this + ": key " + fault.mode);
            switch (fault.mode) {
                case SLOW, LATER -> stall(fault.seconds * World.SECOND);
                case HANGS -> hang();
                case THROWS, THROWS_AFTER -> throw Fault.sneaky(fault.thrown());
                default -> throw Account.error(ErrorKind.UNAVAILABLE, SideEffect.NONE);
            }
        }
        Account account = world.account(creation.build().credentialsId());
        AccessKey key = new AccessKey(creation.build().credentialsId(), "secret", null);
        return new CloudConnection(
                account.variant.name(), Provider.ENDPOINT, creation.request().region(), key, Map.of());
    }

    // The builds.

    private void cleaned() {
        heard();
    }

    private void retired(Creation news) {
        heard();
        if (news.done()) {
            predecessors.noteRetired(news);
        }
    }

    /** The builds of the only job. */
    private final class Jobs implements Predecessors.Builds {
        @Override
        public boolean isKept(String build) {
            return world.isKept(build);
        }

        @Override
        public void judged(Creation creation, List<Verdict> verdicts) {
            world.log(Life.this + ": " + creation.build().build() + " judges " + verdicts);
        }

        @Override
        public void retires(String key) {
            engine.cleanUp(key, Life.this::retired);
        }
    }

    /** Whether the build hears of it; otherwise something is thrown. */
    private boolean heard() {
        point("before tell");
        Fault fault = Fault.of(controller.listeners, "", world.now());
        if (fault == null) {
            return true;
        }
        world.log(this + ": listener " + fault.mode);
        controller.listenerFault = world.now();
        switch (fault.mode) {
            case SLOW, LATER -> {
                stall(fault.seconds * World.SECOND);
                controller.listenerFault += fault.seconds * World.SECOND;
                return true;
            }
            case HANGS -> {
                hang();
                mute = true;
                return true;
            }
            default -> throw Fault.sneaky(fault.thrown());
        }
    }

    private void told(Step step, Creation news) {
        boolean likely = news.image() != null && news.image().ownership() == ImageStatus.Ownership.LIKELY;
        if (likely && step.likelySince < 0) {
            step.likelySince = world.now();
        }
        heard();
        predecessors.note(news);
        if (news.ended() && step.waits && step.told == null && step.controller == controller && !step.lost) {
            judgeEnd(step, news);
            step.told = news.outcome();
            step.toldId = news.imageId();
            step.waits = false;
            world.log(step + " is told " + step.told + " " + step.toldId + " "
                    + (news.problem() == null ? "" : news.problem().message()));
        } else if (news.ended() && step.told != null && step.told != news.outcome()) {
            world.violated(step + " was told " + step.told + " and then " + news.outcome());
        }
        point("after tell");
    }

    private void judgeEnd(Step step, Creation news) {
        Account account = step.account;
        Image image = news.imageId() == null ? null : account.image(news.imageId());
        Outcome outcome = news.outcome();
        Creation saved = record(step.key());
        if (outcome == Outcome.READY || outcome == Outcome.DELETED || outcome == Outcome.FAILED) {
            if (saved == null || saved.outcome() != outcome) {
                world.violated(step + " is told " + outcome + " before that is on disk");
            }
        }
        switch (outcome) {
            case DELETED -> {
                if (news.deletion() == null || !image.deleted) {
                    world.violated(step + " is told that an image is gone which is there: " + image);
                }
            }
            case READY -> {
                // Whoever was asked to delete an image need not wait until its maker's build has heard of it.
                if (image == null
                        || !image.deletedByPerson
                                && image.retirer == null
                                && (image.deleted || image.state(world.now()) != ImageState.READY)) {
                    world.violated(step + " is told of an image that cannot be used: " + image);
                    return;
                }
                List<String> wanted = step.planned.options().shareWith();
                if (!image.deletedByPerson
                        && image.retirer == null
                        && !image.shares.keySet().containsAll(wanted)) {
                    world.violated(step + " is told of an image that is not shared with all of " + wanted + ": "
                            + image.shares.keySet());
                }
                judgeCopies(step, news);
                boolean ours = image.maker == step;
                step.proven = news.image().ownership() == ImageStatus.Ownership.PROVEN;
                world.delivered(step, image);
                // Another controller cannot know that somebody reuses its image.
                image.delivered |= ours || image.maker != null && image.maker.controller == controller;
                switch (news.image().ownership()) {
                    case PROVEN -> {
                        if (!ours) {
                            world.violated(step + " takes for its own " + image);
                        }
                    }
                    case LIKELY -> {
                        Instant submitted = news.submission().cloudTime();
                        if (account.variant.capabilities.ownershipMark()
                                || !image.instance.equals(step.planned.request().instanceId())
                                || submitted == null
                                || image.created.isBefore(submitted.minusSeconds(60))
                                || news.submission().namesakes().contains(image.id)
                                || step.images.stream().anyMatch(own -> own != image && isListed(own))) {
                            world.violated(step + " is told of an image that is not likely its own: " + image);
                        }
                    }
                    case REUSED -> {
                        if (step.planned.options().ifNameExists() != Options.IfNameExists.REUSE || ours) {
                            world.violated(step + " reuses " + image);
                        }
                    }
                }
            }
            case FAILED -> {
                Shares shares = news.image() == null ? null : news.image().shares();
                boolean unshared = shares != null
                        && (!shares.refused().isEmpty()
                                || !shares.present()
                                        .containsAll(step.planned.options().shareWith()));
                boolean guessed = news.image() != null
                        && news.image().ownership() == ImageStatus.Ownership.LIKELY
                        && !step.planned.options().shareWith().isEmpty();
                delivered(step, news);
                boolean healthy = image != null
                        && news.deletion() == null
                        && !news.lacksCopies()
                        && !unshared
                        && !guessed
                        && !image.deleted
                        && !(image.fails && image.state(world.now()) == ImageState.FAILED);
                if (healthy) {
                    world.violated(step + " is told that this image failed: " + image + ": "
                            + news.problem().message());
                }
            }
            case TIMED_OUT -> {
                delivered(step, news);
                long misled = step.restarted || step.misled > 0 ? controller.jumps + 120 * World.SECOND : 0;
                if (world.now() < step.deadline - misled - World.SECOND) {
                    world.violated(step + " timed out too early");
                }
                long quiet = world.now() - 1200 * World.SECOND;
                boolean calm = account.wrong < quiet
                        && Math.max(controller.taskFault, controller.listenerFault) < quiet
                        && controller.keyFault < quiet
                        && controller.saveFault < quiet
                        && step.resumed < quiet
                        && account.flapsUntil < quiet;
                boolean copied = news.copies().stream().allMatch(CopyStatus::isReady);
                if (calm
                        && copied
                        && !hung
                        && news.deletion() == null
                        && image != null
                        && !image.deleted
                        && !image.fails
                        && image.readyAt < quiet) {
                    world.violated(step + " timed out though this image was ready: " + image);
                }
            }
            case ABORTED -> {
                if (step.aborted < 0) {
                    world.violated(step + " is told of an abort that nobody wanted");
                }
            }
            default -> world.violated(step + " is told " + outcome);
        }
    }

    /** All copies can be used, unless they may fail. */
    private void judgeCopies(Step step, Creation news) {
        CopyPlan wanted = step.planned.plan().copies();
        if (news.copies().size() != wanted.copies().size()) {
            world.violated(step + " is told of " + news.copies() + " and wanted " + wanted);
        }
        for (CopyStatus copy : news.copies()) {
            if (!copy.isReady()) {
                if (!wanted.mayFail() || !copy.hasFailed()) {
                    world.violated(step + " is told of a copy that is not ready: " + copy);
                }
                continue;
            }
            Image image = step.account.in(copy.region()).image(copy.image().id());
            if (image == null || image.deleted || image.state(world.now()) != ImageState.READY) {
                world.violated(step + " is told of a copy that cannot be used: " + image);
            } else if (copy.image().ownership() == ImageStatus.Ownership.PROVEN
                    && image.maker != world.step(copy.key())) {
                world.violated(step + " takes for its own copy " + image);
            } else {
                Step own = world.step(copy.key());
                own.toldId = image.id;
                own.proven = copy.image().ownership() == ImageStatus.Ownership.PROVEN;
                world.delivered(own, image);
            }
        }
        delivered(step, news);
    }

    /** What a step is told can be used is not deleted any more. */
    private static void delivered(Step step, Creation news) {
        news.copies().stream()
                .filter(CopyStatus::isReady)
                .map(copy -> step.account.in(copy.region()).image(copy.image().id()))
                .filter(image -> image != null && image.maker != null && image.maker.source() == step)
                .forEach(image -> image.delivered = true);
    }

    /** Whether even a bad list shows it by now. */
    private boolean isListed(Image image) {
        return !image.deleted && image.listedAt + 600 * World.SECOND < world.now() && !image.renamed;
    }

    // The judge of effects.

    Creation record(String key) {
        return load(key).map(StoredCreation::creation).orElse(null);
    }

    private Optional<StoredCreation> load(String key) {
        return ledger.load(key);
    }

    private boolean isFenced(Step step) {
        boolean asked = step.controller == controller && step.told == null && step.waits && !step.lost;
        // A running build that has asked in this process lifts the fence for good.
        return fenced.contains(step.key()) && !asked && step.resumed < begin + BEFORE;
    }

    private void checkFence(Step step, String what) {
        if (isFenced(step)) {
            world.violated(this + " " + what + " for a fenced record of " + step);
        }
    }

    void mayCreate(Step step) {
        if (dead) {
            return;
        }
        checkFence(step, "creates");
        Creation saved = record(step.key());
        if (saved == null || !saved.submission().left()) {
            world.violated(step + " creates before that is on disk");
        }
        if (step.told != null || !step.waits) {
            world.violated(step + " creates though nobody waits");
        }
        for (Creation other : engine.creations()) {
            Step rival = world.step(other.key());
            boolean same = rival != null
                    && rival != step
                    && rival.account == step.account
                    && other.request()
                            .imageName()
                            .equals(saved == null ? "" : saved.request().imageName());
            if (same
                    && rival.controller == controller
                    && rival.waits
                    && rival.told == null
                    && !rival.lost
                    && !other.reused()
                    && other.submission().left()
                    && !other.ended()) {
                world.violated(step + " creates under the name that is reserved for " + rival);
            }
        }
    }

    /** The source's record says so, and the source is ready and the step's own or reused. */
    void mayCopy(Account account, CopyRequest request, Step step) {
        if (dead) {
            return;
        }
        Creation source = record(step.source().key());
        Image image = account.image(request.imageId());
        if (source == null
                || source.phase() != Phase.COPYING
                || !request.imageId().equals(source.imageId())
                || source.copies().stream().noneMatch(copy -> copy.key().equals(step.key()))) {
            world.violated(this + " copies " + image + " and no record says so");
        } else if (image.maker != step.source() && source.image().ownership() != ImageStatus.Ownership.REUSED) {
            world.violated(this + " copies an image of somebody else: " + image);
        }
        world.sharing(step.source());
    }

    /** The step for which an image is shared. */
    Step mayShare(Account account, String imageId, List<String> accounts) {
        if (dead) {
            return null;
        }
        Image image = account.image(imageId);
        for (Step step : world.stepsAndCopies()) {
            Creation saved = step.account == account && step.controller == controller ? record(step.key()) : null;
            if (saved != null
                    && imageId.equals(saved.imageId())
                    && saved.phase() == Phase.SHARING
                    && saved.image().shares().sent().containsAll(accounts)
                    && step.planned.options().shareWith().containsAll(accounts)
                    && step.told == null
                    && !isFenced(step)) {
                if (image.maker != step && saved.image().ownership() != ImageStatus.Ownership.REUSED) {
                    world.violated(this + " shares an image of somebody else: " + image);
                }
                if (image.state(world.now()) != ImageState.READY) {
                    world.violated(this + " shares an image that is not ready: " + image);
                }
                world.sharing(step);
                return step;
            }
        }
        world.violated(this + " shares " + image + " with " + accounts + " and no record says so");
        return null;
    }

    /** What a call answers; if it is lost, the engine must not know. */
    void looked(String imageId, List<String> instances) {
        looks.put(imageId, instances);
    }

    /** The step that a build began in order to delete an image, and that has passed its checks; null if there is none. */
    private Step retirer(Account account, String imageId) {
        for (Step step : world.steps()) {
            Creation saved = step.account == account
                            && step.controller == controller
                            && step.planned.deletion() != null
                            && imageId.equals(step.planned.imageId())
                    ? record(step.key())
                    : null;
            boolean begun = saved != null
                    && (saved.phase() == Phase.DELETING
                            || saved.tasks().stream()
                                    .anyMatch(task -> task.kind() == CleanupTask.Kind.DELETE_IMAGE
                                            && task.state() == CleanupTask.State.OPEN));
            if (begun && !isFenced(step)) {
                return step;
            }
        }
        return null;
    }

    private void mayRetire(Step step, Image image) {
        Deletion deletion = step.planned.deletion();
        if (deletion.madeBy() == null && !deletion.notOurs()) {
            world.violated(this + " deletes an image that nobody proves to be ours: " + image);
        }
        List<String> instances = looks.remove(image.id);
        if (!deletion.force() && (instances == null || !instances.isEmpty())) {
            world.violated(this + " deletes an image that is used by " + instances + ": " + image);
        }
        for (Creation other : engine.creations()) {
            if (other.deletion() == null && !other.ended() && image.id.equals(other.imageId())) {
                world.violated(this + " deletes an image that " + world.step(other.key()) + " needs: " + image);
            }
        }
        image.retirer = step;
    }

    void mayUnshare(Account account, String imageId, List<String> accounts) {
        if (dead) {
            return;
        }
        Image image = account.image(imageId);
        Step retirer = retirer(account, imageId);
        if (retirer != null) {
            image.retirer = retirer;
            return;
        }
        Step step = image == null || image.maker == null ? null : image.maker.now();
        Creation saved = step == null ? null : record(step.key());
        if (saved == null
                || !imageId.equals(saved.imageId())
                || saved.image().shares() == null
                || !saved.image().shares().sent().containsAll(accounts)
                || saved.tasks().stream()
                        .noneMatch(task -> task.kind() == CleanupTask.Kind.DELETE_IMAGE
                                && task.state() == CleanupTask.State.OPEN)) {
            world.violated(this + " ends the sharing of " + image + " with " + accounts + " and no record says so");
            return;
        }
        checkFence(step, "ends the sharing");
    }

    void mayDelete(Account account, String imageId) {
        if (dead) {
            return;
        }
        Image image = account.image(imageId);
        Step retirer = retirer(account, imageId);
        if (retirer != null) {
            mayRetire(retirer, image);
            return;
        }
        if (image == null || image.maker == null) {
            world.violated(this + " deletes the foreign image " + image);
            return;
        }
        Step step = image.maker.now();
        if (mayRetire(account, image)) {
            return;
        }
        checkFence(step, "deletes");
        if (image.delivered) {
            world.violated(this + " deletes the delivered image " + image);
        }
        if (step.planned.options().onIncomplete() != Options.OnIncomplete.DELETE) {
            world.violated(this + " deletes an image that was to be kept: " + image);
        }
        boolean failed = image.fails && image.state(world.now()) == ImageState.FAILED;
        Creation saved = record(step.key());
        if (!image.deleted && !failed && saved != null && saved.outcome() == Outcome.ABANDONED) {
            world.violated(this + " deletes an image though no build was told another end: " + image);
        }
        boolean ready = saved != null && saved.image() != null && saved.image().shares() != null;
        if (ready && saved.outcome() != Outcome.ABORTED) {
            world.violated(this + " deletes an image that is ready: " + image);
        }
        if (saved == null || !saved.ended() || saved.outcome() == Outcome.READY) {
            world.violated(this + " deletes before the end is on disk: " + image);
        }
    }

    /** Whether an image is deleted because it is retired, which has rules of its own. */
    private boolean mayRetire(Account account, Image image) {
        Creation retirement = retirement(image);
        if (retirement == null) {
            return false;
        }
        checkRetirement(retirement, image);
        String why = Retirements.protection(world, controller, account, image, retirement);
        if (why != null && !image.deleted) {
            world.violated(this + " retires an image that " + why + ": " + image);
        }
        return true;
    }

    @Nullable
    private Creation retirement(Image image) {
        return retirements().stream()
                .filter(each -> image.id.equals(each.imageId()))
                .findFirst()
                .orElse(null);
    }

    /** The records of images that are retired. */
    List<Creation> retirements() {
        return ledger.all().records().stream()
                .map(StoredCreation::creation)
                .filter(each -> each.outcome() == Outcome.RETIRED)
                .toList();
    }

    private void checkRetirement(Creation retirement, Image image) {
        if (isFenced(retirement)) {
            world.violated(this + " retires an image by a fenced record: " + image);
        }
    }

    boolean isFenced(Creation retirement) {
        return fenced.contains(retirement.key());
    }

    /** Whether the index may be a copy. */
    boolean isIndexFenced() {
        return made.fenced() > 0;
    }

    void mayDeleteSnapshot(Account account, String snapshotId) {
        if (dead) {
            return;
        }
        Image image = account.image(snapshotId.substring("snap-".length()));
        if (image != null && image.retirer != null && image.deleted) {
            return;
        }
        if (image == null || image.maker == null) {
            world.violated(this + " deletes a snapshot of the foreign image " + image);
            return;
        }
        Creation retirement = retirement(image);
        if (retirement == null) {
            checkFence(image.maker.now(), "deletes a snapshot");
        } else {
            checkRetirement(retirement, image);
        }
        if (!image.deleted) {
            world.violated(this + " deletes a snapshot of an image that is there: " + image);
        }
    }

    Step mayStop(Account account, String instanceId) {
        if (dead) {
            return null;
        }
        for (Step step : world.steps()) {
            Creation saved = isSource(step, account, instanceId) ? record(step.key()) : null;
            if (saved != null
                    && step.controller == controller
                    && !isFenced(step)
                    && saved.phase() == Phase.PREPARING
                    && saved.instance() != null
                    && saved.instance().stopping()
                    && saved.options().stopInstance()) {
                return step;
            }
        }
        world.violated(this + " stops " + instanceId + " and no record says so");
        return null;
    }

    void mayStart(Account account, String instanceId) {
        if (dead) {
            return;
        }
        boolean wanted = false;
        for (Step step : world.steps()) {
            Creation saved = isSource(step, account, instanceId) ? record(step.key()) : null;
            if (saved == null || step.controller != controller) {
                continue;
            }
            wanted |= !isFenced(step)
                    && saved.ended()
                    && saved.tasks().stream()
                            .anyMatch(task -> task.kind() == CleanupTask.Kind.START_INSTANCE
                                    && task.state() == CleanupTask.State.OPEN);
            boolean needs = account.variant.capabilities.stoppedSource()
                    && step.waits
                    && step.told == null
                    && !fenced.contains(step.key())
                    && step.images.stream()
                            .anyMatch(image -> !image.deleted && image.state(world.now()) == ImageState.PENDING);
            if (needs && !saved.ended()) {
                world.violated(this + " starts " + instanceId + " while it is the source for " + step);
            }
        }
        if (!wanted) {
            world.violated(this + " starts " + instanceId + " and no record says so");
        }
    }

    private static boolean isSource(Step step, Account account, String instanceId) {
        return step.account == account
                && instanceId.equals(step.planned.request().instanceId());
    }

    @Override
    public String toString() {
        return controller.toString();
    }
}
