package io.jenkins.plugins.cloudimage.step;

import io.jenkins.plugins.cloudimage.core.creation.Creation;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/** Labels the step with its image in every view of the pipeline, and links the step's page to the image's card. */
final class ImageLabel extends LabelAction {
    private static final String PAGE_SEEN_FROM_STEP = "../../../cloud-images/";

    private final String key;

    private ImageLabel(Creation creation) {
        super(Messages.ImageLabel_label(creation.request().imageName(), creation.imageId()));
        this.key = creation.key();
    }

    /** Labels a step when there is an image. Nothing is saved if the label is the same. */
    static void put(FlowNode node, Creation creation) {
        ImageLabel label = new ImageLabel(creation);
        ImageLabel before = node.getAction(ImageLabel.class);
        if (before == null || !Objects.equals(before.getDisplayName(), label.getDisplayName())) {
            node.addOrReplaceAction(label);
        }
    }

    @Override
    public String getIconFileName() {
        return "symbol-cloud";
    }

    /** Relative, because the job may be moved. */
    @Override
    public String getUrlName() {
        return PAGE_SEEN_FROM_STEP + "#cloud-image-" + key;
    }
}
