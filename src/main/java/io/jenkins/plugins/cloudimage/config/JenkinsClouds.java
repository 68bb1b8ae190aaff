package io.jenkins.plugins.cloudimage.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.PluginWrapper;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.roles.RoleTokens;
import io.jenkins.plugins.okhttp.api.JenkinsOkHttpClient;
import java.time.Clock;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import okhttp3.OkHttpClient;

/** The clouds, called through Jenkins' proxy. They are created on first use. */
@Extension
public final class JenkinsClouds {
    private HttpTransport transport;
    private Clouds clouds;
    private final RoleTokens tokens = new RoleTokens(Clock.systemUTC());

    /** The clouds. */
    public static Clouds get() {
        return ExtensionList.lookupSingleton(JenkinsClouds.class).clouds();
    }

    /**
     * The clouds for work in the background. A server that is down must not block its few threads.
     *
     * @return new ones, which know of no such server
     */
    public static Clouds background() {
        return new Clouds(
                ExtensionList.lookupSingleton(JenkinsClouds.class).transport().withCircuitBreakers(),
                Clock.systemUTC());
    }

    /** The temporary keys of roles, which all clouds share. */
    static RoleTokens tokens() {
        return ExtensionList.lookupSingleton(JenkinsClouds.class).tokens;
    }

    /**
     * The version of this plugin.
     *
     * @return as its package says, or {@code dev} where it runs from its classes
     */
    public static String pluginVersion() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(JenkinsClouds.class);
        return plugin == null ? "dev" : plugin.getVersionNumber().toString();
    }

    private synchronized Clouds clouds() {
        if (clouds == null) {
            clouds = new Clouds(transport(), Clock.systemUTC());
        }
        return clouds;
    }

    /** Changes the network. A test has a metadata service of its own, whose address cannot be configured. */
    synchronized void network(UnaryOperator<HttpTransport> change) {
        transport = change.apply(transport());
        clouds = null;
    }

    private synchronized HttpTransport transport() {
        if (transport == null) {
            OkHttpClient proxied =
                    JenkinsOkHttpClient.newClientBuilder(new OkHttpClient()).build();
            transport = new HttpTransport(
                    proxied.proxySelector(), proxied.proxyAuthenticator(), "jenkins-cloud-image/" + pluginVersion());
        }
        return transport;
    }
}
