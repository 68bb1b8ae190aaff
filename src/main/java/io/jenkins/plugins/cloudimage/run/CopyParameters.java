package io.jenkins.plugins.cloudimage.run;

import io.jenkins.plugins.cloudimage.config.ChosenEndpoint;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.CopySupport;
import io.jenkins.plugins.cloudimage.core.CopyTarget;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.creation.CopyPlan;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import java.util.List;
import java.util.function.UnaryOperator;

/** The copies that a step wants of its image. */
final class CopyParameters {
    private CopyParameters() {}

    /**
     * Plans the copies, checked against the request and the cloud.
     *
     * @param options what else the step wants of the image
     * @param expand replaces the variables in a text
     * @throws CloudException of kind {@link ErrorKind#INVALID_REQUEST} that names the parameter and the rule
     */
    static CopyPlan plan(
            ImageParameters parameters, ImageRequest request, Options options, UnaryOperator<String> expand)
            throws CloudException {
        Rules rules = new Rules();
        boolean mayFail = mayFail(rules, parameters.getCopyFailure());
        List<CopyTarget> targets = parameters.getCopyTo().stream()
                .map(target -> target.target(expand))
                .toList();
        if (!targets.isEmpty()) {
            check(rules, parameters, request, options, targets);
        }
        rules.check();
        return CopyPlan.of(targets, mayFail);
    }

    private static void check(
            Rules rules, ImageParameters parameters, ImageRequest request, Options options, List<CopyTarget> targets)
            throws CloudException {
        CloudProvider cloud = JenkinsClouds.get().of(request);
        CopySupport support = cloud.capabilities().copies();
        if (support == null) {
            throw CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                    .message(Messages.CopyParameters_none(CopySupport.FIELD, cloud.displayName()))
                    .advice(Messages.CopyParameters_remove(CopySupport.FIELD))
                    .exception();
        }
        support.check(rules, request, targets, !options.shareWith().isEmpty()).check();
        for (CopyTarget target : targets) {
            ChosenEndpoint.of(cloud, target.region(), parameters.getCloud().getEndpoint());
        }
    }

    private static boolean mayFail(Rules rules, String given) {
        boolean unstable = ImageParameters.COPY_UNSTABLE.equalsIgnoreCase(given);
        if (!unstable && !ImageParameters.DEFAULT_COPY_FAILURE.equalsIgnoreCase(given)) {
            String choices =
                    Messages.ImageParameters_or(ImageParameters.DEFAULT_COPY_FAILURE, ImageParameters.COPY_UNSTABLE);
            rules.error("copyFailure", Messages.ImageParameters_choice("copyFailure", given, choices));
        }
        return unstable;
    }
}
