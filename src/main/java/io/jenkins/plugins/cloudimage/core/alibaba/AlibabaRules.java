package io.jenkins.plugins.cloudimage.core.alibaba;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.Mark;
import io.jenkins.plugins.cloudimage.core.Rules;
import java.util.List;
import java.util.regex.Pattern;

/** The rules for texts that Alibaba's clouds have in common. */
public final class AlibabaRules {
    private static final int NAME_MIN = 2;
    private static final int NAME_MAX = 128;
    private static final int DESCRIPTION_MAX = 256;
    private static final int TAGS = 20;
    private static final int TAG_LENGTH = 128;
    private static final Pattern USUAL = Pattern.compile("[A-Za-z0-9\\p{IsHan}:_-]*");
    /** Some pages allow letters of other languages and periods. */
    private static final Pattern FORBIDDEN = Pattern.compile("[^\\p{L}\\p{M}0-9.:_-]+");

    private static final Pattern RESERVED = Pattern.compile("^(?:aliyun|acs:)");

    private AlibabaRules() {}

    /**
     * Checks the name of an image or an image family: 2 to 128 characters; a letter or Chinese character first; then
     * letters, digits, colons, underscores and hyphens; not an address. The pages disagree about periods and about
     * names that begin with {@code aliyun} or {@code acs:}, so these cause a warning.
     *
     * @param name the value; a missing one breaks no rule
     */
    public static void name(Rules rules, String field, @CheckForNull String name) {
        if (!Rules.isGiven(name)) {
            return;
        }
        rules.name(field, name, NAME_MIN, NAME_MAX, valid(name));
        boolean letterFirst = Character.isLetter(name.codePointAt(0));
        boolean forbidden =
                noAddress(rules, field, name) && FORBIDDEN.matcher(name).find();
        if (!letterFirst) {
            rules.error(field, Messages.AlibabaRules_firstLetter(field, name, valid(name)));
        }
        if (forbidden) {
            rules.error(field, Messages.AlibabaRules_characters(field, name, valid(name)));
        } else if (letterFirst && !USUAL.matcher(name).matches()) {
            rules.warning(field, Messages.AlibabaRules_unusual(field, name));
        }
        if (field.equals("imageName") && RESERVED.matcher(name).find()) {
            rules.warning(field, Messages.AlibabaRules_reserved(field, name));
        }
    }

    /** The given name, changed so that it breaks no rule. */
    private static String valid(String name) {
        String valid = FORBIDDEN.matcher(name.strip()).replaceAll("-").replaceFirst("^[.:_-]+", "");
        valid = valid.replaceFirst("-+$", "");
        if (valid.codePointCount(0, valid.length()) < NAME_MIN || !Character.isLetter(valid.codePointAt(0))) {
            valid = "image-" + valid;
        }
        int length = valid.codePointCount(0, valid.length());
        return length > NAME_MAX ? valid.substring(0, valid.offsetByCodePoints(0, NAME_MAX)) : valid;
    }

    /**
     * Checks a description: 2 to 256 characters, minus those that the ownership mark takes; not an address.
     *
     * @param description the value; a missing one breaks no rule
     */
    public static void description(Rules rules, @CheckForNull String description) {
        if (!Rules.isGiven(description)) {
            return;
        }
        int length = description.codePointCount(0, description.length());
        int max = DESCRIPTION_MAX - Mark.ROOM;
        if (length > max) {
            rules.error("description", Messages.AlibabaRules_mark(length, max, DESCRIPTION_MAX, Mark.ROOM));
        }
        rules.length("description", description, NAME_MIN, Math.max(length, max));
        noAddress(rules, "description", description);
    }

    /** Checks tags. */
    public static void tags(Rules rules, List<ImageTag> tags) {
        if (tags.size() > TAGS) {
            rules.error("tags", Messages.AlibabaRules_manyTags(tags.size(), TAGS));
        }
        rules.distinctKeys(tags);
        tags.forEach(tag -> tag(rules, tag));
    }

    private static void tag(Rules rules, ImageTag tag) {
        String key = tag.key();
        if (key == null || key.isBlank()) {
            rules.error("tags", Messages.AlibabaRules_emptyKey());
            return;
        }
        tagText(rules, "key", key);
        if (key.startsWith("aliyun")) {
            rules.error("tags", Messages.AlibabaRules_aliyun(key));
        }
        String value = tag.value();
        if (value != null) {
            tagText(rules, "value", value);
        }
    }

    private static void tagText(Rules rules, String part, String text) {
        int length = text.codePointCount(0, text.length());
        if (length > TAG_LENGTH) {
            rules.error("tags", Messages.AlibabaRules_tagLength(part, text, length, TAG_LENGTH));
        }
        if (text.startsWith("acs:")) {
            rules.error("tags", Messages.AlibabaRules_acs(part, text));
        }
        if (text.contains("http://") || text.contains("https://")) {
            rules.error("tags", Messages.AlibabaRules_containsAddress(part, text));
        }
    }

    /** Whether the text does not begin as an address does. */
    private static boolean noAddress(Rules rules, String field, String text) {
        boolean address = text.startsWith("http://") || text.startsWith("https://");
        if (address) {
            rules.error(field, Messages.AlibabaRules_address(field, text));
        } else if (text.startsWith("https")) {
            rules.warning(field, Messages.AlibabaRules_https(field, text));
        }
        return !address;
    }
}
