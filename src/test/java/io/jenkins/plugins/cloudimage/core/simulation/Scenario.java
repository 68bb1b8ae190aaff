package io.jenkins.plugins.cloudimage.core.simulation;

import io.jenkins.plugins.cloudimage.core.simulation.Event.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** All that happens in a world from outside; what is left after some of it is taken away is a scenario too. */
record Scenario(long seed, List<Event> events) {
    static final int CONTROLLERS = 2;
    /** Two for each kind of cloud. */
    static final int ACCOUNTS = 2 * Variant.values().length;
    /** How long things happen; then nobody touches anything for a day. */
    static final long STORM = 4 * 3600;

    private static final Kind[] WRONG = {
        Kind.CALLS, Kind.CALLS, Kind.CALLS, Kind.CALLS, Kind.SAVES, Kind.SAVES, Kind.KEYS, Kind.TASKS, Kind.LISTENERS
    };

    /** Seeds from here on make worlds in which troubles meet that are rare elsewhere. */
    static final long FOCUSED = 1L << 32;

    /** Seeds from here on make worlds in which images are shared. */
    static final long SHARING = 1L << 33;

    /** Seeds from here on make worlds in which builds delete images too. */
    static final long RETIRING = 1L << 34;

    /** Seeds from here on make worlds in which images are retired. */
    static final long RETAINING = 1L << 35;

    /** Seeds from here on make worlds in which images are copied as well as shared; builds of one half delete images too. */
    static final long COPYING = 1L << 36;

    /** Seeds from here on make worlds in which images are retired, and so are their copies. */
    static final long RETAINING_COPIES = 1L << 37;

    static Scenario of(long seed) {
        if (seed >= RETAINING_COPIES) {
            return retaining(seed);
        }
        if (seed >= COPYING) {
            Scenario world = sharing(seed % 2 == 0 ? wild(seed) : focused(seed));
            return seed % 4 < 2 ? world : retiring(world);
        }
        if (seed >= RETAINING) {
            return retaining(seed);
        }
        if (seed >= RETIRING) {
            return retiring(seed % 2 == 0 ? wild(seed) : focused(seed));
        }
        if (seed >= SHARING) {
            return sharing(seed % 2 == 0 ? wild(seed) : focused(seed));
        }
        return seed >= FOCUSED ? focused(seed) : wild(seed);
    }

    /** The same world with troubles that come while an image is shared. */
    private static Scenario sharing(Scenario world) {
        Random random = new Random(world.seed() * 31);
        List<Event> events = new ArrayList<>(world.events());
        for (Event build : world.events()) {
            if (build.kind() != Kind.BUILD) {
                continue;
            }
            long soon = build.at() + 1;
            int account = (int) build.seconds();
            if (random.nextInt(4) == 0) {
                events.add(new Event(soon, Kind.ABORT_SHARED, build.target(), build.choice(), 0));
            }
            if (random.nextInt(2) == 0) {
                int choice = random.nextInt(1 << 16);
                events.add(new Event(soon, Kind.KILL_SHARED, build.target(), choice, 1 + random.nextInt(600)));
            }
            if (random.nextInt(2) == 0) {
                events.add(new Event(soon, Kind.CALLS, account, Fault.ofShares(random), 2 * 3600));
            }
        }
        events.sort(Comparator.comparingLong(Event::at));
        return new Scenario(world.seed(), List.copyOf(events));
    }

