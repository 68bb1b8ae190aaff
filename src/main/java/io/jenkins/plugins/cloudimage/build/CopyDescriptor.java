package io.jenkins.plugins.cloudimage.build;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.cloudimage.cloud.CloudSettingsDescriptor;
import io.jenkins.plugins.cloudimage.run.ImageParameters;
import org.kohsuke.stapler.verb.POST;

/** The fields of the form that say into which regions the image is copied. */
public abstract class CopyDescriptor extends RetentionDescriptor {

    /**
     * The clouds that copy images; the form offers copies there.
     *
     * @return their ids, separated by spaces
     */
    public String getCopyingClouds() {
        return CloudSettingsDescriptor.idsOf(provider -> provider.capabilities().copies() != null);
    }

    /** Offers what a copy that fails may mean. */
    @POST
    public ListBoxModel doFillCopyFailureItems() {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.CopyDescriptor_fails(), ImageParameters.DEFAULT_COPY_FAILURE);
        items.add(Messages.CopyDescriptor_unstable(), ImageParameters.COPY_UNSTABLE);
        return items;
    }
}
