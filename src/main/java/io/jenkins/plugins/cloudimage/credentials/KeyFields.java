package io.jenkins.plugins.cloudimage.credentials;

import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import java.util.function.Function;

/** Checks the fields of credentials by the domain's own rules, without revealing anything about a stored secret. */
final class KeyFields {
    private static final String GOOD = "good";

    private KeyFields() {}

    static FormValidation checkId(String value) {
        return check(value, id -> new AccessKey(id, GOOD, null));
    }

    static FormValidation checkSecret(String value) {
        return isStored(value) ? FormValidation.ok() : check(value, secret -> new AccessKey(GOOD, secret, null));
    }

    static FormValidation checkToken(String value) {
        return isStored(value) ? FormValidation.ok() : check(value, token -> new AccessKey(GOOD, GOOD, token));
    }

    /** Makes an object of a value; its constructor has the rules. */
    static FormValidation check(String value, Function<String, ?> rule) {
        try {
            rule.apply(value);
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** A form contains a stored secret in encrypted form. The check reveals nothing about it, not even whether it is well-formed. */
    private static boolean isStored(String value) {
        return Secret.decrypt(value) != null;
    }
}
