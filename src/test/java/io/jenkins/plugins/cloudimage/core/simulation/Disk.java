package io.jenkins.plugins.cloudimage.core.simulation;

import java.util.TreeMap;

/** What a controller has on disk: files in memory, each with what is synced and what is not yet. */
final class Disk {
    private static final class Content {
        private byte[] synced;
        private byte[] present;
    }

    private final TreeMap<String, Content> files = new TreeMap<>();
    /** Names the folder in its file system; a copy has another one. */
    final long number;
    /** The folder with the index of what jobs have made, or null if this is it. */
    final Disk made;

    Disk(long number) {
        this(number, new Disk(number, null));
    }

    private Disk(long number, Disk made) {
        this.number = number;
        this.made = made;
    }

    Disk copy(long other) {
        Disk copy = new Disk(other, made == null ? null : made.copy(other));
        files.forEach((name, content) -> {
            Content same = new Content();
            same.synced = content.present;
            same.present = content.present;
            copy.files.put(name, same);
        });
        return copy;
    }

    Iterable<String> names() {
        return files.keySet().stream().toList();
    }

    byte[] read(String name) {
        Content content = files.get(name);
        return content == null ? null : content.present;
    }

    void replace(String name, byte[] bytes, boolean sync) {
        Content content = files.computeIfAbsent(name, absent -> new Content());
        content.present = bytes;
        if (sync) {
            content.synced = bytes;
        }
    }

    void remove(String name) {
        files.remove(name);
    }

    /** The power fails: what was not synced is as it was before. */
    void losePower() {
        if (made != null) {
            made.losePower();
        }
        files.values().removeIf(content -> content.synced == null);
        files.values().forEach(content -> content.present = content.synced);
    }
}
