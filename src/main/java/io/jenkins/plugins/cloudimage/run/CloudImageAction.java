package io.jenkins.plugins.cloudimage.run;

import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The images of a build: shown on its page, told by its REST API, and given to it as variables. */
@ExportedBean(defaultVisibility = 2)
public class CloudImageAction implements RunAction2, EnvironmentContributingAction {
    private List<ImageEntry> images = List.of();
    private transient volatile Run<?, ?> run;

    /** Replaces the entry of the same creation, or adds it. The list is replaced as a whole, for readers that iterate. */
    synchronized void put(ImageEntry entry) {
        List<ImageEntry> next = new ArrayList<>(images);
        int index = 0;
        while (index < next.size() && !next.get(index).key().equals(entry.key())) {
            index++;
        }
        if (index < next.size()) {
            next.set(index, entry);
        } else {
            next.add(entry);
        }
        images = next;
    }

    /**
     * The images.
     *
     * @return in the order in which their steps began
     */
    @Exported
    public synchronized List<ImageEntry> getImages() {
        return List.copyOf(images);
    }

    String variableOf(String key) {
        return getImages().stream()
                .filter(image -> image.key().equals(key))
                .map(ImageEntry::variable)
                .findFirst()
                .orElse(ImageParameters.DEFAULT_VARIABLE);
    }

    ImageManifest manifest() {
        return ImageManifest.of(getImages().stream()
                .filter(image -> !image.dryRun())
                .map(ImageEntry::toManifest)
                .toList());
    }

    /**
     * The build.
     *
     * @return whose images these are
     */
    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public void buildEnvironment(Run<?, ?> build, EnvVars variables) {
        for (ImageEntry image : getImages()) {
            if (image.isReady()) {
                variables.put(image.variable(), image.getId());
            }
        }
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.CloudImageAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "cloud-images";
    }
}
