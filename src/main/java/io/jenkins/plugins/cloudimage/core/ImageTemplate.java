package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * What instances are started from later, and which image it names. A template that names a family names no image.
 *
 * @param id the cloud's id of the template or configuration
 * @param imageId the id of the image, or null if it names none
 * @param imageName the name of the image, or null if it names none
 */
public record ImageTemplate(
        Kind kind,
        String id,
        @CheckForNull String imageId,
        @CheckForNull String imageName) {

    /** What it is. */
    public enum Kind {
        /** A launch template; any of its versions may name the image. */
        LAUNCH_TEMPLATE,
        /** A configuration of scaling groups. */
        SCALING_CONFIGURATION
    }

    /** A template that names an image by its id only. */
    public ImageTemplate(Kind kind, String id, @CheckForNull String imageId) {
        this(kind, id, imageId, null);
    }

    /** Whether it names an image. Names may not be unique, so another image of the same name counts too. */
    public boolean names(String itsId, String itsName) {
        return itsId.equals(imageId) || itsName.equals(imageName);
    }
}
