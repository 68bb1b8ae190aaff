package io.jenkins.plugins.cloudimage.core.tables.wrongblank;

/** Stands for the messages of a cloud. */
public final class Messages {
    private Messages() {}
}
