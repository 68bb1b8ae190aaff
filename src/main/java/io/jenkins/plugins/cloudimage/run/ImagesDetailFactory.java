package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import java.util.List;
import jenkins.model.details.Detail;
import jenkins.model.details.DetailFactory;
import org.kohsuke.stapler.Stapler;

/** Shows a build's images in the line below its title. */
@Extension
@SuppressWarnings("rawtypes")
public final class ImagesDetailFactory extends DetailFactory<Run> {

    @Override
    public Class<Run> type() {
        return Run.class;
    }

    @NonNull
    @Override
    public List<? extends Detail> createFor(@NonNull Run target) {
        CloudImageAction action = target.getAction(CloudImageAction.class);
        return action == null || action.getImages().isEmpty() ? List.of() : List.of(new ImagesDetail(target, action));
    }

    /** One line for all images. */
    public static final class ImagesDetail extends Detail {
        private final Run<?, ?> run;
        private final CloudImageAction action;

        ImagesDetail(Run<?, ?> run, CloudImageAction action) {
            super(run);
            this.run = run;
            this.action = action;
        }

        @Override
        public String getIconClassName() {
            return "symbol-cloud";
        }

        @Override
        public String getDisplayName() {
            List<ImageEntry> images = action.getImages();
            ImageEntry first = images.get(0);
            return images.size() == 1
                    ? Messages.ImagesDetail_one(first.getName(), new ImageCard(first).getStateText())
                    : Messages.ImagesDetail_many(
                            images.size(),
                            images.stream().filter(ImageEntry::isReady).count());
        }

        @Override
        public String getLink() {
            String root = Stapler.getCurrentRequest2().getContextPath();
            return root + "/" + run.getUrl() + action.getUrlName() + "/";
        }
    }
}
