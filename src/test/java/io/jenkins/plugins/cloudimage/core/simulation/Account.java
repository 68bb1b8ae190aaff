package io.jenkins.plugins.cloudimage.core.simulation;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The truth about an account at a cloud. */
final class Account {
    static final List<String> INSTANCES = List.of("ins-1", "ins-2");
    /** The regions into which images are copied. */
    static final List<String> OTHER_REGIONS = List.of("there", "yonder");
    /** The account with which no image is shared. */
    static final String REFUSED = "99999";

    final int number;
    final Variant variant;
    final List<Fault> faults;
    private final String prefix;
    private final Map<String, Account> others = new TreeMap<>();
    final List<Image> images = new ArrayList<>();
    final Set<String> snapshots = new LinkedHashSet<>();
    final Map<String, Power> instances = new TreeMap<>();
    /** The images of the instances' system disks; those that are missing use a public one. */
    final Map<String, String> bootedFrom = new TreeMap<>();

    /** The images that launch templates name. */
    final Map<String, String> templates = new TreeMap<>();

    private final World world;
    private final Random random;
    long staleFrom;
    long staleUntil = -1;
    long flapsUntil = -1;
    long lateUntil = -1;
    long late;
    long twiceUntil = -1;
    boolean fallsBack;
    private int lists;
    /** When a call went wrong last. */
    long wrong = Long.MIN_VALUE / 2;

    /** The power of an instance. */
    final class Power {
        PowerState state = PowerState.RUNNING;
        private PowerState next = PowerState.RUNNING;
        private long changed;
        /** Who stopped it last. */
        Step stopper;

        PowerState now() {
            if (state == PowerState.CHANGING && changed <= world.now()) {
                state = next;
            }
            return state;
        }

        private void change(PowerState to) {
            state = PowerState.CHANGING;
            next = to;
            changed = world.now() + (5 + random.nextInt(60)) * World.SECOND;
        }
    }

    Account(World world, int number, long seed) {
        this(world, number, Fault.none(), "img-" + number + "-", new Random(seed * 31 + number));
        INSTANCES.forEach(id -> instances.put(id, new Power()));
        for (String region : OTHER_REGIONS) {
            Random chance = new Random(seed * 31 + number + region.hashCode());
            others.put(region, new Account(world, number, faults, "img-" + number + region + "-", chance));
        }
    }

    private Account(World world, int number, List<Fault> faults, String prefix, Random random) {
        this.world = world;
        this.number = number;
        this.variant = Variant.values()[number / 2];
        this.faults = faults;
        this.prefix = prefix;
        this.random = random;
    }

    /** The same account in another region; people only come to the first one. */
    Account in(String region) {
        return others.getOrDefault(region, this);
    }

    /** All regions of the account. */
    List<Account> everywhere() {
        List<Account> all = new ArrayList<>(others.values());
        all.add(this);
        return all;
    }

    /** The image can be deleted again once the copy is made. */
    CreateAnswer copy(CopyRequest request, Step step) throws CloudException {
        Image source = existing(request.imageId());
        if (source.state(world.now()) != ImageState.READY) {
            throw error(ErrorKind.BUSY, SideEffect.NONE);
        }
        return in(request.region()).receive(request, source, step);
    }

    private CreateAnswer receive(CopyRequest request, Image source, Step step) throws CloudException {
        if (variant.capabilities.idempotencyToken()) {
            for (Image image : images) {
                if (image.maker == step) {
                    return new CreateAnswer(image.id, "req", false);
                }
            }
        }
        boolean same = variant.copiesByNameOnly();
        if (variant.capabilities.uniqueNames() && !same && bears(request.imageName())) {
            throw error(ErrorKind.NAME_TAKEN, SideEffect.NONE);
        }
        boolean marked = variant.capabilities.copies().ownershipMark();
        String name = same ? source.name : request.imageName();
        Image image = add(name, null, marked ? request.description() : source.description, step);
        source.copies.add(image);
        world.made(step, image);
        return new CreateAnswer(variant.namesId ? image.id : null, "req", false);
    }

    static CloudException error(ErrorKind kind, SideEffect sideEffect) {
        return CloudError.of(kind, sideEffect)
                .message("simulated " + kind)
                .code(kind == ErrorKind.UNAVAILABLE ? null : "Simulated." + kind, null)
                .exception();
    }

