package io.jenkins.plugins.cloudimage.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.http.PrivateCa;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * An address of a cloud that an administrator vouches for: an internal domain, a gateway, a simulator. Jobs choose it by
 * its name; they never carry an address, because whoever may choose where a request goes may steal what signs it.
 */
public class CustomEndpoint implements Describable<CustomEndpoint> {
    private final String name;
    private final String cloud;
    private final String url;
    private String caCertificate;
    private List<EndpointProperty> properties;

    /**
     * Makes an endpoint.
     *
     * @param name how jobs call it
     * @param cloud the id of the cloud whose API it serves
     * @param url scheme, host and port, for example {@code https://cvm.internal.tencentcloudapi.com}
     */
    @DataBoundConstructor
    public CustomEndpoint(String name, String cloud, String url) {
        this.name = Util.fixNull(name).strip();
        this.cloud = Util.fixNull(cloud).strip();
        this.url = Util.fixNull(url).strip();
    }

    /**
     * How jobs call it.
     *
     * @return the name
     */
    public String getName() {
        return name;
    }

    /**
     * Whose API it serves.
     *
     * @return the cloud's id
     */
    public String getCloud() {
        return cloud;
    }

    /**
     * Where it is.
     *
     * @return the address as the administrator wrote it
     */
    public String getUrl() {
        return url;
    }

    /**
     * The authority that issued the address' certificate, where it is a private one.
     *
     * @return certificates in PEM, or null
     */
    @CheckForNull
    public String getCaCertificate() {
        return caCertificate;
    }

    /**
     * Trusts a private authority at this address, besides those that Java trusts.
     *
     * @param caCertificate certificates in PEM; empty for none
     */
    @DataBoundSetter
    public void setCaCertificate(@CheckForNull String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    /** What the endpoint needs besides its address. */
    public List<EndpointProperty> getProperties() {
        return List.copyOf(Util.fixNull(properties));
    }

    @DataBoundSetter
    public void setProperties(@CheckForNull List<EndpointProperty> properties) {
        this.properties = new ArrayList<>(Util.fixNull(properties));
    }

    /** The settings of the connections to the endpoint. */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        getProperties().forEach(property -> settings.putAll(property.settings()));
        return settings;
    }

    /**
     * Refuses an endpoint that cannot work.
     *
     * @throws UnusableException if the address, the certificate or what the cloud needs is missing or wrong; the
     *     message names the endpoint and says why
     */
    public void check() {
        try {
            address();
            if (caCertificate != null) {
                PrivateCa.parse(caCertificate);
            }
            JenkinsClouds.get().provider(cloud).checkSettings(settings());
        } catch (IllegalArgumentException e) {
            throw new UnusableException(Messages.CustomEndpoint_refused(name, e.getMessage()), e);
        } catch (CloudException e) {
            throw new UnusableException(
                    Messages.CustomEndpoint_refused(name, e.error().text()), e);
        }
    }

    /**
     * Where it is.
     *
     * @return the address
     * @throws IllegalArgumentException if what the administrator wrote is none; the message says why
     */
    public URI address() {
        return parse(url);
    }

    private static URI parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(Messages.CustomEndpoint_noUrl(text), e);
        }
        boolean plain = uri.getUserInfo() == null
                && uri.getQuery() == null
                && uri.getFragment() == null
                && (uri.getPath() == null
                        || uri.getPath().isEmpty()
                        || uri.getPath().equals("/"));
        if (uri.getHost() == null
                || uri.getScheme() == null
                || !Set.of("https", "http").contains(uri.getScheme())
                || !plain) {
            throw new IllegalArgumentException(Messages.CustomEndpoint_noUrl(text));
        }
        return uri;
    }

    /** An endpoint cannot work as it is configured. */
    public static final class UnusableException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        UnusableException(String message, Exception cause) {
            super(message, cause);
        }
    }

    /** The form. */
    @Extension
    @Symbol("cloudEndpoint")
    public static class DescriptorImpl extends Descriptor<CustomEndpoint> {
        @Override
        public String getDisplayName() {
            return Messages.CustomEndpoint_displayName();
        }

        /**
         * Offers the clouds.
         *
         * @return all of them, or none to those who may not configure
         */
        @POST
        public ListBoxModel doFillCloudItems() {
            ListBoxModel items = new ListBoxModel();
            if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                JenkinsClouds.get().all().forEach(provider -> items.add(provider.displayName(), provider.id()));
            }
            return items;
        }

        /**
         * Checks the name.
         *
         * @param value the name
         * @return whether there is one
         */
        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error(Messages.CustomEndpoint_nameMissing())
                    : FormValidation.ok();
        }

        /**
         * Checks the address without going there.
         *
         * @param value the address
         * @return whether it is one
         */
        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                return parse(Util.fixNull(value).strip()).getScheme().equals("http")
                        ? FormValidation.warning(Messages.CustomEndpoint_plainHttp())
                        : FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /**
         * Checks the certificate of a private authority.
         *
         * @param value PEM
         * @return whether there are certificates in it that are valid today
         */
        @POST
        public FormValidation doCheckCaCertificate(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            String pem = Util.fixEmptyAndTrim(value);
            if (pem == null) {
                return FormValidation.ok();
            }
            try {
                for (X509Certificate certificate : PrivateCa.parse(pem).certificates()) {
                    certificate.checkValidity();
                }
                return FormValidation.ok();
            } catch (CertificateException e) {
                return FormValidation.warning(Messages.CustomEndpoint_notValidNow(e.getMessage()));
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
