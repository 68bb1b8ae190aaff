package io.jenkins.plugins.cloudimage.core.jdcloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Rules;

/**
 * How a cloud disk is paid for: ChargeSpec of <a
 * href="https://docs.jdcloud.com/en/virtual-machines/api/createimage">createImage</a>.
 *
 * @param chargeDuration how many units are paid in advance, 1 to 9 months or 1 to 3 years; with {@code
 *     prepaid_by_duration} needed, otherwise null
 * @param chargeMode {@code prepaid_by_duration}, {@code postpaid_by_usage} or {@code postpaid_by_duration}, or null for
 *     the last
 * @param chargeUnit {@code month} or {@code year}, or null for months; only with {@code prepaid_by_duration}
 */
public record ChargeSpec(
        @CheckForNull Integer chargeDuration,
        @CheckForNull String chargeMode,
        @CheckForNull String chargeUnit) {

    private static final String PREPAID = "prepaid_by_duration";
    private static final String YEAR = "year";
    private static final int MONTHS = 9;
    private static final int YEARS = 3;

    /** Takes blank texts for absent ones. */
    public ChargeSpec {
        chargeMode = Rules.given(chargeMode);
        chargeUnit = Rules.given(chargeUnit);
    }

    boolean isPrepaid() {
        return PREPAID.equals(chargeMode);
    }

    void check(Rules rules, String field) {
        String duration = field + ".chargeDuration";
        rules.known(field + ".chargeMode", chargeMode, PREPAID, "postpaid_by_usage", "postpaid_by_duration")
                .onlyWith(duration, chargeDuration != null, "chargeMode: " + PREPAID, isPrepaid())
                .onlyWith(field + ".chargeUnit", chargeUnit != null, "chargeMode: " + PREPAID, isPrepaid())
                .known(field + ".chargeUnit", chargeUnit, "month", YEAR);
        if (isPrepaid() && chargeDuration == null) {
            rules.error(duration, Messages.ChargeSpec_noDuration(duration, PREPAID));
        } else if (isPrepaid()) {
            boolean years = YEAR.equals(chargeUnit);
            rules.range(
                    duration,
                    chargeDuration,
                    1,
                    years ? YEARS : MONTHS,
                    years ? Messages.ChargeSpec_years() : Messages.ChargeSpec_months());
        }
    }
}
