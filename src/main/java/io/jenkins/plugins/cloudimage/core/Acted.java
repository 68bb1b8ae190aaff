package io.jenkins.plugins.cloudimage.core;

/** Whether a cloud may have carried out a call that failed. It alone decides what may be sent again. */
public enum Acted {
    /** The cloud surely did nothing. */
    NO,
    /** The cloud may have done it. */
    MAYBE
}
