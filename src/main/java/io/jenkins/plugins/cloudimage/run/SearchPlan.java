package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.TagFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A search of a build. It breaks no rule, and its variables are expanded.
 *
 * @param place says with its region and its settings of the connection where to look; the rest of it is empty or ignored
 * @param endpoint the name of the administrator's endpoint, or null for the cloud's own
 * @param job the name of the job that made the image, or null for any
 */
public record SearchPlan(
        ImageRequest place,
        @CheckForNull String endpoint,
        String credentialsId,
        ImageQuery query,
        @CheckForNull String job,
        String variable,
        boolean failIfNone) {

    /**
     * Checks what can be checked without a call.
     *
     * @param expandPlace expands the build's variables in the parameters of the cloud
     * @param expand expands the build's variables in a text
     * @throws CloudImageException if a parameter breaks a rule, or the cloud cannot find images by it
     */
    public static SearchPlan of(
            SearchParameters parameters, UnaryOperator<ImageRequest> expandPlace, UnaryOperator<String> expand)
            throws CloudImageException {
        try {
            VariableName.check(parameters.getVariable());
            return check(parameters, expandPlace, text -> {
                String given = Util.fixEmptyAndTrim(text);
                return given == null ? null : Util.fixEmptyAndTrim(expand.apply(given));
            });
        } catch (CloudException e) {
            throw new CloudImageException(e.error());
        }
    }

    private static SearchPlan check(
            SearchParameters parameters, UnaryOperator<ImageRequest> expandPlace, UnaryOperator<String> expand)
            throws CloudException {
        CloudSettings cloud = parameters.getCloud();
        Rules rules = new Rules();
        if (cloud == null) {
            rules.required("cloud", null, Messages.SearchPlan_cloud());
        }
        rules.required("credentialsId", parameters.getCredentialsId(), Messages.ImageParameters_credentialsId());
        rules.check();
        ImageRequest place = expandPlace.apply(Objects.requireNonNull(cloud).request("", null));
        String tag = expand.apply(parameters.getTag());
        SearchPlan plan = new SearchPlan(
                place,
                cloud.getEndpoint(),
                parameters.getCredentialsId(),
                new ImageQuery(
                        expand.apply(parameters.getNamePrefix()),
                        expand.apply(parameters.getImageFamily()),
                        tag == null ? null : TagFilter.of(tag),
                        null),
                expand.apply(parameters.getJob()),
                parameters.getVariable(),
                parameters.isFailIfNone());
        rules.region(place.region());
        plan.checkCriteria(rules);
        rules.check();
        return plan;
    }

    private void checkCriteria(Rules rules) {
        Map<String, String> criteria = criteria();
        if (criteria.isEmpty()) {
            rules.error("namePrefix", Messages.SearchPlan_noCriterion());
        }
        criteria.forEach((field, value) -> {
            if (value.contains("${")) {
                rules.error(field, Messages.SearchPlan_literal(field, value));
            }
        });
        String problem = problem(provider(), query.imageFamily(), query.tag());
        if (problem != null) {
            rules.error(query.imageFamily() == null ? "tag" : "imageFamily", problem);
        }
        TagFilter tag = query.tag();
        if (tag != null && tag.key().isEmpty()) {
            rules.error("tag", Messages.SearchPlan_noKey(tag));
        }
    }

    /**
     * Says why a cloud cannot find an image by a criterion.
     *
     * @return a sentence, or null if it can
     */
    @CheckForNull
    public static String problem(CloudProvider cloud, @CheckForNull String imageFamily, @CheckForNull TagFilter tag) {
        if (imageFamily != null && !cloud.capabilities().criteria().contains(ImageQuery.Criterion.IMAGE_FAMILY)) {
            return Messages.SearchPlan_noFamilies(cloud.displayName());
        }
        return tag == null || cloud.capabilities().criteria().contains(ImageQuery.Criterion.TAG)
                ? null
                : Messages.SearchPlan_noTags(cloud.displayName());
    }

    CloudProvider provider() {
        return JenkinsClouds.get().of(place);
    }

    private Map<String, String> criteria() {
        Map<String, String> criteria = new LinkedHashMap<>();
        criteria.put("namePrefix", query.namePrefix());
        criteria.put("imageFamily", query.imageFamily());
        TagFilter tag = query.tag();
        criteria.put("tag", tag == null ? null : tag.toString());
        criteria.put("job", job);
        criteria.values().removeIf(Objects::isNull);
        return criteria;
    }

    /** The criteria as a Jenkinsfile writes them. */
    String text() {
        return criteria().entrySet().stream()
                .map(criterion -> criterion.getKey() + ": '" + criterion.getValue() + "'")
                .collect(Collectors.joining(", "));
    }
}
