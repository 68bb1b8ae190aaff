package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Problem;
import java.util.List;
import java.util.function.Function;

/**
 * Applies the core's rules to a field of a form. A value with a build variable in it is judged only when the
 * build runs.
 *
 * @param path where the field is in the request, for example {@code dataDisks[0].}, or empty; the form shows that itself
 */
public record FieldCheck(
        String path, String field, @CheckForNull String value) {

    /** Checks a parameter of the request itself. */
    public FieldCheck(String field, @CheckForNull String value) {
        this("", field, value);
    }

    /** Whether the value is known only in a build. */
    static boolean hasVariable(@CheckForNull String value) {
        return value != null && value.contains("$");
    }

    /**
     * Selects the problems of the field.
     *
     * @return the first error, else the first warning, else ok
     */
    public FormValidation by(ImageRequest request) {
        return by(request.problems());
    }

    /**
     * Selects the problems of the field.
     *
     * @return the first error, else the first warning, else ok
     */
    public FormValidation by(List<Problem> problems) {
        if (hasVariable(value)) {
            return FormValidation.ok();
        }
        return problems.stream()
                .filter(problem -> problem.field().equals(path + field))
                .min((a, b) -> a.severity().compareTo(b.severity()))
                .map(this::show)
                .orElse(FormValidation.ok());
    }

    /**
     * Selects the problems of a numeric field, which cannot contain a variable.
     *
     * @param request makes a request with the number, or with null where the field is empty
     * @return the first error, else the first warning, else ok
     */
    public FormValidation byNumber(Function<Integer, ImageRequest> request) {
        String text = Util.fixEmptyAndTrim(value);
        try {
            return by(request.apply(text == null ? null : Integer.valueOf(text)));
        } catch (NumberFormatException e) {
            return FormValidation.error(Messages.FieldCheck_noNumber(field, text));
        }
    }

    private FormValidation show(Problem problem) {
        String message = problem.message();
        String shown = message.startsWith(path) ? message.substring(path.length()) : message;
        return problem.severity() == Problem.Severity.ERROR
                ? FormValidation.error(shown)
                : FormValidation.warning(shown);
    }
}
