package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.model.Api;
import hudson.model.EnvironmentContributingAction;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.model.RunAction2;
import jenkins.model.Tab;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The images of a build: shown on its page and on their own page, in its REST API, and as build variables. */
@ExportedBean(defaultVisibility = 2)
public class CloudImageAction extends Tab implements RunAction2, EnvironmentContributingAction {
    private List<ImageEntry> images;
    /** The images that the build has not made but found, or null if there are none. */
    private List<FoundImage> found;
    /** The images that the build deletes, or null if there are none. */
    private List<DeletedImage> deletions;
    /** Whether the images have changed since they were saved. */
    private transient boolean unsaved;
    /** The manifests that were archived last, or null if unknown. */
    private transient Map<String, String> archived;

    /** No image yet. */
    public CloudImageAction() {
        this(List.of(), List.of());
    }

    private CloudImageAction(List<ImageEntry> images, List<FoundImage> found) {
        super(null);
        this.images = images;
        this.found = found.isEmpty() ? null : found;
    }

    /** Adds an image that the build has found, or replaces the one that the same step found before a restart. */
    synchronized void add(FoundImage image) {
        List<FoundImage> next = new ArrayList<>(getFound());
        next.removeIf(image::replaces);
        next.add(image);
        found = next;
    }

    /**
     * Updates the entry of a creation. The list is replaced as a whole, because readers iterate over it.
     *
     * @param output how its step hands it over, or null if no step waits and that is to stay as it is
     */
    synchronized void put(Creation creation, String cloud, @CheckForNull OutputSettings output, Instant now) {
        List<ImageEntry> next = new ArrayList<>(images);
        int index = 0;
        while (index < next.size() && !next.get(index).getKey().equals(creation.key())) {
            index++;
        }
        ImageEntry before = index < next.size() ? next.get(index) : null;
        OutputSettings kept = before == null ? OutputSettings.DEFAULT : before.output();
        ImageEntry entry = new ImageEntry(creation, cloud, output == null ? kept : output, before, now);
        if (entry.equals(before)) {
            return;
        }
        if (before == null) {
            next.add(entry);
        } else {
            next.set(index, entry);
        }
        // Parallel branches may report in another order than they started.
        next.sort(Comparator.comparingLong(ImageEntry::getStarted));
        images = next;
        unsaved |= entry.isNewsAfter(before);
    }

    /** Updates the entry of a deletion. The list is replaced as a whole, because readers iterate over it. */
    synchronized void putDeletion(Creation deletion, String cloud) {
        List<DeletedImage> next = new ArrayList<>(getDeletions());
        DeletedImage before = next.stream()
                .filter(image -> image.getKey().equals(deletion.key()))
                .findFirst()
                .orElse(null);
        DeletedImage entry = new DeletedImage(deletion, cloud, before);
        if (entry.isSame(before)) {
            return;
        }
        if (before == null) {
            next.add(entry);
        } else {
            next.set(next.indexOf(before), entry);
        }
        deletions = next;
        unsaved = true;
    }

    /** The ready images, for a build that is restarted from a later stage. */
    CloudImageAction inherited() {
        return new CloudImageAction(
                getImages().stream()
                        .filter(ImageEntry::isReady)
                        .map(ImageEntry::inherited)
                        .toList(),
                getFound());
    }

    /** Whether this build created the image, and not the build that it was restarted from. */
    boolean isOwn(String key) {
        return getImages().stream().anyMatch(image -> image.getKey().equals(key) && !image.isInherited())
                || getDeletions().stream().anyMatch(image -> image.getKey().equals(key));
    }

    boolean isImage(String id) {
        return getImages().stream().anyMatch(image -> id.equals(image.getId()))
                || getFound().stream().anyMatch(image -> id.equals(image.getId()));
    }

    private record Value(long since, String variable, String id) {}

    /** The build variables. The last image with the same variable counts. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        Stream.concat(
                        getImages().stream()
                                .filter(ImageEntry::isReady)
                                .map(image -> new Value(image.getStarted(), image.getVariable(), image.getId())),
                        getFound().stream()
                                .map(image -> new Value(image.getFound(), image.getVariable(), image.getId())))
                .sorted(Comparator.comparingLong(Value::since))
                .forEach(value -> variables.put(value.variable(), value.id()));
        return variables;
    }

    /** Ends the entries of a creation whose record is lost. */
    synchronized void lose(String key, String error, Instant now) {
        images = images.stream()
                .map(image -> image.getKey().equals(key) && image.isWaiting() ? image.lost(error, now) : image)
                .toList();
        if (deletions != null) {
            deletions = deletions.stream()
                    .map(image -> image.getKey().equals(key) ? image.lost(error, now) : image)
                    .toList();
        }
        unsaved = true;
    }

    /** The keys of the records whose builds end with this one. */
    List<String> ownKeys() {
        return Stream.concat(
                        getImages().stream()
                                .filter(image -> !image.isInherited())
                                .map(ImageEntry::getKey),
                        getDeletions().stream().map(DeletedImage::getKey))
                .toList();
    }

    /** Whether the build was told that a creation or a deletion has ended. */
    boolean isEnded(String key) {
        return getImages().stream().anyMatch(image -> image.getKey().equals(key) && !image.isWaiting())
                || getDeletions().stream().anyMatch(image -> image.getKey().equals(key) && !image.isWaiting());
    }

    synchronized boolean isUnsaved() {
        return unsaved;
    }

    synchronized void saved() {
        unsaved = false;
    }

    synchronized boolean isArchived(Map<String, String> manifests) {
        return manifests.equals(archived);
    }

    synchronized void archived(Map<String, String> manifests) {
        archived = manifests;
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

    /**
     * The images that the build has not made but found.
     *
     * @return in the order in which they were found
     */
    @Exported
    public synchronized List<FoundImage> getFound() {
        return found == null ? List.of() : List.copyOf(found);
    }

    /**
     * The images that the build deletes.
     *
     * @return in the order in which their steps began
     */
    @Exported
    public synchronized List<DeletedImage> getDeletions() {
        return deletions == null ? List.of() : List.copyOf(deletions);
    }

    /** Whether there is something to show. */
    public boolean isShown() {
        return !getImages().isEmpty()
                || !getFound().isEmpty()
                || !getDeletions().isEmpty();
    }

    /** The images for the pages. */
    public List<ImageCard> getCards() {
        return ImageCard.of(getImages());
    }

    /**
     * Whether the page may still change.
     *
     * @return true while the build runs or an image is waited for
     */
    public boolean isLive() {
        return getObject() instanceof Run<?, ?> run && run.isBuilding()
                || getImages().stream().anyMatch(ImageEntry::isWaiting)
                || getDeletions().stream().anyMatch(DeletedImage::isWaiting);
    }

    /** The REST API of the page. */
    public Api getApi() {
        return new Api(this);
    }

    @Override
    public void buildEnvironment(Run<?, ?> build, EnvVars variables) {
        variables.putAll(variables());
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        object = owner;
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        object = owner;
    }

    @Override
    public String getIconFileName() {
        return isShown() ? "symbol-cloud" : null;
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
