package io.jenkins.plugins.cloudimage.core.jdcloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Mark;
import io.jenkins.plugins.cloudimage.core.Problem;
import io.jenkins.plugins.cloudimage.core.Rules;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The parameters of JD Cloud's <a href="https://docs.jdcloud.com/en/virtual-machines/api/createimage">createImage</a>.
 * An instance with a local system disk must be stopped.
 *
 * @param region the region code, for example {@code cn-north-1}
 * @param imageName 2 to 32 characters: Chinese characters, letters, digits, {@code _ - .}
 * @param description at most 236 characters, since the mark takes 20 of the cloud's 256, or null
 * @param instanceId the source instance
 * @param dataDisks changes to the instance's data disks; by default every cloud disk becomes part of the image
 */
public record JdCloudImageRequest(
        String region,
        String imageName,
        @CheckForNull String description,
        String instanceId,
        List<InstanceDiskAttachmentSpec> dataDisks)
        implements ImageRequest {

    private static final int SHORTEST_NAME = 2;
    private static final int LONGEST_NAME = 32;
    private static final int DESCRIPTION_LENGTH = 256;
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^\\p{IsHan}A-Za-z0-9_.-]+");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");

    /** A null list becomes an empty one. */
    public JdCloudImageRequest {
        dataDisks = Rules.list(dataDisks, new InstanceDiskAttachmentSpec(null, null, null, null, null));
    }

    @Override
    public JdCloudImageRequest withImageName(String name) {
        return new JdCloudImageRequest(region, name, description, instanceId, dataDisks);
    }

    @Override
    public JdCloudImageRequest withDescription(String text) {
        return new JdCloudImageRequest(region, imageName, text, instanceId, dataDisks);
    }

    @Override
    public List<Problem> problems() {
        Rules rules = new Rules();
        rules.region(region);
        if (rules.imageName(imageName)) {
            rules.name("imageName", imageName, SHORTEST_NAME, LONGEST_NAME, validName());
            checkAlphabet(rules);
        }
        checkDescription(rules);
        if (rules.required("instanceId", instanceId, Messages.JdCloudImageRequest_instance())) {
            checkId(rules);
        }
        for (int i = 0; i < dataDisks.size(); i++) {
            dataDisks.get(i).check(rules, "dataDisks[" + i + "]");
        }
        checkDevices(rules);
        return rules.problems();
    }

    /** Newer pages allow the period, older ones do not. */
    private void checkAlphabet(Rules rules) {
        if (NOT_IN_NAMES.matcher(imageName).find()) {
            rules.error("imageName", Messages.JdCloudImageRequest_name(imageName, validName()));
        } else if (imageName.contains(".")) {
            rules.warning("imageName", Messages.JdCloudImageRequest_dots(imageName));
        }
    }

    /** The given name, changed so that the cloud accepts it. */
    private String validName() {
        String name = NOT_IN_NAMES.matcher(imageName.strip()).replaceAll("-");
        int characters = Math.min(LONGEST_NAME, name.codePointCount(0, name.length()));
        String valid = name.substring(0, name.offsetByCodePoints(0, characters));
        return valid.length() < SHORTEST_NAME ? "image-1" : valid;
    }

    private void checkDescription(Rules rules) {
        int length = description == null ? 0 : description.codePointCount(0, description.length());
        int most = DESCRIPTION_LENGTH - Mark.ROOM;
        if (length > most) {
            rules.error("description", Messages.JdCloudImageRequest_description(length, most, Mark.ROOM));
        } else {
            rules.length("description", description, 0, most);
        }
    }

    /** The id becomes part of a path. */
    private void checkId(Rules rules) {
        if (!ID.matcher(instanceId).matches()) {
            rules.error("instanceId", Messages.JdCloudImageRequest_noId(instanceId));
        } else {
            rules.looksLike("instanceId", Collections.singletonList(instanceId), "i-");
        }
    }

    private void checkDevices(Rules rules) {
        List<String> devices = dataDisks.stream()
                .map(InstanceDiskAttachmentSpec::deviceName)
                .filter(Objects::nonNull)
                .toList();
        devices.stream()
                .filter(device -> Collections.frequency(devices, device) > 1)
                .distinct()
                .forEach(device -> rules.warning("dataDisks", Messages.JdCloudImageRequest_sameDevice(device)));
    }
}
