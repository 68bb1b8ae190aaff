package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.creation.BuildReference;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Deletion;
import java.util.List;
import java.util.Set;
import org.springframework.security.core.Authentication;

/** Plans the deletion of images for builds. */
public final class ImageDeletions {
    /** What the records say of an image that a build has made for certain. */
    private static final Set<String> OURS = Set.of("proven", "confirmed");

    private ImageDeletions() {}

    /** A build that has made the image, or copied it, and with which account if that is known. */
    private record Proof(String build, @CheckForNull String account) {}

    /**
     * Looks whose image it is and saves the plan of its deletion. It may read many builds of a job, so it is not for the
     * thread of a pipeline.
     *
     * @param builder as whom the build runs
     * @return the deletion, in the ledger
     * @throws CloudImageException if the job is unknown, nothing proves that this controller made the image, or the key is
     *     missing; nothing was sent
     */
    public static Creation plan(Run<?, ?> run, DeletionPlan plan, Authentication builder) throws CloudImageException {
        try {
            Proof proof = proof(run, plan, builder);
            if (proof == null && !plan.notOurs()) {
                throw CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                        .message(Messages.ImageDeletions_unproven(
                                plan.imageId(),
                                plan.job() == null ? run.getParent().getFullName() : plan.job()))
                        .advice(Messages.ImageDeletions_nameJob())
                        .exception();
            }
            return CreationService.get()
                    .planDeletion(
                            run,
                            new BuildReference(run.getExternalizableId(), plan.credentialsId(), plan.endpoint()),
                            plan.place(),
                            new Deletion(
                                    plan.imageId(), proof == null ? null : proof.build(), plan.notOurs(), plan.force()),
                            proof == null ? null : proof.account());
        } catch (CloudException e) {
            throw new CloudImageException(e.error());
        }
    }

    @CheckForNull
    private static Proof proof(Run<?, ?> run, DeletionPlan plan, Authentication builder) throws CloudException {
        Job<?, ?> other = plan.job() == null ? null : JobImages.find(run, plan.job(), builder);
        Proof own = proof(run.getParent(), plan);
        return own != null || other == null ? own : proof(other, plan);
    }

    @CheckForNull
    private static Proof proof(Job<?, ?> job, DeletionPlan plan) {
        for (Run<?, ?> run : job.getBuilds().limit(JobImages.BUILDS)) {
            CloudImageAction action = run.getAction(CloudImageAction.class);
            List<ImageEntry> images = action == null ? List.of() : action.getImages();
            for (ImageEntry image : images) {
                if (isMade(image, plan)) {
                    return new Proof(run.getExternalizableId(), image.account());
                }
            }
        }
        return null;
    }

    private static boolean isMade(ImageEntry image, DeletionPlan plan) {
        return image.getCloud().equals(plan.provider().id())
                && !image.isInherited()
                && (isMade(plan, image.getId(), image.getRegion(), image.getOwnership())
                        || image.getCopies().stream()
                                .anyMatch(copy -> isMade(plan, copy.getId(), copy.getRegion(), copy.getOwnership())));
    }

    private static boolean isMade(
            DeletionPlan plan, @CheckForNull String id, String region, @CheckForNull String ownership) {
        return plan.imageId().equals(id)
                && region.equals(plan.place().region())
                && ownership != null
                && OURS.contains(ownership);
    }
}
