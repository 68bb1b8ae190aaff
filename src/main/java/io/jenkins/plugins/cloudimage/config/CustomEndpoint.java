package io.jenkins.plugins.cloudimage.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.http.MetadataServices;
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
import okhttp3.HttpUrl;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * An address of a cloud that an administrator has configured: an internal domain, a gateway, a simulator. Jobs select it by
 * name and cannot enter an address: the server at that address could otherwise misuse the signed requests.
 */
public class CustomEndpoint implements Describable<CustomEndpoint> {
    private final String name;
    private final String cloud;
    private final String url;
    private String stsUrl;
    private String scalingUrl;
    private String caCertificate;
    private List<EndpointProperty> properties;

    /**
     * Makes an endpoint.
     *
     * @param url scheme, host and port, for example {@code https://cvm.internal.tencentcloudapi.com}
     */
    @DataBoundConstructor
    public CustomEndpoint(String name, String cloud, String url) {
        this.name = Util.fixNull(name).strip();
        this.cloud = Util.fixNull(cloud).strip();
        this.url = Util.fixNull(url).strip();
    }

    /** The name by which jobs select it. */
    public String getName() {
        return name;
    }

    /**
     * The cloud whose API it serves.
     *
     * @return the cloud's id
     */
    public String getCloud() {
        return cloud;
    }

    /** Where it is. */
    public String getUrl() {
        return url;
    }

    /**
     * Where the security token service is that belongs to it.
     *
     * @return scheme, host and port, or null for the cloud's own
     */
    @CheckForNull
    public String getStsUrl() {
        return stsUrl;
    }

    /**
     * Sets where the security token service is.
     *
     * @param stsUrl scheme, host and port; empty for the cloud's own
     */
    @DataBoundSetter
    public void setStsUrl(@CheckForNull String stsUrl) {
        this.stsUrl = Util.fixEmptyAndTrim(stsUrl);
    }

    /**
     * Where the cloud's service for scaling groups is that belongs to it.
     *
     * @return scheme, host and port, or null if scaling groups are not asked
     */
    @CheckForNull
    public String getScalingUrl() {
        return scalingUrl;
    }

    /**
     * Sets where the service for scaling groups is.
     *
     * @param scalingUrl scheme, host and port; empty for none
     */
    @DataBoundSetter
    public void setScalingUrl(@CheckForNull String scalingUrl) {
        this.scalingUrl = Util.fixEmptyAndTrim(scalingUrl);
    }

    /**
     * The CA certificate of the address, if a private CA issued its certificate.
     *
     * @return certificates in PEM, or null
     */
    @CheckForNull
    public String getCaCertificate() {
        return caCertificate;
    }

    /**
     * Trusts a private CA for this address, in addition to those that Java trusts.
     *
     * @param caCertificate certificates in PEM; empty for none
     */
    @DataBoundSetter
    public void setCaCertificate(@CheckForNull String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    /** The settings of the endpoint besides its address. */
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
     * Rejects an invalid endpoint.
     *
     * @throws UnusableException if the address, the certificate or what the cloud needs is missing or wrong; the
     *     message names the endpoint and says why
     */
    public void check() {
        try {
            address();
            tokenService();
            scaling();
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
     * @throws IllegalArgumentException if what the administrator wrote is none; the message says why
     */
    public URI address() {
        return parse(Messages.CustomEndpoint_url(), url);
    }

    /**
     * Where the security token service is.
     *
     * @return the address, or null for the cloud's own
     * @throws IllegalArgumentException if what the administrator wrote is none; the message says why
     */
    @CheckForNull
    URI tokenService() {
        return stsUrl == null ? null : parse(Messages.CustomEndpoint_stsUrl(), stsUrl);
    }

    /**
     * Where the service for scaling groups is.
     *
     * @return the address, or null if it is not known
     * @throws IllegalArgumentException if what the administrator wrote is none; the message says why
     */
    @CheckForNull
    URI scaling() {
        return scalingUrl == null ? null : parse(Messages.CustomEndpoint_scalingUrl(), scalingUrl);
    }

    private static URI parse(String field, String text) {
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
        HttpUrl address = HttpUrl.get(uri);
        if (address == null) {
            throw new IllegalArgumentException(Messages.CustomEndpoint_noUrl(text));
        }
        if (MetadataServices.isAt(address)) {
            throw new IllegalArgumentException(Messages.CustomEndpoint_metadata(field, text));
        }
        return uri;
    }

    /** The configuration of an endpoint is not valid. */
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

        /** Checks the name. */
        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error(Messages.CustomEndpoint_nameMissing())
                    : FormValidation.ok();
        }

        /** Checks the address without connecting to it. */
        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return check(Messages.CustomEndpoint_url(), Util.fixNull(value).strip());
        }

        /** Checks the address of the security token service without connecting to it. */
        @POST
        public FormValidation doCheckStsUrl(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return checkOptional(Messages.CustomEndpoint_stsUrl(), value);
        }

        /** Checks the address of the service for scaling groups without connecting to it. */
        @POST
        public FormValidation doCheckScalingUrl(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return checkOptional(Messages.CustomEndpoint_scalingUrl(), value);
        }

        private static FormValidation checkOptional(String field, @CheckForNull String value) {
            String url = Util.fixEmptyAndTrim(value);
            return url == null ? FormValidation.ok() : check(field, url);
        }

        private static FormValidation check(String field, String url) {
            try {
                return parse(field, url).getScheme().equals("http")
                        ? FormValidation.warning(Messages.CustomEndpoint_plainHttp())
                        : FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /**
         * Checks the certificate of a private CA.
         *
         * @param value PEM
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
