package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a cloud copies images to other regions.
 *
 * @param ownershipMark whether a copy keeps the description of its call, so that a {@link Mark} in it proves who made it
 * @param encryption whether a copy can be encrypted
 * @param byNameOnly whether the call takes no name and its response contains no id. A copy then has its source's name and is
 *     only found by it, which does not prove who made it. As no page tells that a taken name is refused, a call in doubt is
 *     never repeated.
 * @param regions the regions that the cloud copies from and to, each with its code in the call; empty if the call takes all
 *     regions as they are written
 */
public record CopySupport(boolean ownershipMark, boolean encryption, boolean byNameOnly, Map<String, String> regions) {
    /** The parameter's name in a Jenkinsfile. */
    public static final String FIELD = "copyTo";

    public CopySupport {
        regions = Map.copyOf(regions);
    }

    /** Copies between all regions, with names of their own and with ids in the response. */
    public CopySupport(boolean ownershipMark, boolean encryption) {
        this(ownershipMark, encryption, false, Map.of());
    }

    /** The code of a region in the call, or null if the cloud copies no images from and to there. */
    @CheckForNull
    public String code(@CheckForNull String region) {
        return regions.isEmpty() || region == null ? region : regions.get(region);
    }

    /**
     * Adds the rules that the wanted copies of a request's image break, before anything is sent.
     *
     * @param shared whether the image and its copies are to be shared
     */
    public Rules check(Rules rules, ImageRequest request, List<CopyTarget> targets, boolean shared) {
        Set<String> codes = new HashSet<>();
        String source = code(request.region());
        if (source == null && Rules.isGiven(request.region())) {
            rules.error(FIELD, Messages.CopySupport_fromRegion(FIELD, request.region(), known()));
        }
        if (byNameOnly && shared) {
            rules.error(FIELD, Messages.CopySupport_shared(FIELD));
        }
        for (CopyTarget target : targets) {
            String region = target.region();
            if (!checkRegion(rules, region)) {
                continue;
            }
            String code = code(region);
            if (code == null) {
                rules.error(FIELD, Messages.CopySupport_toRegion(FIELD, region, known()));
            } else if (code.equals(source)) {
                rules.error(FIELD, Messages.CopySupport_sameRegion(FIELD, region));
            } else if (!codes.add(code)) {
                rules.error(FIELD, Messages.CopySupport_twice(FIELD, region));
            }
            checkEncryption(rules, target);
            checkName(rules, request, target);
        }
        return rules;
    }

    private String known() {
        return regions.keySet().stream().sorted().collect(Collectors.joining(", "));
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
    private void checkName(Rules rules, ImageRequest request, CopyTarget target) {
        if (target.name() != null && byNameOnly) {
            rules.error(FIELD, Messages.CopySupport_ownName(FIELD, target.region(), target.name()));
        } else if (target.name() != null) {
            request.withImageName(target.name()).problems().stream()
                    .filter(problem -> problem.field().equals("imageName"))
                    .forEach(problem ->
                            rules.error(FIELD, Messages.CopySupport_name(FIELD, target.region(), problem.message())));
        }
    }
}
