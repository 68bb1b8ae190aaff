package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.jdcloud.ChargeSpec;
import io.jenkins.plugins.cloudimage.core.jdcloud.DiskSpec;
import java.io.Serializable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How a cloud disk is paid for on JD Cloud; {@link ChargeSpec} says what each field means. */
public class JdDiskCharge extends AbstractDescribableImpl<JdDiskCharge> implements Serializable {
    private static final long serialVersionUID = 1L;

    private String chargeMode;
    private String chargeUnit;
    private Integer chargeDuration;

    /** Makes an entry that says nothing yet. */
    @DataBoundConstructor
    public JdDiskCharge() {
        // All fields are optional.
    }

    ChargeSpec spec() {
        return new ChargeSpec(chargeDuration, chargeMode, chargeUnit);
    }

    @CheckForNull
    public String getChargeMode() {
        return chargeMode;
    }

    @DataBoundSetter
    public void setChargeMode(@CheckForNull String chargeMode) {
        this.chargeMode = Util.fixEmptyAndTrim(chargeMode);
    }

    @CheckForNull
    public String getChargeUnit() {
        return chargeUnit;
    }

    @DataBoundSetter
    public void setChargeUnit(@CheckForNull String chargeUnit) {
        this.chargeUnit = Util.fixEmptyAndTrim(chargeUnit);
    }

    @CheckForNull
    public Integer getChargeDuration() {
        return chargeDuration;
    }

    @DataBoundSetter
    public void setChargeDuration(@CheckForNull Integer chargeDuration) {
        this.chargeDuration = chargeDuration;
    }

    /** The form. */
    @Extension
    public static class DescriptorImpl extends Descriptor<JdDiskCharge> {
        private static final String PATH = JdCloudDisk.DescriptorImpl.PATH + "charge.";

        @Override
        public String getDisplayName() {
            return Messages.JdDiskCharge_displayName();
        }

        /** Suggests ways to pay. */
        @POST
        public ComboBoxModel doFillChargeModeItems() {
            return new ComboBoxModel("postpaid_by_duration", "postpaid_by_usage", "prepaid_by_duration");
        }

        /** Suggests units of time. */
        @POST
        public ComboBoxModel doFillChargeUnitItems() {
            return new ComboBoxModel("month", "year");
        }

        /** Checks the way to pay. */
        @POST
        public FormValidation doCheckChargeMode(@QueryParameter String value) {
            return new FieldCheck(PATH, "chargeMode", value).by(request(null, value, null));
        }

        /** Checks the unit. */
        @POST
        public FormValidation doCheckChargeUnit(@QueryParameter String value, @QueryParameter String chargeMode) {
            return new FieldCheck(PATH, "chargeUnit", value).by(request(null, chargeMode, value));
        }

        /** Checks the time that is paid in advance. */
        @POST
        public FormValidation doCheckChargeDuration(
                @QueryParameter String value, @QueryParameter String chargeMode, @QueryParameter String chargeUnit) {
            return new FieldCheck(PATH, "chargeDuration", value)
                    .byNumber(duration -> request(duration, chargeMode, chargeUnit));
        }

        private static ImageRequest request(Integer duration, String mode, String unit) {
            ChargeSpec charge = new ChargeSpec(duration, Util.fixEmptyAndTrim(mode), Util.fixEmptyAndTrim(unit));
            return JdDataDisk.DescriptorImpl.request(new DiskSpec(null, charge, null, null, null, null, null, null));
        }
    }
}
