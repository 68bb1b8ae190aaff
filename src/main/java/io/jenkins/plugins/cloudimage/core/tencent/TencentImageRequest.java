package io.jenkins.plugins.cloudimage.core.tencent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.Mark;
import io.jenkins.plugins.cloudimage.core.Problem;
import io.jenkins.plugins.cloudimage.core.Rules;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parameters of Tencent Cloud CVM's <a href="https://cloud.tencent.com/document/api/213/16726">CreateImage</a>,
 * version 2017-03-12.
 *
 * @param region the region code, for example {@code ap-guangzhou}
 * @param imageName 1 to 60 characters, unique in account and region
 * @param description at most 236 characters, since the mark takes 20 of the cloud's 256, or null
 * @param instanceId the instance, or null if {@code snapshotIds} are given
 * @param snapshotIds snapshots, exactly one of them of a system disk, instead of {@code instanceId}
 * @param forcePoweroff whether to force the instance off if a soft shutdown fails
 * @param sysprep whether to run Sysprep, for Windows
 * @param dataDiskIds data disks of the instance that become part of the image; by default only the system disk does
 * @param dryRun whether to only check the request
 * @param tags at most 50 tags
 * @param imageFamily the family that the image belongs to, or null
 */
public record TencentImageRequest(
        String region,
        String imageName,
        @CheckForNull String description,
        @CheckForNull String instanceId,
        List<String> snapshotIds,
        boolean forcePoweroff,
        boolean sysprep,
        List<String> dataDiskIds,
        boolean dryRun,
        List<ImageTag> tags,
        @CheckForNull String imageFamily)
        implements ImageRequest {

    private static final int NAME_LENGTH = 60;
    private static final int DESCRIPTION_LENGTH = 256;
    private static final int TAGS = 50;
    /** One page allows this many characters for keys and values, another page fewer for one of them. */
    private static final int TAG_LENGTH = 255;

    private static final int SURE_TAG_LENGTH = 127;
    private static final List<String> RESERVED_KEYS = List.of("qcs:", "qcloud", "tencent", "project", "\u9879\u76ee");

    /** The pages do not document the characters of names; the names on them consist of these. */
    private static final Pattern SURE_NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N} ._()-]*");

    private static final Pattern UNSURE = Pattern.compile("[^\\p{L}\\p{M}\\p{N}._()-]+");

    /** Null lists become empty ones. */
    public TencentImageRequest {
        snapshotIds = Rules.list(snapshotIds, "");
        dataDiskIds = Rules.list(dataDiskIds, "");
        tags = Rules.list(tags, new ImageTag("", null));
    }

    /** Makes a request without tags and family. */
    public TencentImageRequest(
            String region,
            String imageName,
            @CheckForNull String description,
            @CheckForNull String instanceId,
            List<String> snapshotIds,
            boolean forcePoweroff,
            boolean sysprep,
            List<String> dataDiskIds,
            boolean dryRun) {
        this(
                region,
                imageName,
                description,
                instanceId,
                snapshotIds,
                forcePoweroff,
                sysprep,
                dataDiskIds,
                dryRun,
                null,
                null);
    }

    @Override
    public TencentImageRequest withImageName(String name) {
        return with(name, description, tags, dryRun);
    }

    @Override
    public TencentImageRequest withDescription(String text) {
        return with(imageName, text, tags, dryRun);
    }

    @Override
    public TencentImageRequest withTags(List<ImageTag> others) {
        return with(imageName, description, others, dryRun);
    }

    @Override
    public TencentImageRequest withDryRun() {
        return with(imageName, description, tags, true);
    }

    private TencentImageRequest with(String name, String text, List<ImageTag> others, boolean onlyCheck) {
        return new TencentImageRequest(
                region,
                name,
                text,
                instanceId,
                snapshotIds,
                forcePoweroff,
                sysprep,
                dataDiskIds,
                onlyCheck,
                others,
                imageFamily);
    }

    @Override
    public List<Problem> problems() {
        Rules rules = new Rules();
        boolean fromInstance = Rules.isGiven(instanceId);
        boolean fromSnapshots = !snapshotIds.isEmpty();
        rules.region(region);
        if (rules.imageName(imageName)) {
            rules.name("imageName", imageName, 1, NAME_LENGTH, validName());
            checkName(rules);
        }
        checkDescription(rules);
        rules.exactlyOne("instanceId", fromInstance, "snapshotIds", fromSnapshots)
                .looksLike("instanceId", Collections.singletonList(instanceId), "ins-")
                .distinct("snapshotIds", snapshotIds)
                .looksLike("snapshotIds", snapshotIds, "snap-")
                .onlyWith("dataDiskIds", !dataDiskIds.isEmpty(), "instanceId", fromInstance)
                .distinct("dataDiskIds", dataDiskIds)
                .looksLike("dataDiskIds", dataDiskIds, "disk-");
        if (forcePoweroff && !fromInstance) {
            rules.warning("forcePoweroff", Messages.TencentImageRequest_noEffect("forcePoweroff"));
        }
        if (sysprep && !fromInstance) {
            rules.warning("sysprep", Messages.TencentImageRequest_noEffect("sysprep"));
        }
        checkTags(rules);
        return rules.problems();
    }

    /**
     * The image is searched by exactly this name, so the name must not begin or end with characters that the cloud may
     * remove.
     */
    private void checkName(Rules rules) {
        if (!imageName.equals(imageName.strip())) {
            rules.error("imageName", Messages.TencentImageRequest_space(imageName, imageName.strip()));
        } else if (!SURE_NAME.matcher(imageName).matches()) {
            rules.warning("imageName", Messages.TencentImageRequest_name(imageName, validName()));
        }
    }

    private String validName() {
        String name = UNSURE.matcher(imageName.strip()).replaceAll("-");
        int characters = Math.min(NAME_LENGTH, name.codePointCount(0, name.length()));
        return name.substring(0, name.offsetByCodePoints(0, characters));
    }

    private void checkDescription(Rules rules) {
        int length = description == null ? 0 : description.codePointCount(0, description.length());
        int room = DESCRIPTION_LENGTH - Mark.ROOM;
        if (length > room) {
            rules.error(
                    "description",
                    Messages.TencentImageRequest_description(length, room, DESCRIPTION_LENGTH, Mark.ROOM));
        }
        rules.length("description", description, 0, Integer.MAX_VALUE);
    }

    private void checkTags(Rules rules) {
        if (tags.size() > TAGS) {
            rules.error("tags", Messages.TencentImageRequest_manyTags(tags.size(), TAGS));
        }
        rules.distinctKeys(tags);
        for (ImageTag tag : tags) {
            String key = tag.key();
            if (key == null || key.isBlank()) {
                rules.error("tags", Messages.TencentImageRequest_emptyKey());
                continue;
            }
            if (RESERVED_KEYS.stream().anyMatch(key.toLowerCase(Locale.ROOT)::startsWith)) {
                rules.warning("tags", Messages.TencentImageRequest_reservedKey(key));
            }
            Stream.of(key, tag.value() == null ? "" : tag.value()).forEach(text -> checkTag(rules, text));
        }
    }

    private static void checkTag(Rules rules, String text) {
        int length = text.codePointCount(0, text.length());
        if (length > TAG_LENGTH) {
            rules.error("tags", Messages.TencentImageRequest_longTag(text, length, TAG_LENGTH));
        } else if (length > SURE_TAG_LENGTH) {
            rules.warning("tags", Messages.TencentImageRequest_longTag(text, length, SURE_TAG_LENGTH));
        }
    }
}
