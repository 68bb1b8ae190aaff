package io.jenkins.plugins.cloudimage.core;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The permissions that a key needs, under their names in the cloud's access management. They follow from the calls that
 * are made, so they hold for an administrator's endpoints too.
 *
 * @param always needed for every image
 * @param delete needed in addition to delete an image together with its snapshots
 * @param usage needed in addition to list the instances that use an image
 * @param power needed in addition to stop and start an instance
 * @param quota needed in addition to read the quota; empty if the cloud has no call for it
 * @param share needed in addition to share an image and to end that
 * @param copy needed in addition to copy an image to other regions; empty if the cloud does not do that
 * @param tag perhaps needed in addition to create an image with tags; empty if its create call takes none
 * @param templates needed in addition to list the launch templates and scaling configurations that name an image; empty if the
 *     cloud does not list them
 */
public record Permissions(
        List<String> always,
        List<String> delete,
        List<String> usage,
        List<String> power,
        List<String> quota,
        List<String> share,
        List<String> copy,
        List<String> tag,
        List<String> templates) {

    public Permissions {
        always = List.copyOf(always);
        delete = List.copyOf(delete);
        usage = List.copyOf(usage);
        power = List.copyOf(power);
        quota = List.copyOf(quota);
        share = List.copyOf(share);
        copy = List.copyOf(copy);
        tag = List.copyOf(tag);
        templates = List.copyOf(templates);
    }

    /** The permissions for a cloud that lists no templates. */
    public Permissions(
            List<String> always,
            List<String> delete,
            List<String> usage,
            List<String> power,
            List<String> quota,
            List<String> share,
            List<String> copy,
            List<String> tag) {
        this(always, delete, usage, power, quota, share, copy, tag, List.of());
    }

    /** The permissions for a cloud that copies no images. */
    public Permissions(
            List<String> always,
            List<String> delete,
            List<String> usage,
            List<String> power,
            List<String> quota,
            List<String> share,
            List<String> tag) {
        this(always, delete, usage, power, quota, share, List.of(), tag);
    }

    /** The same, and those to list launch templates and scaling configurations. */
    public Permissions withTemplates(String... listing) {
        return new Permissions(always, delete, usage, power, quota, share, copy, tag, List.of(listing));
    }

    /** All of them, each once. */
    public List<String> all() {
        return byPurpose().values().stream()
                .flatMap(Collection::stream)
                .distinct()
                .toList();
    }

    /**
     * What remains to be proven once one of them is.
     *
     * @return the others, without purposes that need no others
     */
    public Map<Purpose, List<String>> without(String proven) {
        Map<Purpose, List<String>> others = byPurpose();
        others.replaceAll((purpose, permissions) ->
                permissions.stream().filter(each -> !each.equals(proven)).toList());
        others.values().removeIf(List::isEmpty);
        return others;
    }

    private Map<Purpose, List<String>> byPurpose() {
        Map<Purpose, List<String>> all = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            all.put(
                    purpose,
                    switch (purpose) {
                        case CREATE -> always;
                        case TAG -> tag;
                        case POWER -> power;
                        case QUOTA -> quota;
                        case COPY -> copy;
                        case SHARE -> share;
                        case DELETE -> delete;
                        case USAGE -> usage;
                        case TEMPLATES -> templates;
                    });
        }
        return all;
    }
}
