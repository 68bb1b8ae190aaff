package io.jenkins.plugins.cloudimage.core;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * How a cloud shares images.
 *
 * @param accounts the maximum number of accounts with which an image is shared
 * @param perCall the maximum number of accounts in one call that shares
 * @param removedPerCall the maximum number of accounts in one call that ends the sharing
 * @param ids what identifies an account
 */
public record SharingLimits(int accounts, int perCall, int removedPerCall, AccountIds ids) {
    /** The parameter's name in a Jenkinsfile. */
    public static final String FIELD = "shareWith";

    /** For a cloud that documents no maximum. */
    public static final int NO_MAXIMUM = Integer.MAX_VALUE;

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{4,19}");
    private static final Pattern NAME = Pattern.compile("[^\\s,;\"'$\\\\/\\p{Cntrl}]{1,128}");
    private static final Pattern MOBILE_PHONE = Pattern.compile("1[3-9][0-9]{9}");

    /** What identifies an account. */
    public enum AccountIds {
        /** A number: the account id, which is not the number of a user of the account. */
        NUMBERS,
        /** A name that the account's owner has chosen. */
        NAMES
    }

    /** Adds the rules that these accounts break, before anything is sent. */
    public Rules check(Rules rules, Collection<String> given) {
        rules.distinct(FIELD, given);
        if (given.size() > accounts) {
            rules.error(FIELD, Messages.SharingLimits_tooMany(FIELD, given.size(), accounts));
        }
        for (String account : given) {
            if (Rules.isGiven(account)) {
                check(rules, account);
            }
        }
        return rules;
    }

    private void check(Rules rules, String account) {
        if (ids == AccountIds.NUMBERS && !NUMBER.matcher(account).matches()) {
            rules.error(FIELD, Messages.SharingLimits_noNumber(FIELD, account));
        }
        if (ids == AccountIds.NAMES && MOBILE_PHONE.matcher(account).matches()) {
            rules.error(FIELD, Messages.SharingLimits_phone(FIELD, account));
        } else if (ids == AccountIds.NAMES && !NAME.matcher(account).matches()) {
            rules.error(FIELD, Messages.SharingLimits_noName(FIELD, account));
        }
    }
}
