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
public class JdCloudDiskCharge extends AbstractDescribableImpl<JdCloudDiskCharge> implements Serializable {
    private static final long serialVersionUID = 1L;

    private boolean autoChangeChargeMode;
    private String autoChangeChargeModeDate;
    private boolean autoRenew;
    private String buyScenario;
    private Integer chargeDuration;
    private String chargeMode;
    private String chargeUnit;

    /** Creates an empty entry. */
    @DataBoundConstructor
    public JdCloudDiskCharge() {
        // All fields are optional.
    }

    ChargeSpec spec() {
        return new ChargeSpec(
                autoChangeChargeMode ? Boolean.TRUE : null,
                autoChangeChargeModeDate,
                autoRenew ? Boolean.TRUE : null,
                buyScenario,
                chargeDuration,
                chargeMode,
                chargeUnit);
    }

    public boolean isAutoChangeChargeMode() {
        return autoChangeChargeMode;
    }

    @DataBoundSetter
    public void setAutoChangeChargeMode(boolean autoChangeChargeMode) {
        this.autoChangeChargeMode = autoChangeChargeMode;
    }

    @CheckForNull
    public String getAutoChangeChargeModeDate() {
        return autoChangeChargeModeDate;
    }

    @DataBoundSetter
    public void setAutoChangeChargeModeDate(@CheckForNull String autoChangeChargeModeDate) {
        this.autoChangeChargeModeDate = Util.fixEmptyAndTrim(autoChangeChargeModeDate);
    }

    public boolean isAutoRenew() {
        return autoRenew;
    }

    @DataBoundSetter
    public void setAutoRenew(boolean autoRenew) {
        this.autoRenew = autoRenew;
    }

    @CheckForNull
    public String getBuyScenario() {
        return buyScenario;
    }

    @DataBoundSetter
    public void setBuyScenario(@CheckForNull String buyScenario) {
        this.buyScenario = Util.fixEmptyAndTrim(buyScenario);
    }

    @CheckForNull
    public Integer getChargeDuration() {
        return chargeDuration;
    }

    @DataBoundSetter
    public void setChargeDuration(@CheckForNull Integer chargeDuration) {
        this.chargeDuration = chargeDuration;
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

    /** The form. */
    @Extension
    public static class DescriptorImpl extends Descriptor<JdCloudDiskCharge> {
        private static final String PATH = JdCloudDisk.DescriptorImpl.PATH + "charge.";

        @Override
        public String getDisplayName() {
            return Messages.JdCloudDiskCharge_displayName();
        }

        /** Suggests billing modes. */
        @POST
        public ComboBoxModel doFillChargeModeItems() {
            return new ComboBoxModel("postpaid_by_duration", "postpaid_by_usage", "prepaid_by_duration");
        }

        /** Suggests units of time. */
        @POST
        public ComboBoxModel doFillChargeUnitItems() {
            return new ComboBoxModel("month", "year");
        }

        /** Checks the billing mode. */
        @POST
        public FormValidation doCheckChargeMode(@QueryParameter String value) {
            return new FieldCheck(PATH, "chargeMode", value).by(request(new ChargeSpec(null, value, null)));
        }

        /** Checks the unit. */
        @POST
        public FormValidation doCheckChargeUnit(
                @QueryParameter String value,
                @QueryParameter String chargeMode,
                @QueryParameter boolean autoChangeChargeMode) {
            return new FieldCheck(PATH, "chargeUnit", value)
                    .by(request(charge(autoChangeChargeMode, null, false, null, chargeMode, value)));
        }

        /** Checks the prepaid period. */
        @POST
        public FormValidation doCheckChargeDuration(
                @QueryParameter String value,
                @QueryParameter String chargeMode,
                @QueryParameter String chargeUnit,
                @QueryParameter boolean autoChangeChargeMode) {
            return new FieldCheck(PATH, "chargeDuration", value)
                    .byNumber(duration ->
                            request(charge(autoChangeChargeMode, null, false, duration, chargeMode, chargeUnit)));
        }

        /** Checks that automatic renewal is possible. */
        @POST
        public FormValidation doCheckAutoRenew(
                @QueryParameter boolean value,
                @QueryParameter String chargeMode,
                @QueryParameter boolean autoChangeChargeMode) {
            return new FieldCheck(PATH, "autoRenew", Boolean.toString(value))
                    .by(request(charge(autoChangeChargeMode, null, value, null, chargeMode, null)));
        }

        /** Checks that the billing mode can change. */
        @POST
        public FormValidation doCheckAutoChangeChargeMode(
                @QueryParameter boolean value, @QueryParameter String chargeMode) {
            return new FieldCheck(PATH, "autoChangeChargeMode", Boolean.toString(value))
                    .by(request(charge(value, null, false, null, chargeMode, null)));
        }

        /** Checks the day of the change. */
        @POST
        public FormValidation doCheckAutoChangeChargeModeDate(
                @QueryParameter String value, @QueryParameter boolean autoChangeChargeMode) {
            return new FieldCheck(PATH, "autoChangeChargeModeDate", value)
                    .by(request(charge(autoChangeChargeMode, value, false, null, null, null)));
        }

        private static ChargeSpec charge(
                boolean change, String date, boolean renew, Integer duration, String mode, String unit) {
            return new ChargeSpec(
                    change ? Boolean.TRUE : null, date, renew ? Boolean.TRUE : null, null, duration, mode, unit);
        }

        private static ImageRequest request(ChargeSpec charge) {
            return JdCloudDataDisk.DescriptorImpl.request(
                    new DiskSpec(null, charge, null, null, null, null, null, null, null, null, null));
        }
    }
}
