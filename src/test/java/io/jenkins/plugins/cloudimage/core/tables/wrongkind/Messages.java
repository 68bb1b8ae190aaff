package io.jenkins.plugins.cloudimage.core.tables.wrongkind;

/** Stands for the messages of a cloud. */
public final class Messages {
    private Messages() {}
}
