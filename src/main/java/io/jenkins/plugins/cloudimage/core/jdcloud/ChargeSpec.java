package io.jenkins.plugins.cloudimage.core.jdcloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Rules;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/**
 * How a cloud disk is charged: ChargeSpec of <a
 * href="https://docs.jdcloud.com/en/virtual-machines/api/createimage">createImage</a>.
 *
 * @param autoChangeChargeMode whether prepayment begins on {@code autoChangeChargeModeDate}, or null for no; not with
 *     {@code prepaid_by_duration}
 * @param autoChangeChargeModeDate the day, for example {@code 2026-12-18}; required with {@code autoChangeChargeMode},
 *     otherwise null
 * @param autoRenew whether a prepaid disk is renewed at the end of its term, or null for no
 * @param buyScenario a JD Cloud voucher, JSON in Base64, or null
 * @param chargeDuration the prepaid term, 1 to 9 months or 1 to 3 years; required with {@code prepaid_by_duration},
 *     optional with {@code autoChangeChargeMode}, otherwise null
 * @param chargeMode {@code prepaid_by_duration}, {@code postpaid_by_usage} or {@code postpaid_by_duration}, or null for
 *     the last
 * @param chargeUnit {@code month} or {@code year}, or null for months; only with a prepaid term
 */
public record ChargeSpec(
        @CheckForNull Boolean autoChangeChargeMode,
        @CheckForNull String autoChangeChargeModeDate,
        @CheckForNull Boolean autoRenew,
        @CheckForNull String buyScenario,
        @CheckForNull Integer chargeDuration,
        @CheckForNull String chargeMode,
        @CheckForNull String chargeUnit) {

    private static final String PREPAID = "prepaid_by_duration";
    private static final String YEAR = "year";
    private static final int MONTHS = 9;
    private static final int YEARS = 3;

    /** Blank texts become null. */
    public ChargeSpec {
        autoChangeChargeModeDate = Rules.given(autoChangeChargeModeDate);
        buyScenario = Rules.given(buyScenario);
        chargeMode = Rules.given(chargeMode);
        chargeUnit = Rules.given(chargeUnit);
    }

    /** The fields of the first API page. */
    public ChargeSpec(
            @CheckForNull Integer chargeDuration, @CheckForNull String chargeMode, @CheckForNull String chargeUnit) {
        this(null, null, null, null, chargeDuration, chargeMode, chargeUnit);
    }

    boolean isPrepaid() {
        return PREPAID.equals(chargeMode);
    }

    private boolean isPrepaidLater() {
        return Boolean.TRUE.equals(autoChangeChargeMode);
    }

    void check(Rules rules, String field) {
        String prepaid = "chargeMode: " + PREPAID;
        String later = "autoChangeChargeMode: true";
        boolean inAdvance = isPrepaid() || isPrepaidLater();
        String duration = field + ".chargeDuration";
        rules.known(field + ".chargeMode", chargeMode, PREPAID, "postpaid_by_usage", "postpaid_by_duration")
                .onlyWith(duration, chargeDuration != null, prepaid, inAdvance)
                .onlyWith(field + ".chargeUnit", chargeUnit != null, prepaid, inAdvance)
                .onlyWith(field + ".autoRenew", Boolean.TRUE.equals(autoRenew), prepaid, inAdvance)
                .known(field + ".chargeUnit", chargeUnit, "month", YEAR);
        if (isPrepaid() && isPrepaidLater()) {
            String change = field + ".autoChangeChargeMode";
            rules.error(change, Messages.ChargeSpec_changed(change, PREPAID));
        }
        checkDate(rules, field + ".autoChangeChargeModeDate", later);
        if (isPrepaid() && chargeDuration == null) {
            rules.error(duration, Messages.ChargeSpec_noDuration(duration, PREPAID));
        } else if (inAdvance && chargeDuration != null) {
            boolean years = YEAR.equals(chargeUnit);
            rules.range(
                    duration,
                    chargeDuration,
                    1,
                    years ? YEARS : MONTHS,
                    years ? Messages.ChargeSpec_years() : Messages.ChargeSpec_months());
        }
    }

    private void checkDate(Rules rules, String field, String later) {
        rules.onlyWith(field, autoChangeChargeModeDate != null, later, isPrepaidLater());
        if (autoChangeChargeModeDate == null) {
            if (isPrepaidLater()) {
                rules.required(field, null, Messages.ChargeSpec_date());
            }
            return;
        }
        try {
            LocalDate.parse(autoChangeChargeModeDate);
        } catch (DateTimeParseException e) {
            rules.error(field, Messages.ChargeSpec_noDate(field, autoChangeChargeModeDate));
        }
    }
}
