package io.jenkins.plugins.cloudimage.core.tables.common;

/** Stands for the messages of a cloud. */
public final class Messages {
    private Messages() {}
}
