package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.CallerIdentity;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.KeySource;
import io.jenkins.plugins.cloudimage.core.Purpose;
import java.util.List;
import java.util.Map;

/**
 * What a test of a key found out, for the form.
 *
 * @param proven the permission that the call needed
 * @param identity who the key is, or the one that assumes the role; null if that is not known
 * @param unknown why it is not known, or null if it is or the cloud has no call for it
 */
record ProbeReport(
        CloudProvider provider,
        KeySource key,
        String proven,
        @CheckForNull CallerIdentity identity,
        @CheckForNull CloudError unknown) {

    FormValidation toValidation() {
        FormValidation works = FormValidation.okWithMarkup(works() + who() + untested());
        return identity != null && identity.root()
                ? FormValidation.aggregate(List.of(works, FormValidation.warning(Messages.ProbeReport_root())))
                : works;
    }

    private String works() {
        return Util.escape(Messages.ProbeReport_works(provider.displayName(), proven));
    }

    private String who() {
        StringBuilder lines = new StringBuilder();
        if (key instanceof KeySource.Assumed assumed) {
            lines.append(line(Messages.ProbeReport_role(assumed.role().name())));
        }
        if (key instanceof KeySource.OfInstance own) {
            lines.append(line(Messages.ProbeReport_instanceRole(own.role().roleName())));
        }
        if (identity != null) {
            lines.append(line(
                    key instanceof KeySource.Assumed
                            ? Messages.ProbeReport_source(identity.account(), identity.name())
                            : Messages.ProbeReport_identity(identity.account(), identity.name())));
        }
        if (unknown != null) {
            lines.append(line(Messages.ProbeReport_unknown(unknown.text())));
        }
        return lines.toString();
    }

    private String untested() {
        Map<Purpose, List<String>> others = provider.permissions().without(proven);
        StringBuilder list = new StringBuilder(line(Messages.ProbeReport_untested())).append("<ul>");
        others.forEach((purpose, permissions) -> list.append("<li>")
                .append(Util.escape(needed(purpose, String.join(", ", permissions))))
                .append("</li>"));
        return list.append("</ul>").toString();
    }

    private static String line(String text) {
        return "<div>" + Util.escape(text) + "</div>";
    }

    private static String needed(Purpose purpose, String permissions) {
        return switch (purpose) {
            case CREATE -> Messages.ProbeReport_create(permissions);
            case TAG -> Messages.ProbeReport_tag(permissions);
            case POWER -> Messages.ProbeReport_power(permissions);
            case QUOTA -> Messages.ProbeReport_quota(permissions);
            case COPY -> Messages.ProbeReport_copy(permissions);
            case SHARE -> Messages.ProbeReport_share(permissions);
            case DELETE -> Messages.ProbeReport_delete(permissions);
            case USAGE -> Messages.ProbeReport_usage(permissions);
            case TEMPLATES -> Messages.ProbeReport_templates(permissions);
        };
    }
}
