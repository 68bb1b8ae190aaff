package io.jenkins.plugins.cloudimage.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsParameterDefinition;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParametersDefinitionProperty;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;

/** The field of a form in which a key is chosen. It shows credentials only to users who may use or see them. */
public final class CredentialsField {
    private CredentialsField() {}

    /**
     * Offers the keys that the builds of a job may use, and the job's own credentials parameters.
     *
     * @param item the job, or null outside of one
     * @param current the present value
     * @return the choices; only the present value to those who may not see credentials
     */
    public static ListBoxModel items(@CheckForNull Item item, String current) {
        StandardListBoxModel items = new StandardListBoxModel();
        if (!maySee(item)) {
            return items.includeCurrentValue(current);
        }
        addMatching(items, item, AccessKeys.KINDS);
        addParameters(items, item);
        return items.includeCurrentValue(current);
    }

    /**
     * Offers the credentials that can hold an OpenID Connect token.
     *
     * @param item the folder whose credential is edited, or null outside of one
     * @param current the present value
     * @return the choices; only the present value to those who may not see credentials
     */
    static ListBoxModel tokens(@CheckForNull Item item, String current) {
        StandardListBoxModel items = new StandardListBoxModel();
        if (maySee(item)) {
            addMatching(items, item, OidcTokens.KINDS);
        }
        return items.includeCurrentValue(current);
    }

    private static void addMatching(StandardListBoxModel items, @CheckForNull Item item, CredentialsMatcher kinds) {
        items.includeEmptyValue();
        LookupPlace.authentications(item)
                .forEach(authentication ->
                        items.includeMatchingAs(authentication, item, StandardCredentials.class, List.of(), kinds));
    }

    private static void addParameters(ListBoxModel items, @CheckForNull Item item) {
        ParametersDefinitionProperty parameters =
                item instanceof Job<?, ?> job ? job.getProperty(ParametersDefinitionProperty.class) : null;
        if (parameters == null) {
            return;
        }
        for (ParameterDefinition parameter : parameters.getParameterDefinitions()) {
            if (parameter instanceof CredentialsParameterDefinition) {
                String name = parameter.getName();
                items.add(Messages.CredentialsField_parameter(name), "${" + name + "}");
            }
        }
    }

    /**
     * Checks the choice without using it.
     *
     * @param item the job, or null outside of one
     * @param value the credential's id, or {@code ${NAME}}
     * @return whether there is such a key; nothing to those who may not see credentials
     */
    public static FormValidation check(@CheckForNull Item item, @CheckForNull String value) {
        String id = Util.fixEmptyAndTrim(value);
        if (!maySee(item) || isVariable(id)) {
            return FormValidation.ok();
        }
        if (id == null) {
            return FormValidation.error(Messages.CredentialsField_missing());
        }
        return LookupPlace.of(item).find(id, AccessKeys.KINDS, List.of()) == null
                ? FormValidation.error(Messages.CredentialsField_unknown(id))
                : FormValidation.ok();
    }

    /**
     * Whether the credential is known only in a build.
     *
     * @return true for {@code ${NAME}}
     */
    public static boolean isVariable(@CheckForNull String credentialsId) {
        return credentialsId != null && credentialsId.startsWith("${");
    }

    private static boolean maySee(@CheckForNull Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
