package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a cloud copies images to other regions.
 *
 * @param ownershipMark whether a copy keeps the description of its call, so that a {@link Mark} in it proves who made it
 * @param encryption whether a copy can be encrypted
 */
public record CopySupport(boolean ownershipMark, boolean encryption) {
    /** The parameter's name in a Jenkinsfile. */
    public static final String FIELD = "copyTo";

    /** Adds the rules that the wanted copies of a request's image break, before anything is sent. */
    public Rules check(Rules rules, ImageRequest request, List<CopyTarget> targets) {
        Set<String> regions = new HashSet<>();
        for (CopyTarget target : targets) {
            String region = target.region();
            if (!checkRegion(rules, region)) {
                continue;
            }
            if (region.equals(request.region())) {
                rules.error(FIELD, Messages.CopySupport_sameRegion(FIELD, region));
            } else if (!regions.add(region)) {
                rules.error(FIELD, Messages.CopySupport_twice(FIELD, region));
            }
            checkEncryption(rules, target);
            checkName(rules, request, target);
        }
        return rules;
    }

    /** Checks that there is a region code. */
    public static boolean checkRegion(Rules rules, @CheckForNull String region) {
        if (!Rules.isGiven(region)) {
            rules.error(FIELD, Messages.CopySupport_noRegion(FIELD));
            return false;
        }
        if (!new Rules().region(region).problems().isEmpty()) {
            rules.error(FIELD, Messages.CopySupport_badRegion(FIELD, region));
            return false;
        }
        return true;
    }

    private void checkEncryption(Rules rules, CopyTarget target) {
        if (target.encrypt() && !encryption) {
            rules.error(FIELD, Messages.CopySupport_noEncryption(FIELD, target.region()));
        }
        if (Rules.isGiven(target.kmsKeyId()) && !target.encrypt()) {
            rules.error(FIELD, Messages.CopySupport_keyAlone(FIELD, target.region(), target.kmsKeyId()));
        }
    }

    /** The rules of names are those of the source, which is checked itself. */
    private static void checkName(Rules rules, ImageRequest request, CopyTarget target) {
        if (target.name() != null) {
            request.withImageName(target.name()).problems().stream()
                    .filter(problem -> problem.field().equals("imageName"))
                    .forEach(problem ->
                            rules.error(FIELD, Messages.CopySupport_name(FIELD, target.region(), problem.message())));
        }
    }
}
