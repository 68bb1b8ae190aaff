package io.jenkins.plugins.cloudimage.core.creation;

import static io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists.FAIL;
import static io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists.REUSE;

import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.creation.DryRunCheck.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The calls of a dry run. They only read, except for the create call where the cloud can check it without making an
 * image.
 *
 * @param request the request as it would be sent
 * @param copied whether the image would be copied to other regions
 * @param token the token of the create call
 */
record DryRunCalls(ImageRequest request, Options options, boolean copied, Capabilities capabilities, String token) {

    /**
     * Makes the calls. A check that fails does not stop the others, so that the user sees all problems at once.
     *
     * @throws CloudException if a call fails and can be retried
     */
    List<DryRunCheck> run(Cloud cloud) throws CloudException {
        List<DryRunCheck> checks = new ArrayList<>();
        checks.add(DryRunCheck.passed(Subject.PARAMETERS, Messages.DryRun_parameters()));
        checks.add(check(Subject.NAME, true, () -> name(cloud.findByName(request.imageName()))));
        String instance = request.instanceId();
        if (Rules.isGiven(instance)) {
            boolean needed = options.stopInstance() || capabilities.stoppedSource();
            checks.add(check(Subject.INSTANCE, needed, () -> instance(instance, cloud.powerState(instance))));
        }
        checks.add(check(Subject.QUOTA, false, () -> quota(cloud.quota())));
        checks.add(check(Subject.CREATE_CALL, true, () -> createCall(cloud)));
        if (options.stopInstance() || copied || !options.shareWith().isEmpty()) {
            checks.add(DryRunCheck.notChecked(Subject.OTHER_CALLS, Messages.DryRun_otherCalls()));
        }
        return checks;
    }

    /** A check that makes a call. */
    private interface Check {
        DryRunCheck make() throws CloudException;
    }

    /**
     * @param needed whether a creation makes the call too, so that it has to be allowed
     */
    private static DryRunCheck check(Subject subject, boolean needed, Check check) throws CloudException {
        try {
            return check.make();
        } catch (CloudException e) {
            if (e.error().kind().isRetryable()) {
                throw e;
            }
            return !needed && e.error().kind() == ErrorKind.PERMISSION
                    ? DryRunCheck.notChecked(subject, e.error().message())
                    : DryRunCheck.failed(subject, e.error());
        }
    }

    private DryRunCheck name(List<CloudImage> namesakes) {
        if (namesakes.isEmpty()) {
            return DryRunCheck.passed(Subject.NAME, Messages.DryRun_nameFree(request.imageName(), request.region()));
        }
        Options.IfNameExists wish = options.ifNameExists();
        boolean usable = namesakes.stream().anyMatch(image -> image.state() != ImageState.FAILED);
        if (wish == FAIL || wish == REUSE && !usable) {
            return DryRunCheck.failed(Subject.NAME, Planning.nameTaken(request, namesakes));
        }
        String ids = Planning.ids(namesakes);
        return DryRunCheck.passed(
                Subject.NAME,
                wish == REUSE
                        ? Messages.DryRun_reuse(request.imageName(), ids)
                        : Messages.DryRun_suffix(request.imageName(), ids));
    }

    private DryRunCheck instance(String id, PowerState power) {
        return switch (power) {
            case RUNNING ->
                capabilities.stoppedSource() && !options.stopInstance()
                        ? DryRunCheck.failed(Subject.INSTANCE, Preparing.running(id))
                        : DryRunCheck.passed(
                                Subject.INSTANCE,
                                options.stopInstance()
                                        ? Messages.DryRun_runningAndStopped(id)
                                        : Messages.DryRun_running(id));
            case STOPPED -> DryRunCheck.passed(Subject.INSTANCE, Messages.DryRun_stopped(id));
            case CHANGING -> DryRunCheck.notChecked(Subject.INSTANCE, Messages.DryRun_changing(id));
            default -> DryRunCheck.failed(Subject.INSTANCE, Preparing.noSource(id));
        };
    }

    private DryRunCheck quota(Optional<Quota> quota) {
        if (quota.isEmpty() || quota.get().limit() <= 0) {
            return DryRunCheck.notChecked(Subject.QUOTA, Messages.DryRun_noQuota());
        }
        return quota.get().isUsedUp()
                ? DryRunCheck.failed(Subject.QUOTA, Preparing.usedUp(request, quota.get()))
                : DryRunCheck.passed(
                        Subject.QUOTA,
                        Messages.DryRun_quota(quota.get().used(), quota.get().limit()));
    }

    private DryRunCheck createCall(Cloud cloud) throws CloudException {
        ImageRequest checked = request.withDryRun();
        if (!checked.dryRun()) {
            return DryRunCheck.notChecked(Subject.CREATE_CALL, Messages.DryRun_noDryRun());
        }
        cloud.create(checked, token);
        return DryRunCheck.passed(Subject.CREATE_CALL, Messages.DryRun_createCall());
    }
}
