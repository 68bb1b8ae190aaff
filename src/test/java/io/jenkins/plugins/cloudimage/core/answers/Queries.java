package io.jenkins.plugins.cloudimage.core.answers;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.TagFilter;
import java.util.ArrayList;
import java.util.List;

/** Queries as recorded answers write them: a list such as {@code ["namePrefix=web-", "tag=env=prod"]}. */
final class Queries {
    private Queries() {}

    static ImageQuery of(List<String> criteria) {
        String tag = value(criteria, "tag=");
        return new ImageQuery(
                value(criteria, "namePrefix="),
                value(criteria, "imageFamily="),
                tag == null ? null : TagFilter.of(tag),
                null);
    }

    /** Which ids are meant is not recorded, because no cloud is asked for them. */
    static List<String> texts(ImageQuery query) {
        List<String> criteria = new ArrayList<>();
        add(criteria, "namePrefix=", query.namePrefix());
        add(criteria, "imageFamily=", query.imageFamily());
        add(criteria, "tag=", query.tag());
        return criteria;
    }

    private static void add(List<String> criteria, String name, @CheckForNull Object value) {
        if (value != null) {
            criteria.add(name + value);
        }
    }

    @CheckForNull
    private static String value(List<String> criteria, String name) {
        return criteria.stream()
                .filter(criterion -> criterion.startsWith(name))
                .map(criterion -> criterion.substring(name.length()))
                .findFirst()
                .orElse(null);
    }
}
