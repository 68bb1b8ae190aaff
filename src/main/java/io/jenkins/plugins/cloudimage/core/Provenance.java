package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tags that tell where an image comes from. They inform people and prove nothing: anybody in the account can write the
 * same tags. They never fail an image: the user's tags go first, and if the cloud refuses them, the create call is sent
 * without them.
 *
 * @param job the full name of the job
 * @param build the number of the build
 * @param commit the commit that was built, or null if the build knows none
 */
public record Provenance(
        String job, String build, @CheckForNull String commit) {
    /** Begins the keys of these tags and of no others. */
    public static final String PREFIX = "jenkins:";

    /** Characters that all clouds allow in values. */
    private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N} +=._:/@()-]+");
    /** An address is not allowed in a value. */
    private static final Pattern SLASHES = Pattern.compile("//+");
    /** Values may not begin like the clouds' own. */
    private static final Pattern RESERVED = Pattern.compile("^(acs|qcs):");

    /**
     * Adds the tags, as many as the cloud still takes.
     *
     * @param request a request that breaks no rule
     * @throws CloudException of kind {@link ErrorKind#INVALID_REQUEST} if the user's tags contain one of these keys
     */
    public ImageRequest addTo(ImageRequest request, @CheckForNull TagSupport support) throws CloudException {
        if (support == null) {
            return request;
        }
        Rules rules = new Rules();
        request.tags().stream()
                .filter(Provenance::isIn)
                .forEach(tag -> rules.error("tags", Messages.Provenance_reserved(tag.key(), PREFIX)));
        rules.check();
        Stream<ImageTag> tags = facts(request).entrySet().stream()
                .map(fact -> new ImageTag(PREFIX + fact.getKey(), valid(fact.getValue(), support.valueLength())))
                .filter(tag -> Rules.isGiven(tag.value()));
        return request.withTags(Stream.concat(request.tags().stream(), tags)
                .limit(support.maximum())
                .toList());
    }

    private Map<String, String> facts(ImageRequest request) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("job", job);
        facts.put("build", build);
        facts.put("commit", commit == null ? "" : commit);
        facts.put("source-instance", Rules.isGiven(request.instanceId()) ? request.instanceId() : "");
        return facts;
    }

    private static String valid(String text, int length) {
        String valid = SLASHES.matcher(OTHER.matcher(text).replaceAll("_")).replaceAll("/");
        valid = RESERVED.matcher(valid.strip()).replaceFirst("$1_");
        int characters = valid.codePointCount(0, valid.length());
        return characters <= length
                ? valid
                : valid.substring(0, valid.offsetByCodePoints(0, length)).strip();
    }

    /** Whether a request has any of these tags. */
    public static boolean isIn(ImageRequest request) {
        return request.tags().stream().anyMatch(Provenance::isIn);
    }

    private static boolean isIn(ImageTag tag) {
        String key = tag.key();
        return key != null && key.startsWith(PREFIX);
    }

    /** The request with the user's tags only. */
    public static ImageRequest removedFrom(ImageRequest request) {
        List<ImageTag> others = new ArrayList<>(request.tags());
        others.removeIf(Provenance::isIn);
        return request.withTags(others);
    }
}
