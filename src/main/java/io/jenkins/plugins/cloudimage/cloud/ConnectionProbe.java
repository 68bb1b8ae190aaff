package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.config.ChosenEndpoint;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.KeySource;
import io.jenkins.plugins.cloudimage.core.Permissions;
import io.jenkins.plugins.cloudimage.core.http.CallScope;
import io.jenkins.plugins.cloudimage.credentials.AccessKeys;
import io.jenkins.plugins.cloudimage.credentials.CredentialsField;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/**
 * Tests a key with one read call to the cloud. It uses only endpoints and credentials that the job's builds may use. The caller
 * has checked the user's permissions.
 *
 * @param patience how long to wait for the response, while a user waits in front of the form
 */
record ConnectionProbe(Duration patience) {
    static final Duration PATIENCE = Duration.ofSeconds(15);

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
            return proved(
                    provider,
                    key,
                    probe(() -> provider.connect(endpoint.connect(request, key)).probe()));
        } catch (CloudException e) {
            return FormValidation.error(e.error().text());
        }
    }

    private String probe(CallScope.Work<String> calls) throws CloudException {
        CallScope scope = new CallScope();
        ScheduledFuture<?> end = Timer.get().schedule(scope::cancel, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return scope.run(calls);
        } catch (CloudException e) {
            throw end.isDone() ? late(e) : e;
        } finally {
            end.cancel(false);
        }
    }

    private CloudException late(CloudException given) {
        return given.error()
                .message(Messages.ConnectionProbe_noAnswer(patience.toSeconds()))
                .exception();
    }

    private static FormValidation proved(CloudProvider provider, KeySource key, String permission) {
        Permissions permissions = provider.permissions();
        String proved = Messages.ConnectionProbe_proved(
                provider.displayName(),
                permission,
                unproven(permissions.always(), permission),
                unproven(permissions.delete(), permission),
                unproven(permissions.power(), permission),
                unproven(permissions.share(), permission));
        return FormValidation.ok(described(key, proved));
    }

    private static String described(KeySource key, String proved) {
        if (key instanceof KeySource.OfInstance own) {
            return Messages.ConnectionProbe_instanceRole(own.role().roleName(), proved);
        }
        return key instanceof KeySource.Assumed assumed
                ? Messages.ConnectionProbe_role(assumed.role().name(), proved)
                : proved;
    }

    private static String unproven(List<String> permissions, String proven) {
        return String.join(
                ", ", permissions.stream().filter(each -> !each.equals(proven)).toList());
    }
}
