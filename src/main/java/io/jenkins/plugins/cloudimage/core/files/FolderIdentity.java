package io.jenkins.plugins.cloudimage.core.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells a folder from its copies. */
public final class FolderIdentity {
    private FolderIdentity() {}

    /**
     * The identity of a folder, which is created if it is missing: its path and, if the file system has one, its file key. A
     * copy and a restored backup have another identity; a restart and a new host name do not change it.
     *
     * @throws IOException if the folder can neither be read nor created
     */
    public static String of(Path folder) throws IOException {
        Files.createDirectories(folder);
        boolean unix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
        return folder.toRealPath() + (unix ? "#" + Files.getAttribute(folder, "unix:ino") : "");
    }
}
