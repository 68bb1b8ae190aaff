package io.jenkins.plugins.cloudimage.core.simulation;

import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.CopyTarget;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Mark;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.creation.BuildReference;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask;
import io.jenkins.plugins.cloudimage.core.creation.CopyPlan;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Deletion;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import io.jenkins.plugins.cloudimage.core.creation.Plan;
import io.jenkins.plugins.cloudimage.core.creation.PlannedCopy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Controllers, clouds and people, on one thread and on a clock of its own. What happens follows from the scenario alone:
 * the same scenario always takes the same course.
 */
final class World {
    static final long SECOND = 1_000_000_000L;
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    /** Accounts with which images are shared. */
    private static final List<String> OTHERS = List.of("10001", "10002", "10003", "10004");

    private static final List<String> NAMES = List.of("web", "db", "web-2");
    /** After the storm nobody touches anything for so long; a lost image is looked for for a day. */
    private static final long CALM = 50 * 3600 * SECOND;
    /** How long a step may outlast its deadline. */
    private static final long GRACE = 300 * SECOND;

    /** How old lists can be. */
    private static final long STALE = 90 * SECOND;

    private static final int MOST_AT_ONCE = 5000;
    private static final int MOST_TASKS = 400_000;

    private final Scenario scenario;
    private final Predicate<String> excused;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private final List<Account> accounts = new ArrayList<>();
    private final List<Controller> controllers = new ArrayList<>();
    private final Map<Integer, Step> builds = new LinkedHashMap<>();
    private final List<Step> copies = new ArrayList<>();
    private final Map<String, Step> byKey = new LinkedHashMap<>();
    private final List<String> log;
    private long now;
    private long order;
    private int lives;
    private long disks;
    private String violation;
    private long plannedAt;
    private int planned;

