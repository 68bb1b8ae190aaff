package io.jenkins.plugins.cloudimage.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsParameterDefinition;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who sees which keys in the form. */
@WithJenkins
class CredentialsFieldTest {
    private JenkinsRule jenkins;
    private Folder team;
    private FreeStyleProject job;

    /** A credential that holds no key. */
    public static class Certificate extends BaseStandardCredentials {
        private static final long serialVersionUID = 1L;

        Certificate(String id) {
            super(CredentialsScope.GLOBAL, id, "");
        }

        /** Its descriptor. */
        @TestExtension
        public static class DescriptorImpl extends BaseStandardCredentialsDescriptor {}
    }

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        List<Credentials> system = SystemCredentialsProvider.getInstance().getCredentials();
        system.add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "login", "", "AKID-1", "secret"));
        system.add(key("key", CredentialsScope.GLOBAL));
        system.add(key("system-key", CredentialsScope.SYSTEM));
        system.add(new Certificate("certificate"));
        team = jenkins.createProject(Folder.class, "team");
        FolderCredentialsProperty property = new FolderCredentialsProperty(new DomainCredentials[0]);
        team.addProperty(property);
        CredentialsStore store = property.getStore();
        store.addCredentials(Domain.global(), key("team-key", CredentialsScope.GLOBAL));
        job = team.createProject(FreeStyleProject.class, "bake");
    }

    private static StandardCredentials key(String id, CredentialsScope scope) {
        return new CloudAccessKeyImpl(scope, id, "", "AKID-2", Secret.fromString("secret"));
    }

    private static Set<String> ids(Item item, String current) {
        return CredentialsField.items(item, current).stream()
                .map(option -> option.value)
                .collect(Collectors.toSet());
    }

    private static FormValidation.Kind check(Item item, String id) {
        return CredentialsField.check(item, id).kind;
    }

    @Test
    void bothKindsOfKeysThatTheJobMayUseAreOffered() throws Exception {
        assertEquals(Set.of("", "login", "key", "team-key"), ids(job, ""));
        assertEquals(Set.of("", "login", "key"), ids(jenkins.createFreeStyleProject(), ""));
        assertEquals(Set.of("", "login", "key", "mine"), ids(jenkins.createFreeStyleProject(), "mine"));
    }

    @Test
    void aKeyThatMayNotBeUsedLooksLikeOneThatDoesNotExist() throws Exception {
        FreeStyleProject elsewhere = jenkins.createFreeStyleProject();
        assertEquals(FormValidation.Kind.OK, check(job, "team-key"));
        assertEquals(FormValidation.Kind.OK, check(elsewhere, "login"));
        String unknown = CredentialsField.check(elsewhere, "unknown").getMessage();
        for (String id : List.of("team-key", "system-key", "certificate")) {
            assertEquals(
                    unknown.replace("unknown", id),
                    CredentialsField.check(elsewhere, id).getMessage());
        }
        assertEquals(FormValidation.Kind.ERROR, check(elsewhere, ""));
        assertEquals(FormValidation.Kind.OK, check(elsewhere, "${KEY}"));
    }

    @Test
    void theJobsCredentialsParametersAreOffered() throws Exception {
        job.addProperty(new ParametersDefinitionProperty(
                new CredentialsParameterDefinition("KEY", null, "", StandardCredentials.class.getName(), true),
                new StringParameterDefinition("NAME", "web")));

        assertEquals(Set.of("", "login", "key", "team-key", "${KEY}"), ids(job, "${KEY}"));
    }

    private void authorize(MockAuthorizationStrategy strategy) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(strategy);
    }

    @Test
    void whoMayNotSeeCredentialsLearnsNothing() {
        authorize(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.DISCOVER)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("developer"));
        try (ACLContext reader = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertEquals(Set.of("current"), ids(job, "current"));
            assertEquals(Set.of("current"), ids(null, "current"));
            assertEquals(FormValidation.Kind.OK, check(job, "key"));
            assertEquals(FormValidation.Kind.OK, check(job, "unknown"));
            assertEquals(FormValidation.Kind.OK, check(null, "unknown"));
        }
        try (ACLContext developer = ACL.as2(User.getById("developer", true).impersonate2())) {
            assertEquals(Set.of("", "login", "key", "team-key"), ids(job, ""));
            assertEquals(Set.of("current"), ids(null, "current"));
        }
    }

    @Test
    void aJobThatRunsAsAUserOffersWhatThatUserMayUse() {
        authorize(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("trusted")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("guest"));
        MockQueueItemAuthenticator authenticator = new MockQueueItemAuthenticator();
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(authenticator);
        try (ACLContext admin = ACL.as2(User.getById("admin", true).impersonate2())) {
            authenticator.authenticate(
                    "team/bake", User.getById("trusted", true).impersonate2());
            assertEquals(Set.of("", "login", "key", "team-key"), ids(job, ""));
            assertEquals(FormValidation.Kind.OK, check(job, "team-key"));

            authenticator.authenticate("team/bake", User.getById("guest", true).impersonate2());
            assertEquals(Set.of(""), ids(job, ""));
            assertEquals(FormValidation.Kind.ERROR, check(job, "team-key"));
        }
    }

    @Test
    void aKeyIsListedOnce() {
        ListBoxModel items = CredentialsField.items(job, "key");

        assertEquals(items.size(), ids(job, "key").size());
    }
}
