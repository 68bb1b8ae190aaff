package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Api;
import hudson.model.Job;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jenkins.model.Tab;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The images of a job's last builds. Every job has this page, so that its address and its REST API are always there; it
 * is offered only where there is something to see, and that is judged by two builds that Jenkins' own pages load anyway.
 */
@ExportedBean
public final class ProjectImages extends Tab {
    /** How many builds are looked at: about as many as the build history shows, and loads, at once. */
    static final int BUILDS = 20;

    private final Job<?, ?> job;

    ProjectImages(Job<?, ?> job) {
        super(job);
        this.job = job;
    }

    /**
     * The last builds that wanted images.
     *
     * @return the newest first, out of the last {@value #BUILDS} builds
     */
    @Exported
    public List<BuildImages> getBuilds() {
        List<BuildImages> builds = new ArrayList<>();
        for (Run<?, ?> run : job.getBuilds().limit(BUILDS)) {
            CloudImageAction action = run.getAction(CloudImageAction.class);
            if (action != null && !action.getImages().isEmpty()) {
                builds.add(new BuildImages(run, action));
            }
        }
        return builds;
    }

    /** The REST API of the page. */
    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getIconFileName() {
        return hasImages(job.getLastBuild()) || hasImages(job.getLastSuccessfulBuild()) ? "symbol-cloud" : null;
    }

    private static boolean hasImages(Run<?, ?> run) {
        CloudImageAction action = run == null ? null : run.getAction(CloudImageAction.class);
        return action != null && !action.getImages().isEmpty();
    }

    @Override
    public String getDisplayName() {
        return Messages.CloudImageAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "cloud-images";
    }

    /** The images of one build. */
    @ExportedBean(defaultVisibility = 2)
    public static final class BuildImages {
        private final Run<?, ?> run;
        private final CloudImageAction action;

        BuildImages(Run<?, ?> run, CloudImageAction action) {
            this.run = run;
            this.action = action;
        }

        /** The build. */
        public Run<?, ?> getRun() {
            return run;
        }

        /** The build's number. */
        @Exported
        public int getNumber() {
            return run.getNumber();
        }

        /** The build's page. */
        @Exported
        public String getUrl() {
            return run.getAbsoluteUrl();
        }

        /** Its images, in the order in which their steps began. */
        @Exported
        public List<ImageEntry> getImages() {
            return action.getImages();
        }

        /** The images for the page. */
        public List<ImageCard> getCards() {
            return action.getCards();
        }
    }

    /** Gives the page to every job. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Class<ProjectImages> actionType() {
            return ProjectImages.class;
        }

        @NonNull
        @Override
        public Collection<ProjectImages> createFor(@NonNull Job target) {
            return List.of(new ProjectImages(target));
        }
    }
}
