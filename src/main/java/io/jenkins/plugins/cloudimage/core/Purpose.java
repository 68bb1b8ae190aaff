package io.jenkins.plugins.cloudimage.core;

/** What a key needs a permission for, in the order in which people read it. */
public enum Purpose {
    /** To create an image and wait for it. */
    CREATE,
    /** To create an image with tags. */
    TAG,
    /** To stop and start the instance. */
    POWER,
    /** To read how many images are left. */
    QUOTA,
    /** To copy an image to other regions. */
    COPY,
    /** To share an image and to end that. */
    SHARE,
    /** To delete an image. */
    DELETE,
    /** To list the instances that use an image. */
    USAGE,
    /** To list the launch templates and scaling configurations that name an image. */
    TEMPLATES
}
