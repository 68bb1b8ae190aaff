package io.jenkins.plugins.cloudimage.core.simulation;

import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a process sees of an account, through a network that loses and delays. */
final class Client implements Cloud {
    /** No request is on its way for longer; an engine that waits this long may rely on it. */
    private static final long LONGEST_WAY = 50;

    private final Life life;
    private final Account account;
    private Instant time;

    Client(Life life, Account account) {
        this.life = life;
        this.account = account;
    }

    private interface Work<T> {
        T run() throws CloudException;
    }

    private <T> T call(String operation, Work<T> work) throws CloudException {
        life.point("before call");
        time = null;
        World world = life.world();
        Fault fault = Fault.of(account.faults, operation, world.now());
        life.stall(life.random().nextInt(1500) * World.SECOND / 1000);
        if (fault != null) {
            account.wrong = world.now();
            world.log(life + ": " + operation + " " + fault.mode);
            return wrong(fault, work);
        }
        try {
            time = world.cloudTime();
            return work.run();
        } finally {
            life.point("after call");
        }
    }

    private <T> T wrong(Fault fault, Work<T> work) throws CloudException {
        World world = life.world();
        switch (fault.mode) {
            case REFUSED -> throw Account.error(ErrorKind.THROTTLED, SideEffect.NONE);
            case UNREACHED -> throw Account.error(ErrorKind.UNAVAILABLE, SideEffect.NONE);
            case UNAVAILABLE -> throw Account.error(ErrorKind.UNAVAILABLE, SideEffect.POSSIBLE);
            case UNKNOWN -> throw Account.error(ErrorKind.UNKNOWN_ANSWER, SideEffect.POSSIBLE);
            case LOST -> {
                ignoring(work);
                throw Account.error(ErrorKind.UNAVAILABLE, SideEffect.POSSIBLE);
            }
            case LATER -> {
                long way = Math.min(fault.seconds, LONGEST_WAY) * World.SECOND;
                world.at(world.now() + way, () -> ignoring(work));
                throw Account.error(ErrorKind.UNAVAILABLE, SideEffect.POSSIBLE);
            }
            case THROWS -> throw Fault.sneaky(fault.thrown());
            case THROWS_AFTER -> {
                ignoring(work);
                throw Fault.sneaky(fault.thrown());
            }
            case SLOW -> life.stall(fault.seconds * World.SECOND);
            case HANGS -> life.hang();
        }
        return work.run();
    }

    private void ignoring(Work<?> work) {
        try {
            work.run();
        } catch (CloudException e) {
            // Nobody hears of it.
        }
        life.hears(null);
    }

    @Override
    public CreateAnswer create(ImageRequest request, String token) throws CloudException {
        Step step = life.world().stepOf(token);
        life.mayCreate(step);
        life.world().log(life + ": " + step + " asks for " + request.imageName());
        return call("create", () -> {
            CreateAnswer answer = account.create(request, step);
            if (answer.imageId() != null) {
                life.hears(account.image(answer.imageId()));
            }
            return answer;
        });
    }

    @Override
    public CreateAnswer copy(CopyRequest request, String token) throws CloudException {
        Step step = life.world().stepOf(token);
        life.mayCreate(step);
        life.mayCopy(account, request, step);
        life.world().log(life + ": " + step + " asks for a copy of " + request.imageId());
        return call("create", () -> {
            CreateAnswer answer = account.copy(request, step);
            if (answer.imageId() != null) {
                life.hears(account.in(request.region()).image(answer.imageId()));
            }
            return answer;
        });
    }

    @Override
    public List<CloudImage> describe(Collection<String> imageIds) throws CloudException {
        return call("describe", () -> account.list(image -> imageIds.contains(image.id)));
    }

    @Override
    public List<CloudImage> findByName(String name) throws CloudException {
        return call("find", () -> account.list(image -> image.name.equals(name)));
    }

    @Override
    public List<CloudImage> find(ImageQuery query) throws CloudException {
        return call(
                "find",
                () -> account.list(image -> true).stream()
                        .filter(image -> query.matches(image, null, Map.of()))
                        .toList());
    }

    @Override
    public void delete(String imageId) throws CloudException {
        life.mayDelete(account, imageId);
        call("delete", () -> {
            account.delete(imageId);
            return null;
        });
    }

    @Override
    public List<String> instancesUsing(String imageId) throws CloudException {
        return call("power", () -> {
            List<String> instances = account.instancesUsing(imageId);
            life.looked(imageId, instances);
            return instances;
        });
    }

    @Override
    public List<ImageTemplate> templates() throws CloudException {
        return call(
                "power",
                () -> account.templates.entrySet().stream()
                        .map(each ->
                                new ImageTemplate(ImageTemplate.Kind.LAUNCH_TEMPLATE, each.getKey(), each.getValue()))
                        .toList());
    }

    @Override
    public List<String> snapshotsLeftBy(String imageId) throws CloudException {
        return call("snapshot", () -> account.snapshotsLeftBy(imageId));
    }

    @Override
    public void deleteSnapshot(String snapshotId) throws CloudException {
        life.mayDeleteSnapshot(account, snapshotId);
        call("snapshot", () -> {
            account.deleteSnapshot(snapshotId);
            return null;
        });
    }

    @Override
    public void share(String imageId, List<String> accounts) throws CloudException {
        Step sharer = life.mayShare(account, imageId, accounts);
        call("share", () -> {
            account.share(imageId, accounts, sharer);
            return null;
        });
    }

    @Override
    public void unshare(String imageId, List<String> accounts) throws CloudException {
        life.mayUnshare(account, imageId, accounts);
        call("share", () -> {
            account.unshare(imageId, accounts);
            return null;
        });
    }

    @Override
    public List<String> sharedWith(String imageId) throws CloudException {
        return call("share", () -> account.sharedWith(imageId));
    }

    @Override
    public PowerState powerState(String instanceId) throws CloudException {
        return call("power", () -> account.instances.get(instanceId).now());
    }

    @Override
    public void stop(String instanceId) throws CloudException {
        Step stopper = life.mayStop(account, instanceId);
        life.world().log(life + ": " + stopper + " stops " + instanceId);
        call("stop", () -> {
            account.stop(instanceId, stopper);
            return null;
        });
    }

    @Override
    public void start(String instanceId) throws CloudException {
        life.mayStart(account, instanceId);
        life.world().log(life + ": starts " + instanceId);
        call("start", () -> {
            account.start(instanceId);
            return null;
        });
    }

    @Override
    public Optional<Quota> quota() throws CloudException {
        return call("quota", Optional::empty);
    }

    @Override
    public Optional<Instant> time() {
        return Optional.ofNullable(time);
    }

    @Override
    public String probe() throws CloudException {
        return call("probe", () -> "probe");
    }
}
