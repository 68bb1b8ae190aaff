package io.jenkins.plugins.cloudimage.cloud;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.cloudimage.simulator.FakeIdentityProvider;
import java.time.Clock;
import java.time.Duration;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** A secret text as a plugin for OpenID Connect provides it: each reading is a new token, whose subject is the build's job. */
public class BuildToken extends BaseStandardCredentials implements StringCredentials {
    private static final long serialVersionUID = 1L;

    private static final FakeIdentityProvider PROVIDER = new FakeIdentityProvider(Clock.systemUTC());

    private final String audience;
    private final String job;

    BuildToken(String id, String audience) {
        this(id, audience, "");
    }

    private BuildToken(String id, String audience, String job) {
        super(CredentialsScope.GLOBAL, id, "");
        this.audience = audience;
        this.job = job;
    }

    @Override
    public Credentials forRun(Run<?, ?> context) {
        return new BuildToken(getId(), audience, context.getParent().getUrl());
    }

    @Override
    public Secret getSecret() {
        return Secret.fromString(PROVIDER.token("https://jenkins.example.org/" + job, audience, Duration.ofMinutes(5)));
    }
}
