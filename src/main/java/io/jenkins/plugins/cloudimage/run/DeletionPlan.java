package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Rules;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A deletion that a build wants. It breaks no rule, and its variables are expanded.
 *
 * @param place says with its region and its settings of the connection where the image is; the rest of it is empty or ignored
 * @param endpoint the name of the administrator's endpoint, or null for the cloud's own
 * @param job the name of the job that made the image, or null for the build's own
 */
public record DeletionPlan(
        ImageRequest place,
        @CheckForNull String endpoint,
        String credentialsId,
        String imageId,
        @CheckForNull String job,
        boolean notOurs,
        boolean force) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

    /**
     * Checks what can be checked without a call.
     *
     * @param expandPlace expands the build's variables in the parameters of the cloud
     * @param expand expands the build's variables in a text
     * @throws CloudImageException if a parameter breaks a rule, or the cloud cannot do it
     */
    public static DeletionPlan of(
            DeletionParameters parameters, UnaryOperator<ImageRequest> expandPlace, UnaryOperator<String> expand)
            throws CloudImageException {
        try {
            return check(parameters, expandPlace, text -> {
                String given = Util.fixEmptyAndTrim(text);
                return given == null ? null : Util.fixEmptyAndTrim(expand.apply(given));
            });
        } catch (CloudException e) {
            throw new CloudImageException(e.error());
        }
    }

    private static DeletionPlan check(
            DeletionParameters parameters, UnaryOperator<ImageRequest> expandPlace, UnaryOperator<String> expand)
            throws CloudException {
        CloudSettings cloud = parameters.getCloud();
        String imageId = expand.apply(parameters.getImageId());
        Rules rules = new Rules();
        if (cloud == null) {
            rules.required("cloud", null, Messages.SearchPlan_cloud());
        }
        rules.required("credentialsId", parameters.getCredentialsId(), Messages.ImageParameters_credentialsId());
        rules.required("imageId", imageId, Messages.DeletionPlan_imageId());
        rules.check();
        ImageRequest place = expandPlace.apply(Objects.requireNonNull(cloud).request("", null));
        DeletionPlan plan = new DeletionPlan(
                place,
                cloud.getEndpoint(),
                parameters.getCredentialsId(),
                Objects.requireNonNull(imageId),
                expand.apply(parameters.getJob()),
                parameters.isNotOurs(),
                parameters.isForce());
        rules.region(place.region());
        problem(rules, "imageId", imageProblem(plan.imageId()));
        problem(rules, "force", plan.force() ? forceProblem(plan.provider()) : null);
        rules.check();
        return plan;
    }

    private static void problem(Rules rules, String field, @CheckForNull String problem) {
        if (problem != null) {
            rules.error(field, problem);
        }
    }

    /** Says why a text cannot be the id of an image: a sentence, or null if it can. */
    @CheckForNull
    public static String imageProblem(String imageId) {
        return ID.matcher(imageId).matches() ? null : Messages.DeletionPlan_noId(imageId);
    }

    /** Says why a cloud does not delete images that are in use: a sentence, or null if it does. */
    @CheckForNull
    public static String forceProblem(CloudProvider cloud) {
        return cloud.deletesUsedImages() ? null : Messages.DeletionPlan_noForce(cloud.displayName());
    }

    CloudProvider provider() {
        return JenkinsClouds.get().of(place);
    }
}
