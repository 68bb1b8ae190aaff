package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.config.ChosenEndpoint;
import io.jenkins.plugins.cloudimage.config.TimeLimit;
import io.jenkins.plugins.cloudimage.core.CallerIdentity;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.KeySource;
import io.jenkins.plugins.cloudimage.credentials.AccessKeys;
import io.jenkins.plugins.cloudimage.credentials.CredentialsField;
import java.time.Duration;

/**
 * Tests a key with one read call to the cloud, and asks the cloud's security token service who it is. It uses only
 * endpoints and credentials that the job's builds may use. The caller has checked the user's permissions.
 *
 * @param patience how long to wait for the response, while a user waits in front of the form
 */
record ConnectionProbe(Duration patience) {
    static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration IDENTITY_PATIENCE = Duration.ofSeconds(5);

    FormValidation run(CloudSettings settings, @CheckForNull Item item, @CheckForNull String credentialsId) {
        String id = Util.fixEmptyAndTrim(credentialsId);
        if (id == null) {
            return FormValidation.error(Messages.ConnectionProbe_chooseKey());
        }
        CloudProvider provider = settings.getDescriptor().provider();
        ImageRequest request = settings.request("", null);
        if (CredentialsField.isVariable(id)
                || FieldCheck.hasVariable(settings.getRegion())
                || request.connectionSettings().values().stream().anyMatch(FieldCheck::hasVariable)) {
            return FormValidation.warning(Messages.ConnectionProbe_variable());
        }
        FormValidation region = new FieldCheck("region", settings.getRegion()).by(request);
        if (region.kind == FormValidation.Kind.ERROR) {
            return region;
        }
        try {
            ChosenEndpoint endpoint = ChosenEndpoint.of(provider, settings.getRegion(), settings.getEndpoint());
            KeySource key = AccessKeys.find(item, id, endpoint.address());
            endpoint.check(key);
            String permission = new TimeLimit(patience)
                    .of(() -> provider.connect(endpoint.connect(request, key)).probe());
            return report(provider, endpoint, key, permission).toValidation();
        } catch (CloudException e) {
            return FormValidation.error(e.error().text());
        }
    }

    /** The service may be out of reach where the cloud is not, so the test does not fail for it. */
    private ProbeReport report(CloudProvider provider, ChosenEndpoint endpoint, KeySource key, String permission) {
        try {
            CallerIdentity identity = new TimeLimit(IDENTITY_PATIENCE)
                    .of(() -> endpoint.identity(key))
                    .orElse(null);
            return new ProbeReport(provider, key, permission, identity, null);
        } catch (CloudException e) {
            return new ProbeReport(provider, key, permission, null, e.error());
        }
    }
}