    private record Task(long due, long order, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(due, other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private World(Scenario scenario, boolean logs, Predicate<String> excused) {
        this.scenario = scenario;
        this.excused = excused;
        this.log = logs ? new ArrayList<>() : null;
        for (int number = 0; number < Scenario.ACCOUNTS; number++) {
            accounts.add(new Account(this, number, scenario.seed()));
        }
        for (int number = 0; number < Scenario.CONTROLLERS; number++) {
            controllers.add(new Controller(number, this, new Disk(++disks)));
        }
    }

    /**
     * Lets a world take its course.
     *
     * @return what it did that it must not do, or null
     */
    static String run(Scenario scenario) {
        return run(scenario, violation -> false);
    }

    /**
     * Lets a world take its course.
     *
     * @param excused which violations do not count
     * @return what it did that it must not do, or null
     */
    static String run(Scenario scenario, Predicate<String> excused) {
        return new World(scenario, false, excused).run();
    }

    /** Lets a world take its course and tells it. */
    static List<String> tell(Scenario scenario) {
        World world = new World(scenario, true, violation -> false);
        world.run();
        return world.log;
    }

    private String run() {
        controllers.forEach(Controller::boot);
        for (Event event : scenario.events()) {
            at(event.at() * SECOND, () -> happen(event));
        }
        at(Scenario.STORM * SECOND, this::calm);
        int count = 0;
        while (violation == null && !tasks.isEmpty() && tasks.peek().due <= Scenario.STORM * SECOND + CALM) {
            Task task = tasks.poll();
            now = Math.max(now, task.due);
            task.work.run();
            if (++count > MOST_TASKS) {
                violated("Too many tasks: a loop without a pause");
            }
        }
        if (violation == null) {
            judge();
        }
        return violation;
    }

    void at(long due, Runnable work) {
        tasks.add(new Task(due, order++, work));
    }

    long now() {
        return now;
    }

    long seed() {
        return scenario.seed();
    }

    int nextLife() {
        return lives++;
    }

    Instant cloudTime() {
        return START.plusNanos(now);
    }

    Account account(String keyId) {
        return accounts.get(Integer.parseInt(keyId.substring("key-".length())));
    }

    Iterable<Step> steps() {
        return builds.values();
    }

    List<Step> stepsAndCopies() {
        List<Step> all = new ArrayList<>(builds.values());
        copies.forEach(copy -> all.add(copy.now()));
        return all;
    }

    Step step(String key) {
        Step step = byKey.get(key);
        return step == null ? null : step.now();
    }

    Step stepOf(String token) {
        return stepsAndCopies().stream()
                .filter(step -> step.planned.plan().token().equals(token))
                .findFirst()
                .orElseThrow();
    }

    /** Whether so much is planned without that time passes that it will never end. */
    boolean isBusy() {
        planned = now == plannedAt ? planned + 1 : 0;
        plannedAt = now;
        if (planned > MOST_AT_ONCE) {
            violated("A loop without a pause");
        }
        return planned > MOST_AT_ONCE;
    }

    void log(String line) {
        if (log != null) {
            long seconds = now / SECOND;
            log.add(String.format(
                    "%d:%02d:%02d.%03d %s",
                    seconds / 3600, seconds / 60 % 60, seconds % 60, now / 1_000_000 % 1000, line));
        }
    }

    void violated(String what) {
        log("VIOLATED: " + what);
        if (violation == null && !excused.test(what)) {
            violation = what;
        }
    }

    void made(Step step, Image image) {
        step.images.add(image);
        if (step.images.size() > 1 && !step.touched) {
            violated(step + " made two images: " + step.images);
        }
    }

    private void happen(Event event) {
        log(event.kind() + " " + event.target() + " " + event.choice() + " " + event.seconds());
        Account account = accounts.get(event.target() % accounts.size());
        Controller controller = controllers.get(event.target() % Scenario.CONTROLLERS);
        long pause = event.seconds() * SECOND;
        switch (event.kind()) {
            case BUILD -> build(controller, event.choice(), accounts.get((int) event.seconds()));
            case RETIRE -> retire(controller, event.choice(), accounts.get((int) event.seconds()));
            case BOOT -> account.boots(event.choice());
            case ABORT -> abort(event.choice());
            case GONE -> gone(event.choice());
            case KILL -> controller.kill(pause, "SIGKILL");
            case KILL_AT -> {
                controller.killPoint = Life.POINTS.get(event.choice() % Life.POINTS.size());
                controller.killPause = pause;
            }
            case POWER_LOSS -> {
                controller.kill(pause, "no power");
                controller.disk.losePower();
            }
            case COPY -> {
                Controller copy = new Controller(controllers.size(), this, controller.disk.copy(++disks));
                copy.isCopy = true;
                controllers.add(copy);
                at(now + pause, copy::boot);
            }
            case BACKUP -> controller.backup = controller.disk.copy(0);
            case RESTORE -> {
                if (controller.backup != null) {
                    controller.kill(pause, "restored");
                    controller.disk = controller.backup.copy(++disks);
                    for (Step step : steps()) {
                        step.lost |= step.controller == controller;
                    }
                }
            }
            case CLOCK -> {
                controller.ahead += pause;
                controller.jumps += Math.abs(pause);
                for (Step step : steps()) {
                    boolean fresh = step.controller == controller && now - begin(step) < 120 * SECOND;
                    step.misled += fresh ? Math.abs(pause) : 0;
                }
            }
            case HUMAN_CREATE ->
                account.personMakes(
                        NAMES.get(event.choice() % NAMES.size()), Account.INSTANCES.get(event.choice() / 4 % 2));
            case HUMAN_DELETE -> account.personDeletes(event.choice());
            case HUMAN_RENAME -> account.personRenames(event.choice(), NAMES.get(event.choice() % NAMES.size()));
            case STALE -> {
                account.everywhere().forEach(each -> {
                    each.staleFrom = now;
                    each.staleUntil = now + pause;
                });
            }
            case FLAP -> account.everywhere().forEach(each -> each.flapsUntil = now + pause);
            case LATE -> {
                account.everywhere().forEach(each -> {
                    each.lateUntil = now + pause;
                    each.late = event.choice() * SECOND;
                });
            }
            case TWICE -> account.everywhere().forEach(each -> each.twiceUntil = now + pause);
            case FALL_BACK -> account.fallsBack = true;
            case CALLS -> account.faults.add(new Fault(event, now + pause, shares()));
            case SAVES -> controller.saves.add(new Fault(event, now + pause, shares()));
            case KEYS -> controller.keys.add(new Fault(event, now + pause, shares()));
            case TASKS -> controller.tasks.add(new Fault(event, now + pause, shares()));
            case ABORT_SHARED -> {
                if (builds.containsKey(event.choice())) {
                    builds.get(event.choice()).abortedWhenShared = true;
                }
            }
            case KILL_SHARED -> {
                controller.killPointWhenShared = Life.POINTS.get(event.choice() % Life.POINTS.size());
                controller.killPause = pause;
            }
            case LISTENERS -> controller.listeners.add(new Fault(event, now + pause, shares()));
        }
    }

    private static long begin(Step step) {
        return step.resumed;
    }

    private void build(Controller controller, int number, Account account) {
        if (controller.life == null) {
            return;
        }
        Random random = new Random(seed() * 1_000_003 + number);
        String instance = Account.INSTANCES.get(random.nextInt(4) / 3);
        String name = NAMES.get(random.nextInt(4) / 2);
        ImageRequest request = account.variant.request(retires() ? name + "-" + number : name, instance);
        boolean stop = random.nextInt(4) != 0 && (account.variant == Variant.STOPPED || random.nextBoolean());
        Options own = new Options(
                stop,
                random.nextInt(3) != 0,
                random.nextInt(3) == 0 ? Options.OnIncomplete.KEEP : Options.OnIncomplete.DELETE,
                random.nextInt(3) != 0
                        ? Options.IfNameExists.FAIL
                        : random.nextBoolean() ? Options.IfNameExists.SUFFIX : Options.IfNameExists.REUSE);
        CopyPlan copies = copiesOf(number, account);
        boolean unshared =
                account.variant.copiesByNameOnly() && !copies.copies().isEmpty();
        Options options = own.sharedWith(unshared ? List.of() : accountsOf(number));
        long timeout = 300 + random.nextInt(random.nextBoolean() ? 1200 : 5400);
        Instant wall = cloudTime().plusNanos(controller.ahead);
        Plan plan = new Plan(
                new BuildReference("build#" + number, "key-" + account.number, null),
                retires() ? options.retiring(Retirements.rule(seed(), number)) : options,
                new UUID(random.nextLong(), random.nextLong()).toString(),
                Mark.random(random),
                wall,
                wall.plusSeconds(timeout),
                null,
                copies,
                null);
        Creation creation = new Creation(
                new UUID(random.nextLong(), random.nextLong()).toString(),
                plan,
                request,
                null,
                Phase.PLANNED,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        Step step = new Step(number, account, creation, controller);
        plan.copies().copies().forEach(copy -> addCopy(step, copy));
        log(step + ": " + account.variant + " " + request.imageName() + " " + instance + " " + options + " for "
                + timeout + " s");
        begin(step, timeout);
    }

    private void begin(Step step, long timeout) {
        step.deadline = now + timeout * SECOND;
        step.resumed = now;
        step.kept = retires() && Retirements.isKept(seed(), step.number);
        builds.put(step.number, step);
        byKey.put(step.key(), step);
        step.controller.life.build(step);
        at(step.deadline + GRACE, () -> mustHaveEnded(step));
    }

    /** A build begins to delete an image, of its own controller or of whomever. */
    private void retire(Controller controller, int number, Account account) {
        if (controller.life == null || account.images.isEmpty()) {
            return;
        }
        Random random = new Random(seed() * 1_000_003 + number);
        List<Image> delivered =
                account.images.stream().filter(image -> image.delivered).toList();
        List<Image> choice = delivered.isEmpty() || random.nextInt(4) == 0 ? account.images : delivered;
        Image image = choice.get(random.nextInt(choice.size()));
        boolean ours = image.maker != null
                && image.maker.controller == controller
                && image.maker.told == Outcome.READY
                && image.id.equals(image.maker.toldId);
        Deletion deletion = new Deletion(
                image.id, ours ? image.maker.toString() : null, random.nextInt(4) != 0, random.nextInt(4) == 0);
        long timeout = 300 + random.nextInt(1800);
        Instant wall = cloudTime().plusNanos(controller.ahead);
        Plan plan = new Plan(
                new BuildReference("build#" + number, "key-" + account.number, null),
                Options.DEFAULTS,
                new UUID(random.nextLong(), random.nextLong()).toString(),
                Mark.random(random),
                wall,
                wall.plusSeconds(timeout),
                deletion,
                CopyPlan.NONE,
                null);
        ImageStatus.Ownership ownership = ours ? ImageStatus.Ownership.PROVEN : ImageStatus.Ownership.CONFIRMED;
        Creation creation = new Creation(
                new UUID(random.nextLong(), random.nextLong()).toString(),
                plan,
                account.variant.request(image.id, null),
                null,
                Phase.CHECKING,
                null,
                null,
                new ImageStatus(image.id, ownership, null, null, List.of(), false, null),
                null,
                null,
                null,
                null,
                null);
        Step step = new Step(number, account, creation, controller);
        log(step + " deletes " + image + ", " + deletion + " for " + timeout + " s");
        begin(step, timeout);
    }

    private void addCopy(Step step, PlannedCopy copy) {
        Plan plan = step.planned.plan();
        Plan own = new Plan(
                plan.build(),
                plan.options(),
                copy.token(),
                copy.mark(),
                plan.started(),
                plan.deadline(),
                null,
                CopyPlan.NONE,
                step.key());
        Creation planned = new Creation(
                copy.key(),
                own,
                CopyRequest.of(step.planned.request(), "its image", copy.target()),
                null,
                Phase.PLANNED,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        Step made = Step.copy(step, step.account.in(copy.target().region()), planned);
        copies.add(made);
        byKey.put(copy.key(), made);
    }

    private CopyPlan copiesOf(int number, Account account) {
        Random random = new Random(seed() * 37 + number);
        if (seed() < Scenario.COPYING || account.variant.capabilities.copies() == null || random.nextInt(5) == 0) {
            return CopyPlan.NONE;
        }
        // Where copies are retired, one that fails must not let those in the other region replace anything.
        boolean all = seed() >= Scenario.RETAINING_COPIES;
        int last = all ? Account.OTHER_REGIONS.size() : 1 + random.nextInt(Account.OTHER_REGIONS.size());
        return new CopyPlan(
                Account.OTHER_REGIONS.subList(all ? 0 : random.nextInt(last), last).stream()
                        .map(region -> new PlannedCopy(
                                new UUID(random.nextLong(), random.nextLong()).toString(),
                                new UUID(random.nextLong(), random.nextLong()).toString(),
                                Mark.random(random),
                                new CopyTarget(region)))
                        .toList(),
                random.nextBoolean());
    }

    private boolean shares() {
        return seed() >= Scenario.SHARING && !retires();
    }

    private boolean retires() {
        return seed() >= Scenario.RETAINING && seed() < Scenario.COPYING || seed() >= Scenario.RETAINING_COPIES;
    }

    boolean isKept(String build) {
        return builds.get(BuildReference.numberOf(build)).kept;
    }

    /** A step is told that its image is ready. */
    void delivered(Step step, Image image) {
        if (retires()) {
            Retirements.use(this, step, image);
        }
    }

    private List<String> accountsOf(int number) {
        Random random = new Random(seed() * 31 + number);
        if (!shares() || random.nextInt(4) == 0) {
            return List.of();
        }
        List<String> accounts = new ArrayList<>(OTHERS.subList(0, 1 + random.nextInt(OTHERS.size())));
        if (random.nextInt(4) == 0) {
            accounts.set(random.nextInt(accounts.size()), Account.REFUSED);
        }
        return accounts;
    }

    private void mustHaveEnded(Step step) {
        Controller controller = step.controller;
        if (step.told != null || !step.waits || step.lost || controller.life != null && controller.life.mute) {
            return;
        }
        long misled = step.restarted || step.misled > 0 ? controller.jumps : 0;
        long latest = Math.max(step.deadline + misled, controller.listenerFault + 60 * SECOND);
        latest = Math.max(latest, controller.taskFault + 180 * SECOND);
        if (step.restarted) {
            latest = Math.max(latest, step.resumed + 600 * SECOND + misled);
        }
        latest += GRACE;
        if (controller.life == null || begin(step) < 0) {
            latest = Math.max(latest, now + 900 * SECOND);
        }
        if (latest > now) {
            at(latest, () -> mustHaveEnded(step));
        } else if (controller.life.hasBegun(step)) {
            violated(step + " has not ended though its time is over");
        } else {
            at(now + 900 * SECOND, () -> mustHaveEnded(step));
        }
    }

    /** An image is about to be shared for a step. */
    void sharing(Step step) {
        if (step.abortedWhenShared) {
            step.abortedWhenShared = false;
            at(now, () -> abort(step.number));
        }
        Controller controller = step.controller;
        if (controller.killPointWhenShared != null) {
            controller.killPoint = controller.killPointWhenShared;
            controller.killPointWhenShared = null;
        }
    }

    private void abort(int number) {
        Step step = builds.get(number);
        if (step == null || !step.waits || step.lost) {
            return;
        }
        step.aborted = now;
        Life life = step.controller.life;
        if (life != null && life.hasBegun(step)) {
            life.engine.abort(step.key());
            expectEnd(step, life);
        }
    }

    void expectEnd(Step step, Life life) {
        at(now + 5 * SECOND, () -> {
            Controller controller = step.controller;
            boolean excused = life.dead
                    || life.mute
                    || controller.taskFault + 180 * SECOND > now
                    || controller.listenerFault + 180 * SECOND > now;
            if (step.told == null && step.waits && !step.lost && !excused) {
                violated(step + " was aborted and has not ended");
            }
        });
    }

    private void gone(int number) {
        Step step = builds.get(number);
        if (step != null && step.waits && !step.lost) {
            step.waits = false;
            Life life = step.controller.life;
            if (life != null && life.hasBegun(step)) {
                life.gone(step);
            }
        }
    }

    /** From now on nothing goes wrong, and whoever is dead comes back. */
    private void calm() {
        log("calm");
        for (Account account : accounts) {
            account.faults.clear();
            account.everywhere().forEach(each -> {
                each.staleUntil = -1;
                each.flapsUntil = -1;
                each.twiceUntil = -1;
                each.lateUntil = -1;
            });
            account.fallsBack = false;
        }
        for (Controller controller : controllers) {
            controller.saves.clear();
            controller.keys.clear();
            controller.tasks.clear();
            controller.listeners.clear();
            controller.killPoint = null;
            controller.killPointWhenShared = null;
            if (controller.life != null && controller.life.hung) {
                controller.kill(SECOND, "hung");
            }
            at(now + SECOND, controller::boot);
        }
    }

    /** Looks whether anything is left to do that could be done. */
    private void judge() {
        for (Step step : stepsAndCopies()) {
            if (violation == null && !step.lost) {
                judge(step);
            }
        }
        for (Account account : accounts) {
            account.instances.forEach((id, power) -> judgePower(account, id, power));
        }
        for (Controller controller : controllers) {
            controller.life.retirements().stream()
                    .filter(retirement -> !retirement.done() && !controller.life.isFenced(retirement))
                    .forEach(retirement -> violated(retirement.imageId() + " was to be retired and is not"));
        }
    }

    private void judge(Step step) {
        Creation record = step.controller.life.record(step.key());
        if (step.isCopy() && record == null && step.images.isEmpty()) {
            // The image was never ready.
            return;
        }
        if (step.waits && step.told == null) {
            violated(step + " was never told an end");
            return;
        }
        if (record == null) {
            violated(step + " has no record");
            return;
        }
        Image lost = step.images.stream()
                .filter(image -> !image.deleted && !image.renamed)
                .filter(image -> !image.id.equals(record.imageId()))
                .filter(image -> !record.candidates().contains(image.id))
                .findFirst()
                .orElse(null);
        if (step.fenced) {
            return;
        }
        if (record.deletion() != null) {
            judgeDeletion(step, record);
            return;
        }
        Capabilities capabilities = step.account.variant.capabilities;
        boolean marks = step.isCopy() ? capabilities.copies().ownershipMark() : capabilities.ownershipMark();
        boolean excused = !marks && (record.needsPerson() || cameLater(lost, step));
        if (lost != null && !step.touched && !excused) {
            violated("No record knows " + lost);
        }
        // A person decides about a copy that may be somebody else's; until then the step's record stays.
        boolean copyNeedsPerson = copies.stream()
                .filter(copy -> copy.source() == step)
                .map(copy -> step.controller.life.record(copy.key()))
                .anyMatch(copy -> copy != null && copy.needsPerson());
        if (!record.done() && !copyNeedsPerson) {
            violated(step + " is not done: " + record.phase() + " " + record.tasks());
        }
        boolean delete = step.planned.options().onIncomplete() == Options.OnIncomplete.DELETE;
        boolean incomplete = record.outcome() == Outcome.ABORTED
                || record.outcome() == Outcome.TIMED_OUT
                || record.outcome() == Outcome.FAILED
                || step.isCopy() && wasAborted(step.source());
        for (Image image : step.images) {
            boolean known = marks
                    || image.namedIn == step.controller.life
                    || image.id.equals(record.imageId()) && record.image().ownership() == ImageStatus.Ownership.PROVEN;
            boolean ready = image.id.equals(record.imageId())
                    && record.image().shares() != null
                    && record.outcome() != Outcome.ABORTED;
            // What another step has shared cannot be deleted.
            boolean held = image.sharers.stream().anyMatch(sharer -> sharer != step);
            if (delete && incomplete && known && !ready && !held && !image.deleted && !step.touched) {
                violated(image + " was to be deleted and is there");
            }
            boolean snapshot = image.retirer == null && step.account.snapshots.contains("snap-" + image.id);
            if (image.deleted && !image.deletedByPerson && snapshot && !step.touched) {
                violated("the snapshot of " + image + " was to be deleted and is there");
            }
        }
        for (CleanupTask task : record.tasks()) {
            boolean held = step.images.stream()
                    .anyMatch(image -> image.sharers.stream().anyMatch(sharer -> sharer != step));
            boolean resting = task.kind() == CleanupTask.Kind.RETIRE_OLDER && step.controller.life.isIndexFenced();
            if (task.state() == CleanupTask.State.NEEDS_PERSON
                    && task.kind() != CleanupTask.Kind.FIND_IMAGE
                    && !held
                    && !resting) {
                violated("Nobody need decide about " + task + " of " + step);
            }
        }
    }

    private void judgeDeletion(Step step, Creation record) {
        Image image = step.account.image(record.imageId());
        if (!record.done()) {
            violated(step + " is not done: " + record.phase() + " " + record.tasks());
        }
        if (record.image().deleted() && !image.deleted) {
            violated(step + " takes for deleted what is there: " + image);
        }
        boolean snapshot = step.account.snapshots.contains("snap-" + image.id);
        if (image.retirer == step
                && image.deleted
                && !image.deletedByPerson
                && snapshot
                && record.outcome() != Outcome.FAILED
                && !record.needsPerson()) {
            violated("the snapshot of " + image + " was to be deleted and is there");
        }
    }

    private static boolean wasAborted(Step step) {
        Creation record = step.controller.life.record(step.key());
        return record != null && !step.fenced && record.outcome() == Outcome.ABORTED;
    }

    /** Without marks, nothing tells that another image of the name was taken for the step's before its own was listed. */
    private static boolean cameLater(Image image, Step step) {
        return image != null && step.likelySince >= 0 && image.listedAt + STALE > step.likelySince;
    }

    private void judgePower(Account account, String id, Account.Power power) {
        Step stopper = power.stopper;
        if (violation == null
                && power.now() != PowerState.RUNNING
                && stopper != null
                && stopper.planned.options().startAfterwards()
                && !stopper.lost
                && !stopper.fenced) {
            violated(id + " was stopped by " + stopper + " and does not run again");
        }
    }
}
