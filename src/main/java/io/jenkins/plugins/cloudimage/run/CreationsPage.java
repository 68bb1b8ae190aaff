package io.jenkins.plugins.cloudimage.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Shows administrators what the ledger holds: images in the making, and what the clean-up has yet to do or gave up. */
@Extension
public final class CreationsPage extends ManagementLink {

    @Override
    public String getIconFileName() {
        return "symbol-cloud";
    }

    @Override
    public String getDisplayName() {
        return Messages.CreationsPage_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.CreationsPage_description();
    }

    @Override
    public String getUrlName() {
        return "cloud-images";
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.ADMINISTER;
    }

    @Override
    public Category getCategory() {
        return Category.STATUS;
    }

    /**
     * The records, the oldest first.
     *
     * @return all of them
     */
    public List<CreationRow> getCreations() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return CreationService.get().all().stream()
                .sorted(Comparator.comparing(Creation::started))
                .map(CreationRow::new)
                .toList();
    }

    /**
     * Forgets a creation of which something was given up.
     *
     * @param key its key
     * @return back to the page
     */
    @POST
    public HttpResponse doForget(@QueryParameter String key) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        CreationService service = CreationService.get();
        service.load(UUID.fromString(key).toString())
                .filter(CreationService::isGivenUp)
                .ifPresent(creation -> service.discard(creation.key()));
        ExtensionList.lookupSingleton(GivenUpMonitor.class).found(service.all());
        return new HttpRedirect(".");
    }
}
