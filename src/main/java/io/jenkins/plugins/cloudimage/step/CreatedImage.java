package io.jenkins.plugins.cloudimage.step;

import groovy.lang.GString;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.run.FoundImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/**
 * The result of a step that creates or finds an image. A sandboxed script may read its properties. It is a Groovy string, so Groovy and every step
 * accept it as the image's id where they need a string.
 */
public final class CreatedImage extends GString {
    private static final long serialVersionUID = 1L;
    private static final Object[] NO_VALUES = {};

    private final String id;
    private final String name;
    private final String region;
    private final String cloud;
    /** An {@link ArrayList}, because a pipeline saves it. */
    private final ArrayList<ImageCopy> copies;

    CreatedImage(Creation creation, String cloud) {
        super(NO_VALUES);
        this.id = creation.imageId();
        this.name = creation.request().imageName();
        this.region = creation.request().region();
        this.cloud = cloud;
        this.copies = creation.copies().stream().map(ImageCopy::new).collect(Collectors.toCollection(ArrayList::new));
    }

    CreatedImage(FoundImage image) {
        super(NO_VALUES);
        this.id = image.getId();
        this.name = image.getName();
        this.region = image.getRegion();
        this.cloud = image.getCloud();
        this.copies = new ArrayList<>();
    }

    /**
     * The image.
     *
     * @return the cloud's id, or null after a dry run
     */
    @Whitelisted
    public String getId() {
        return id;
    }

    /** The image's name. */
    @Whitelisted
    public String getName() {
        return name;
    }

    /**
     * Where the image is.
     *
     * @return the cloud's region code
     */
    @Whitelisted
    public String getRegion() {
        return region;
    }

    /**
     * The cloud.
     *
     * @return its id, for example {@code tencentCloud}
     */
    @Whitelisted
    public String getCloud() {
        return cloud;
    }

    /** The copies in other regions, in the order in which the step names them. */
    @Whitelisted
    public List<ImageCopy> getCopies() {
        return copies == null ? List.of() : new ArrayList<>(copies);
    }

    @Override
    public String[] getStrings() {
        return new String[] {toString()};
    }

    /** The id; empty after a dry run. */
    @Override
    @Whitelisted
    public String toString() {
        return id == null ? "" : id;
    }
}
