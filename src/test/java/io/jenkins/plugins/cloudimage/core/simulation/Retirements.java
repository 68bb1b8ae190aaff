package io.jenkins.plugins.cloudimage.core.simulation;

import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.retention.Retention;
import java.util.Random;

/** The rules of retention, as the truth tells them. */
final class Retirements {
    private static final String OTHER = "20001";

    private Retirements() {}

    /** What a build wants to retire, or null. */
    static Retention rule(long seed, int number) {
        Random random = new Random(seed * 37 + number);
        boolean compares = new Random(seed * 47 + number).nextInt(3) > 0;
        return random.nextInt(6) == 0
                ? null
                : new Retention(1 + random.nextInt(2), null, random.nextInt(8) == 0, compares);
    }

    static boolean isKept(long seed, int number) {
        return new Random(seed * 41 + number).nextInt(6) == 0;
    }

    /** What people do with an image that was delivered. */
    static void use(World world, Step step, Image image) {
        int place = step.isCopy() ? step.planned.request().region().hashCode() : 0;
        Random random = new Random(world.seed() * 43 + step.number + place);
        long later = world.now() + random.nextInt(2 * 3600) * World.SECOND;
        switch (random.nextInt(6)) {
            case 0 -> world.at(later, () -> share(world, image));
            case 1 ->
                world.at(later, () -> {
                    share(world, image);
                    world.at(later + 1800 * World.SECOND, () -> image.shares.remove(OTHER));
                });
            case 2 ->
                world.at(later, () -> {
                    if (!image.deleted) {
                        world.log("an instance uses " + image);
                        step.account.bootedFrom.put("user-" + step.number, image.id);
                    }
                });
            case 3 ->
                world.at(later, () -> {
                    if (!image.deleted) {
                        world.log("a template names " + image);
                        step.account.templates.put("lt-" + step.number, image.id);
                    }
                });
            default -> {
                // Nobody needs it for more than its own build.
            }
        }
    }

    private static void share(World world, Image image) {
        if (!image.deleted) {
            world.log("a person shares " + image);
            image.shares.put(OTHER, world.now());
        }
    }

    /** Why a controller must not retire an image, or null. */
    static String protection(World world, Controller controller, Account account, Image image, Creation retirement) {
        Step maker = image.maker.now();
        if (maker.controller != controller || maker.told != Outcome.READY || !image.id.equals(maker.toldId)) {
            return "it has not made";
        }
        if (!maker.proven) {
            return "is not proven to be its own";
        }
        if (maker.kept) {
            return "is of a build that is kept forever";
        }
        if (!account.instancesUsing(image.id).isEmpty()) {
            return "an instance uses";
        }
        if (account.isSeenShared(image)) {
            return "is shared";
        }
        if (account.templates.containsValue(image.id) && compares(world, retirement)) {
            return "a template names";
        }
        return isBeyondRule(world, account, image) ? null : "no rule allows to retire";
    }

    /** Whether the build that retires an image wants templates to be compared. */
    private static boolean compares(World world, Creation retirement) {
        for (Step step : world.steps()) {
            Retention rule = step.planned.options().retention();
            if (rule != null && rule.comparesTemplates() && step.planned.build().equals(retirement.build())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBeyondRule(World world, Account account, Image image) {
        long newer = account.images.stream()
                .filter(other -> isNewer(world, other, image))
                .count();
        for (Step step : world.stepsAndCopies()) {
            Retention rule = step.planned.options().retention();
            boolean asks = rule != null
                    && !rule.dryRun()
                    && step.account == account
                    && step.controller == image.maker.controller
                    && isReady(step)
                    && step.number > image.maker.number
                    && series(step).equals(series(image.maker));
            if (asks && newer >= rule.keep()) {
                return true;
            }
        }
        return false;
    }

    /** What a person has deleted since then counts. */
    private static boolean isNewer(World world, Image other, Image image) {
        return other.maker != null
                && other.maker.now().controller == image.maker.controller
                && other.maker.number > image.maker.number
                && series(other.maker).equals(series(image.maker))
                && isReady(other.maker)
                && isProven(other.maker)
                && other.state(world.now()) == ImageState.READY
                && (!other.deleted || other.deletedByPerson);
    }

    /** Whether it was told so, or will be because that is on disk; a copy counts with its source. */
    private static boolean isReady(Step step) {
        return step.told == null
                ? isSavedReady(step) && (!step.isCopy() || isSavedReady(step.source()))
                : step.told == Outcome.READY && step.toldId != null;
    }

    private static boolean isSavedReady(Step step) {
        Creation record = step.controller.life.record(step.key());
        return record != null && record.outcome() == Outcome.READY;
    }

    private static boolean isProven(Step step) {
        return step.told == null
                ? step.controller.life.record(step.key()).image().ownership() == ImageStatus.Ownership.PROVEN
                : step.proven;
    }

    private static String series(Step step) {
        String name = step.planned.request().imageName();
        return name.substring(0, name.lastIndexOf('-'));
    }
}
