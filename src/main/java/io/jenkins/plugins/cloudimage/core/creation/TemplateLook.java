package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.retention.MadeImage;
import io.jenkins.plugins.cloudimage.core.retention.Observed;
import io.jenkins.plugins.cloudimage.core.retention.Retention;
import java.util.List;
import java.util.Set;

/**
 * Looks which launch templates and scaling configurations name images. They are listed once, when the first image is looked at.
 */
final class TemplateLook {
    /** Only a person can change these, so the image stays and the build is told. Other failures pass. */
    private static final Set<ErrorKind> LASTING = Set.of(ErrorKind.PERMISSION, ErrorKind.INVALID_REQUEST);

    private final Cloud cloud;
    private final boolean compares;
    private List<ImageTemplate> listed;
    private CloudError failure;

    /**
     * @param rule the rule by which images are retired, or null if it does not compare templates
     */
    TemplateLook(@Nullable Retention rule, Cloud cloud) {
        this.cloud = cloud;
        this.compares = rule != null && rule.comparesTemplates();
    }

    /** Adds to what was seen of an image whether one of them names it. */
    Observed look(MadeImage image, Observed seen) throws CloudException {
        if (!compares) {
            return seen;
        }
        if (listed == null && failure == null) {
            list();
        }
        if (failure != null) {
            return seen.unlisted(failure);
        }
        return listed.stream()
                .filter(template -> template.names(image.id(), image.name()))
                .findFirst()
                .map(seen::named)
                .orElse(seen);
    }

    private void list() throws CloudException {
        try {
            listed = cloud.templates();
        } catch (CloudException e) {
            if (e.error().kind() == ErrorKind.NOT_FOUND) {
                // It is about a template that was deleted meanwhile, and not about the image.
                throw unavailable(e);
            }
            if (!LASTING.contains(e.error().kind())) {
                throw e;
            }
            failure = e.error();
        }
    }

    private static CloudException unavailable(CloudException e) {
        CloudError told = e.error();
        return CloudError.of(ErrorKind.UNAVAILABLE, told.sideEffect())
                .message(told.message())
                .advice(told.advice())
                .code(told.code(), told.requestId())
                .exception();
    }
}
