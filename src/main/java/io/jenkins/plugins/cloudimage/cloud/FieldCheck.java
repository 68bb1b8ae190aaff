package io.jenkins.plugins.cloudimage.cloud;

import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Problem;
import java.util.List;

/**
 * Shows a field of a form what the core's rules say of it. A value with a build variable in it is judged only when the
 * build runs.
 *
 * @param field the parameter
 * @param value what was typed
 */
public record FieldCheck(String field, String value) {

    /**
     * Picks what concerns the field.
     *
     * @param request a request with the field as it was typed
     * @return the first error, else the first warning, else ok
     */
    public FormValidation by(ImageRequest request) {
        return by(request.problems());
    }

    /**
     * Picks what concerns the field.
     *
     * @param problems problems of any fields
     * @return the first error, else the first warning, else ok
     */
    public FormValidation by(List<Problem> problems) {
        if (value != null && value.contains("$")) {
            return FormValidation.ok();
        }
        return problems.stream()
                .filter(problem -> problem.field().equals(field))
                .min((a, b) -> a.severity().compareTo(b.severity()))
                .map(problem -> problem.severity() == Problem.Severity.ERROR
                        ? FormValidation.error(problem.message())
                        : FormValidation.warning(problem.message()))
                .orElse(FormValidation.ok());
    }
}