    CreateAnswer create(ImageRequest request, Step step) throws CloudException {
        if (variant.capabilities.idempotencyToken()) {
            for (Image image : images) {
                if (image.maker == step) {
                    return new CreateAnswer(image.id, "req", false);
                }
            }
        }
        if (variant.capabilities.uniqueNames() && bears(request.imageName())) {
            throw error(ErrorKind.NAME_TAKEN, SideEffect.NONE);
        }
        Power power = instances.get(request.instanceId());
        if (variant.capabilities.stoppedSource() && power.now() != PowerState.STOPPED) {
            throw error(ErrorKind.INVALID_REQUEST, SideEffect.NONE);
        }
        Image image = add(request.imageName(), request.instanceId(), request.description(), step);
        world.made(step, image);
        return new CreateAnswer(variant.namesId ? image.id : null, "req", false);
    }

    private boolean bears(String name) {
        return images.stream().anyMatch(image -> !image.deleted && image.name.equals(name));
    }

    private Image add(String name, String instance, String description, Step maker) {
        long now = world.now();
        Image image = new Image(prefix + images.size(), name, instance, description, world.cloudTime(), maker, now);
        image.readyAt = now + (20 + random.nextInt(random.nextBoolean() ? 300 : 2400)) * World.SECOND;
        image.fails = random.nextInt(7) == 0;
        image.hasSnapshot = variant.leavesSnapshots();
        if (lateUntil >= now) {
            image.listedAt = now + late;
        }
        images.add(image);
        if (image.hasSnapshot) {
            snapshots.add("snap-" + image.id);
        }
        world.log("made " + image);
        return image;
    }

    void personMakes(String name, String instance) {
        if (!variant.capabilities.uniqueNames() || !bears(name)) {
            add(name, instance, "by hand", null);
        }
    }

    void personDeletes(int choice) {
        List<Image> all = images.stream().filter(image -> !image.deleted).toList();
        if (!all.isEmpty()) {
            Image image = all.get(choice % all.size());
            image.deletedByPerson = true;
            touch(image);
            gone(image);
            snapshots.remove("snap-" + image.id);
        }
    }

    void personRenames(int choice, String name) {
        List<Image> all = images.stream().filter(image -> !image.deleted).toList();
        if (!all.isEmpty() && !(variant.capabilities.uniqueNames() && bears(name))) {
            Image image = all.get(choice % all.size());
            world.log("a person renames " + image + " to " + name);
            image.name = name;
            image.renamed = true;
            touch(image);
        }
    }

    private static void touch(Image image) {
        if (image.maker != null) {
            image.maker.touched = true;
        }
    }

    private void gone(Image image) {
        image.deleted = true;
        image.deletedAt = world.now();
        world.log("deleted " + image);
    }

    List<CloudImage> list(Predicate<Image> filter) {
        long now = world.now();
        long seen = now <= staleUntil ? staleFrom : now;
        lists++;
        List<CloudImage> found = new ArrayList<>();
        for (Image image : images) {
            boolean visible = image.listedAt <= seen && image.deletedAt > seen && image.madeAt <= seen;
            boolean flaps = now <= flapsUntil && lists % 2 == 0;
            if (visible && !flaps && filter.test(image)) {
                found.add(image.describe(seen, variant.capabilities.ownershipMark()));
                if (now <= twiceUntil) {
                    found.add(image.describe(seen, variant.capabilities.ownershipMark()));
                }
            }
        }
        return found;
    }

