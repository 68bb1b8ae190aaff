package io.jenkins.plugins.cloudimage.core.alibaba;

import edu.umd.cs.findbugs.annotations.CheckForNull;
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
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]");
    private static final Pattern USUAL = Pattern.compile("[\\p{L}\\p{M}0-9:_-]*");

    private AlibabaRules() {}

    /**
     * States the rules for the name of an image or a family: 2 to 128 characters, a letter or Chinese character first,
     * no address in front, no white space. Pages disagree on other characters, so these are doubtful only.
     *
     * @param rules collects what is broken
     * @param field the parameter
     * @param name its value; an absent one breaks no rule here
     */
    public static void name(Rules rules, String field, @CheckForNull String name) {
        if (!Rules.isGiven(name)) {
            return;
        }
        rules.length(field, name, NAME_MIN, NAME_MAX);
        noAddress(rules, field, name);
        if (!Character.isLetter(name.codePointAt(0))) {
            rules.error(field, Messages.AlibabaRules_firstLetter(field, name));
        }
        if (SPACE.matcher(name).find()) {
            rules.error(field, Messages.AlibabaRules_space(field, name));
        } else if (!USUAL.matcher(name).matches()) {
            rules.warning(field, Messages.AlibabaRules_unusual(field, name));
        }
    }

    /**
     * States the rules for a description: 2 to 256 characters, no address in front.
     *
     * @param rules collects what is broken
     * @param description its value; an absent one breaks no rule
     */
    public static void description(Rules rules, @CheckForNull String description) {
        if (Rules.isGiven(description)) {
            rules.length("description", description, NAME_MIN, DESCRIPTION_MAX);
            noAddress(rules, "description", description);
        }
    }

    /**
     * States the rules for tags.
     *
     * @param rules collects what is broken
     * @param tags the tags
     */
    public static void tags(Rules rules, List<ImageTag> tags) {
        if (tags.size() > TAGS) {
            rules.error("tags", Messages.AlibabaRules_manyTags(tags.size(), TAGS));
        }
        long keys = tags.stream().map(ImageTag::key).distinct().count();
        if (keys < tags.size()) {
            rules.error("tags", Messages.AlibabaRules_sameKey());
        }
        tags.forEach(tag -> tag(rules, tag));
    }

    private static void tag(Rules rules, ImageTag tag) {
        if (!Rules.isGiven(tag.key())) {
            rules.error("tags", Messages.AlibabaRules_emptyKey());
            return;
        }
        tagText(rules, "key", tag.key());
        if (tag.key().startsWith("aliyun")) {
            rules.error("tags", Messages.AlibabaRules_aliyun(tag.key()));
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

    private static void noAddress(Rules rules, String field, String text) {
        if (text.startsWith("http://") || text.startsWith("https://")) {
            rules.error(field, Messages.AlibabaRules_address(field, text));
        } else if (text.startsWith("https")) {
            rules.warning(field, Messages.AlibabaRules_https(field, text));
        }
    }
}
