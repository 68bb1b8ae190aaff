package io.jenkins.plugins.cloudimage.core.jdcloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Problem;
import io.jenkins.plugins.cloudimage.core.Rules;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What JD Cloud takes for an image: the parameters of <a
 * href="https://docs.jdcloud.com/en/virtual-machines/api/createimage">createImage</a>. The machine must be stopped.
 *
 * @param region the region code, for example {@code cn-north-1}
 * @param imageName 2 to 32 characters: Chinese characters, letters, digits, {@code _ - .}
 * @param description at most 256 characters, or null for the name of the image
 * @param instanceId the machine
 * @param dataDisks what shall differ from the machine's data disks; without it every cloud disk becomes part of the image
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
    private static final Pattern NAME = Pattern.compile("[\\p{IsHan}A-Za-z0-9_-]*");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");

    /** Makes the list immutable; null stands for an empty one. */
    public JdCloudImageRequest {
        dataDisks = Rules.list(dataDisks, new InstanceDiskAttachmentSpec(null, null, null, null, null));
    }

    /** JD Cloud has no dry run. */
    @Override
    public boolean dryRun() {
        return false;
    }

    @Override
    public JdCloudImageRequest withImageName(String name) {
        return new JdCloudImageRequest(region, name, description, instanceId, dataDisks);
    }

    @Override
    public List<Problem> problems() {
        Rules rules = new Rules();
        rules.region(region);
        if (rules.imageName(imageName)) {
            rules.length("imageName", imageName, SHORTEST_NAME, LONGEST_NAME);
            checkAlphabet(rules);
        }
        rules.length("description", description, 0, DESCRIPTION_LENGTH);
        if (rules.required("instanceId", instanceId, Messages.JdCloudImageRequest_machine())) {
            checkId(rules);
        }
        for (int i = 0; i < dataDisks.size(); i++) {
            dataDisks.get(i).check(rules, "dataDisks[" + i + "]");
        }
        checkDevices(rules);
        return rules.problems();
    }

    /** Newer pages allow the dot, older ones do not. */
    private void checkAlphabet(Rules rules) {
        if (!NAME.matcher(imageName.replace(".", "")).matches()) {
            rules.warning("imageName", Messages.JdCloudImageRequest_name(imageName));
        } else if (imageName.contains(".")) {
            rules.warning("imageName", Messages.JdCloudImageRequest_dots(imageName));
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
