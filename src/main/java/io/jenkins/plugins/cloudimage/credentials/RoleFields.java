package io.jenkins.plugins.cloudimage.credentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudRole;
import io.jenkins.plugins.cloudimage.core.RoleService;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/** Checks the fields of a role by the rules of all clouds, and then by those of the cloud that its name belongs to. */
final class RoleFields {
    /** A name with the shape of all clouds' names, for the checks of the other fields. */
    private static final String GOOD = "role/any";

    private static final AccessKey KEY = new AccessKey("good", "good", null);

    private RoleFields() {}

    static FormValidation checkName(String value) {
        return KeyFields.check(value, name -> role(name, null, null, CloudRole.DEFAULT_SECONDS));
    }

    static FormValidation checkExternalId(String value, @CheckForNull String roleName) {
        return check(value, roleName, (name, id) -> role(name, id, null, CloudRole.DEFAULT_SECONDS));
    }

    static FormValidation checkPolicy(String value, @CheckForNull String roleName) {
        return check(value, roleName, (name, policy) -> role(name, null, policy, CloudRole.DEFAULT_SECONDS));
    }

    /**
     * @param seconds an accepted number
     */
    static FormValidation checkDuration(String seconds, @CheckForNull String roleName) {
        return check(seconds, roleName, (name, value) -> role(name, null, null, Integer.parseInt(value)));
    }

    private static FormValidation check(
            String value, @CheckForNull String roleName, BiFunction<String, String, CloudRole> role) {
        FormValidation general = KeyFields.check(value, text -> role.apply(GOOD, text));
        if (general.kind != FormValidation.Kind.OK || checkName(roleName).kind != FormValidation.Kind.OK) {
            return general;
        }
        CloudRole whole = role.apply(roleName, value);
        Optional<RoleService> service = JenkinsClouds.get().all().stream()
                .flatMap(cloud -> cloud.roles().stream())
                .filter(each -> each.account(whole.name()).isPresent())
                .findFirst();
        try {
            if (service.isPresent()) {
                service.get().check(KEY, whole);
            }
            return general;
        } catch (CloudException e) {
            return FormValidation.error(e.error().text());
        }
    }

    private static CloudRole role(
            @CheckForNull String name, @CheckForNull String externalId, @CheckForNull String policy, int seconds) {
        return new CloudRole(name, externalId, policy, Duration.ofSeconds(seconds), "any");
    }
}
