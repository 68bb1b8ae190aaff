package io.jenkins.plugins.cloudimage.core.qcloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Mark;
import io.jenkins.plugins.cloudimage.core.Problem;
import io.jenkins.plugins.cloudimage.core.Rules;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The parameters of <a href="https://cloud.tencent.com/doc/api/229/1273">CreateImage</a> of QCloud's API v2. The image
 * contains the system disk alone.
 *
 * @param region the region code, for example {@code ap-guangzhou} or the older {@code gz}
 * @param imageName 1 to 16 letters, digits and hyphens, unique in account and region
 * @param description at most 44 Chinese characters, letters, digits, hyphens and underscores, since the mark takes 20
 *     of the cloud's 64, or null
 * @param instanceId the instance, which must be stopped
 */
public record QcloudImageRequest(
        String region, String imageName, @CheckForNull String description, String instanceId) implements ImageRequest {

    private static final int NAME_LENGTH = 16;
    private static final int DESCRIPTION_LENGTH = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]*");
    private static final Pattern FORBIDDEN = Pattern.compile("[^A-Za-z0-9]+");
    private static final Pattern DESCRIPTION = Pattern.compile("[\\p{IsHan}A-Za-z0-9_-]*");

    @Override
    public QcloudImageRequest withImageName(String name) {
        return new QcloudImageRequest(region, name, description, instanceId);
    }

    @Override
    public QcloudImageRequest withDescription(String text) {
        return new QcloudImageRequest(region, imageName, text, instanceId);
    }

    @Override
    public List<Problem> problems() {
        Rules rules = new Rules();
        rules.region(region);
        if (rules.imageName(imageName)) {
            rules.name("imageName", imageName, 1, NAME_LENGTH, validName());
            if (!NAME.matcher(imageName).matches()) {
                rules.error("imageName", Messages.QcloudImageRequest_name(imageName, validName()));
            }
        }
        checkDescription(rules);
        rules.required("instanceId", instanceId, Messages.QcloudImageRequest_instance());
        rules.looksLike("instanceId", Collections.singletonList(instanceId), "ins-");
        return rules.problems();
    }

    private String validName() {
        String name = FORBIDDEN.matcher(imageName).replaceAll("-");
        String valid = name.substring(0, Math.min(name.length(), NAME_LENGTH)).replaceAll("^-+|-+$", "");
        return valid.isEmpty() ? "image-1" : valid;
    }

    private void checkDescription(Rules rules) {
        int length = description == null ? 0 : description.codePointCount(0, description.length());
        int room = DESCRIPTION_LENGTH - Mark.ROOM;
        if (length > room) {
            rules.error("description", Messages.QcloudImageRequest_long(length, room, DESCRIPTION_LENGTH, Mark.ROOM));
        }
        rules.length("description", description, 0, Integer.MAX_VALUE);
        if (description != null && description.startsWith("@")) {
            rules.error("description", Messages.QcloudImageRequest_at(description));
        } else if (description != null && !DESCRIPTION.matcher(description).matches()) {
            // The page's languages disagree on whether these are all allowed characters or examples.
            rules.warning("description", Messages.QcloudImageRequest_description(description));
        }
    }
}
