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
            rules.error(
                    field, "\"" + name + "\" does not begin with a letter or a Chinese character; put one in front");
        }
        if (SPACE.matcher(name).find()) {
            rules.error(field, "\"" + name + "\" has white space; use - or _ instead");
        } else if (!USUAL.matcher(name).matches()) {
            rules.warning(
                    field,
                    "\"" + name + "\" has characters other than letters, digits, colons, underscores and hyphens; the "
                            + "cloud may refuse it");
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
            rules.error("tags", "has " + tags.size() + " tags; the cloud takes at most " + TAGS);
        }
        long keys = tags.stream().map(ImageTag::key).distinct().count();
        if (keys < tags.size()) {
            rules.error("tags", "has the same key twice; remove one");
        }
        tags.forEach(tag -> tag(rules, tag));
    }

    private static void tag(Rules rules, ImageTag tag) {
        if (!Rules.isGiven(tag.key())) {
            rules.error("tags", "has an empty key; give every tag a key");
            return;
        }
        tagText(rules, "key", tag.key());
        if (tag.key().startsWith("aliyun")) {
            rules.error("tags", "key \"" + tag.key() + "\" begins with aliyun, which is reserved; choose another key");
        }
        String value = tag.value();
        if (value != null) {
            tagText(rules, "value", value);
        }
    }

    private static void tagText(Rules rules, String part, String text) {
        int length = text.codePointCount(0, text.length());
        if (length > TAG_LENGTH) {
            rules.error(
                    "tags", part + " \"" + text + "\" has " + length + " characters; the cloud takes " + TAG_LENGTH);
        }
        if (text.startsWith("acs:")) {
            rules.error("tags", part + " \"" + text + "\" begins with acs:, which is reserved; choose another one");
        }
        if (text.contains("http://") || text.contains("https://")) {
            rules.error("tags", part + " \"" + text + "\" contains http:// or https://; remove that");
        }
    }

    private static void noAddress(Rules rules, String field, String text) {
        if (text.startsWith("http://") || text.startsWith("https://")) {
            rules.error(field, "\"" + text + "\" begins with http:// or https://; remove that");
        } else if (text.startsWith("https")) {
            rules.warning(field, "\"" + text + "\" begins with https, which the cloud may refuse");
        }
    }
}