    List<String> instancesUsing(String imageId) {
        return bootedFrom.entrySet().stream()
                .filter(instance -> instance.getValue().equals(imageId))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether a look at the shares of an image tells that there are any. */
    boolean isSeenShared(Image image) {
        long seen = world.now() <= staleUntil ? staleFrom : world.now();
        return image.shares.values().stream().anyMatch(since -> since <= seen);
    }

    Image image(String id) {
        return images.stream().filter(image -> image.id.equals(id)).findFirst().orElse(null);
    }

    void delete(String id) throws CloudException {
        Image image = image(id);
        if (image == null || image.deleted) {
            throw error(ErrorKind.NOT_FOUND, SideEffect.NONE);
        }
        boolean copied =
                image.copies.stream().anyMatch(copy -> !copy.deleted && copy.state(world.now()) == ImageState.PENDING);
        if (variant == Variant.STOPPED && (copied || image.state(world.now()) == ImageState.PENDING)) {
            throw error(ErrorKind.BUSY, SideEffect.NONE);
        }
        if (!image.shares.isEmpty()) {
            throw error(ErrorKind.INVALID_REQUEST, SideEffect.NONE);
        }
        // Some deletions are accepted and then not carried out.
        if (random.nextInt(8) != 0) {
            gone(image);
        }
    }

    /** An instance boots from an image, or another disk replaces its disk. */
    void boots(int choice) {
        String instance = INSTANCES.get(choice % INSTANCES.size());
        if (images.isEmpty() || choice / 8 % 3 == 0) {
            bootedFrom.remove(instance);
        } else {
            bootedFrom.put(instance, images.get(choice / 2 % images.size()).id);
        }
        world.log("instances use " + bootedFrom);
    }

    /** Where snapshots are left, the accounts before the wrong one are shared with, elsewhere none is. */
    void share(String id, List<String> others, Step sharer) throws CloudException {
        Image image = existing(id);
        if (image.state(world.now()) != ImageState.READY) {
            throw error(ErrorKind.INVALID_REQUEST, SideEffect.NONE);
        }
        boolean whole = !variant.leavesSnapshots();
        if (whole && others.contains(REFUSED)) {
            throw error(ErrorKind.INVALID_REQUEST, SideEffect.NONE);
        }
        for (String other : others) {
            if (other.equals(REFUSED)) {
                throw error(ErrorKind.INVALID_REQUEST, SideEffect.NONE);
            }
            image.shares.putIfAbsent(other, world.now());
            image.sharers.add(sharer);
        }
        world.log("shared " + image + " with " + others);
    }

    void unshare(String id, List<String> others) throws CloudException {
        Image image = existing(id);
        if (!image.shares.keySet().containsAll(others)) {
            throw error(ErrorKind.INVALID_REQUEST, SideEffect.NONE);
        }
        image.shares.keySet().removeAll(others);
        world.log("no longer shared: " + image + " with " + others);
    }

    List<String> sharedWith(String id) throws CloudException {
        long seen = world.now() <= staleUntil ? staleFrom : world.now();
        return existing(id).shares.entrySet().stream()
                .filter(share -> share.getValue() <= seen)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Image existing(String id) throws CloudException {
        Image image = image(id);
        if (image == null || image.deleted) {
            throw error(ErrorKind.NOT_FOUND, SideEffect.NONE);
        }
        return image;
    }

    List<String> snapshotsLeftBy(String id) throws CloudException {
        Image image = image(id);
        if (image == null || image.deleted) {
            if (variant == Variant.STOPPED) {
                throw error(ErrorKind.NOT_FOUND, SideEffect.NONE);
            }
            return List.of();
        }
        return image.hasSnapshot ? List.of("snap-" + id) : List.of();
    }

    void deleteSnapshot(String id) throws CloudException {
        Image image = image(id.substring("snap-".length()));
        if (image != null && !image.deleted) {
            throw error(ErrorKind.BUSY, SideEffect.NONE);
        }
        if (!snapshots.remove(id)) {
            throw error(ErrorKind.NOT_FOUND, SideEffect.NONE);
        }
    }

    void stop(String instance, Step stopper) {
        Power power = instances.get(instance);
        power.stopper = stopper;
        if (random.nextInt(3) == 0) {
            // A system takes its time until it listens.
            world.at(world.now() + random.nextInt(40) * World.SECOND, () -> stop(power));
        } else {
            stop(power);
        }
    }

    private static void stop(Power power) {
        if (power.now() == PowerState.RUNNING) {
            power.change(PowerState.STOPPED);
        }
    }

    void start(String instance) {
        Power power = instances.get(instance);
        if (power.now() == PowerState.STOPPED) {
            power.change(fallsBack ? PowerState.STOPPED : PowerState.RUNNING);
            fallsBack = false;
        }
    }
}