    /** The same world with builds that delete its images, and troubles while they do. */
    private static Scenario retiring(Scenario world) {
        Random random = new Random(world.seed() * 37);
        List<Event> events = new ArrayList<>(world.events());
        int number = 100;
        for (Event build : world.events()) {
            if (build.kind() != Kind.BUILD) {
                continue;
            }
            int account = (int) build.seconds();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                int own = number++;
                long at = build.at() + 60 + random.nextInt(random.nextBoolean() ? 900 : 5400);
                events.add(new Event(at, Kind.RETIRE, build.target(), own, account));
                int fate = random.nextInt(6);
                if (fate < 2) {
                    events.add(new Event(
                            at + random.nextInt(20), fate == 0 ? Kind.ABORT : Kind.GONE, build.target(), own, 0));
                }
                if (random.nextInt(2) == 0) {
                    int choice = random.nextInt(1 << 16);
                    events.add(new Event(at - 5 + random.nextInt(60), Kind.BOOT, account, choice, 0));
                }
                for (int troubles = random.nextInt(3); troubles > 0; troubles--) {
                    events.add(trouble(random, at + random.nextInt(100), account, build.target()));
                }
            }
        }
        events.sort(Comparator.comparingLong(Event::at));
        return new Scenario(world.seed(), List.copyOf(events));
    }

    /**
     * The seed of a world in a row of which every other one is wild. Of 16 worlds, three are focused, and one each
     * shares, deletes, copies and retires images, and retires copies.
     */
    static long seed(long number) {
        if (number % 2 == 0) {
            return number / 2;
        }
        return switch ((int) (number % 16)) {
            case 3 -> SHARING + number / 16;
            case 7 -> RETIRING + number / 16;
            case 11 -> COPYING + number / 16;
            case 13 -> RETAINING_COPIES + number / 16;
            case 15 -> RETAINING + number / 16;
            default -> FOCUSED + number / 4;
        };
    }

    /** Builds of one job follow each other, in one account. */
    private static Scenario retaining(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        List<Event> events = new ArrayList<>();
        int account = random.nextInt(ACCOUNTS);
        int builds = 4 + random.nextInt(5);
        long at = 10;
        for (int number = 1; number <= builds; number++) {
            at += random.nextInt((int) STORM / builds);
            int controller = random.nextInt(8) == 0 ? 1 : 0;
            events.add(new Event(at, Kind.BUILD, controller, number, account));
            for (int i = random.nextInt(random.nextBoolean() ? 2 : 5); i > 0; i--) {
                events.add(trouble(random, at + random.nextInt(2400), account, controller));
            }
        }
        events.sort(Comparator.comparingLong(Event::at));
        return new Scenario(seed, List.copyOf(events));
    }

    private static Scenario focused(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        List<Event> events = new ArrayList<>();
        int account = random.nextInt(ACCOUNTS);
        long at = 200 + random.nextInt(100);
        events.add(new Event(at, Kind.BUILD, 0, 0, account));
        for (int i = random.nextInt(3); i > 0; i--) {
            // Rivals come at the same time or when the first one is well under way.
            long later = random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(600);
            events.add(new Event(at + later, Kind.BUILD, 0, i, account));
        }
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            events.addAll(recipe(random, at, account));
        }
        events.sort(Comparator.comparingLong(Event::at));
        return new Scenario(seed, List.copyOf(events));
    }

    private static List<Event> recipe(Random random, long at, int account) {
        int choice = random.nextInt(1 << 16);
        long soon = at + random.nextInt(60);
        long late = at + random.nextInt(1500);
        long pause = 1 + random.nextInt(300);
        Event create = new Event(at - 1, Kind.CALLS, account, Fault.ofCreates(random), 1800);
        return switch (random.nextInt(12)) {
            case 0, 1 ->
                List.of(
                        create,
                        new Event(soon, Kind.HUMAN_CREATE, account, choice, 0),
                        new Event(at + random.nextInt(300), Kind.HUMAN_CREATE, account, choice / 7, 0));
            case 2 -> List.of(create, new Event(at - 1, Kind.LATE, account, 1 + random.nextInt(240), 600));
            case 3 ->
                // Images of both names are there before, and lists do not show them yet.
                List.of(
                        create,
                        new Event(at - 99, Kind.LATE, account, 100 + random.nextInt(140), 90),
                        new Event(at - 90, Kind.HUMAN_CREATE, account, 0, 0),
                        new Event(at - 80, Kind.HUMAN_CREATE, account, 1, 0));
            case 4 -> List.of(create, new Event(soon, Kind.ABORT, 0, 0, 0));
            case 5 -> List.of(new Event(soon, Kind.ABORT, 0, 0, 0));
            case 6 ->
                // The step is on disk, and then the disk is slow.
                List.of(new Event(at, Kind.SAVES, 0, choice, pause), new Event(soon, Kind.ABORT, 0, 0, 0));
            case 7 -> List.of(new Event(at + random.nextInt(5), Kind.KILL_AT, 0, choice, pause));
            case 8 -> List.of(new Event(late, Kind.COPY, 0, choice, pause), new Event(late, Kind.ABORT, 0, 0, 0));
            case 9 -> List.of(new Event(soon, Kind.TASKS, 0, choice, 3600), new Event(late, Kind.GONE, 0, 0, 0));
            case 10 -> List.of(new Event(at + random.nextInt(200), Kind.TASKS, 0, choice, 100));
            default ->
                List.of(
                        new Event(late, Kind.ABORT, 0, 0, 0),
                        new Event(late + 1 + random.nextInt(120), Kind.TASKS, 0, choice, 3600));
        };
    }

    private static Scenario wild(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        List<Event> events = new ArrayList<>();
        // A world has few accounts in use, or its builds would hardly meet.
        int first = random.nextInt(ACCOUNTS);
        int second = random.nextBoolean() ? first : random.nextInt(ACCOUNTS);
        int builds = 1 + random.nextInt(6);
        for (int number = 0; number < builds; number++) {
            int account = random.nextInt(3) == 0 ? second : first;
            long at = random.nextInt((int) STORM / 2);
            int controller = random.nextInt(4) == 0 ? 1 : 0;
            events.add(new Event(at, Kind.BUILD, controller, number, account));
            int fate = random.nextInt(6);
            if (fate < 2) {
                long when = random.nextInt(4) == 0 ? random.nextInt(10) : random.nextInt(3600);
                events.add(new Event(at + when, fate == 0 ? Kind.ABORT : Kind.GONE, controller, number, 0));
            }
            for (int i = random.nextInt(5); i > 0; i--) {
                events.add(trouble(random, at + random.nextInt(random.nextBoolean() ? 60 : 2400), account, controller));
            }
        }
        events.sort(Comparator.comparingLong(Event::at));
        return new Scenario(seed, List.copyOf(events));
    }

    private static Event trouble(Random random, long at, int account, int controller) {
        int choice = random.nextInt(1 << 16);
        long pause = 1 + (random.nextInt(20) == 0 ? 90_000 : random.nextInt(600));
        return switch (random.nextInt(26)) {
            case 0, 1 -> new Event(at, Kind.KILL, controller, choice, pause);
            case 2, 3, 4 -> new Event(at, Kind.KILL_AT, controller, choice, pause);
            case 5 -> new Event(at, Kind.POWER_LOSS, controller, choice, pause);
            case 6 -> new Event(at, Kind.COPY, controller, choice, pause);
            case 7 -> new Event(at, Kind.BACKUP, controller, choice, 0);
            case 8 -> new Event(at, Kind.RESTORE, controller, choice, pause);
            case 9 ->
                new Event(
                        at,
                        Kind.CLOCK,
                        controller,
                        choice,
                        (random.nextBoolean() ? 1 : -1) * (long) random.nextInt(4 * 3600));
            case 10, 11 -> new Event(at, Kind.HUMAN_CREATE, account, choice, 0);
            case 12 -> new Event(at, Kind.HUMAN_DELETE, account, choice, 0);
            case 13 -> new Event(at, Kind.HUMAN_RENAME, account, choice, 0);
            case 14 -> new Event(at, Kind.STALE, account, choice, 1 + random.nextInt(90));
            case 15 -> new Event(at, Kind.FLAP, account, choice, 1 + random.nextInt(1200));
            case 16 -> new Event(at, Kind.LATE, account, 1 + random.nextInt(90), 1 + random.nextInt(1800));
            case 17 -> new Event(at, Kind.TWICE, account, choice, 1 + random.nextInt(1800));
            case 18 -> new Event(at, Kind.FALL_BACK, account, choice, 0);
            default -> {
                Kind kind = WRONG[random.nextInt(WRONG.length)];
                int target = kind == Kind.CALLS ? account : controller;
                yield new Event(at, kind, target, choice, 1 + random.nextInt(random.nextInt(4) == 0 ? 3600 : 300));
            }
        };
    }

    Scenario without(int from, int to) {
        List<Event> rest = new ArrayList<>(events);
        rest.subList(from, to).clear();
        return new Scenario(seed, List.copyOf(rest));
    }
}
