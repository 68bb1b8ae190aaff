package io.jenkins.plugins.cloudimage.core.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The part of a file system that the ledger needs, over a disk in memory; a process sees its disk through one of these. */
final class DiskFiles extends FileSystem {
    private final Disk disk;
    private final String root;
    private final Hooks hooks;
    private final Provider provider = new Provider();

    /** Is asked before anything is written. */
    interface Hooks {
        void beforeWrite() throws IOException;

        void beforeMove() throws IOException;

        void afterMove() throws IOException;
    }

    DiskFiles(Disk disk, String root, Hooks hooks) {
        this.disk = disk;
        this.root = root;
        this.hooks = hooks;
    }

    Path folder() {
        return new Name("");
    }

    private final class Name implements Path {
        private final String name;

        Name(String name) {
            this.name = name;
        }

        @Override
        public FileSystem getFileSystem() {
            return DiskFiles.this;
        }

        @Override
        public boolean isAbsolute() {
            return true;
        }

        @Override
        public Path getRoot() {
            return folder();
        }

        @Override
        public Path getFileName() {
            return this;
        }

        @Override
        public Path getParent() {
            return name.isEmpty() ? null : folder();
        }

        @Override
        public int getNameCount() {
            return 1;
        }

        @Override
        public Path getName(int index) {
            return this;
        }

        @Override
        public Path subpath(int begin, int end) {
            return this;
        }

        @Override
        public boolean startsWith(Path other) {
            return equals(other);
        }

        @Override
        public boolean endsWith(Path other) {
            return equals(other);
        }

        @Override
        public Path normalize() {
            return this;
        }

        @Override
        public Path resolve(Path other) {
            return other;
        }

        @Override
        public Path resolve(String other) {
            return new Name(other);
        }

        @Override
        public Path relativize(Path other) {
            return other;
        }

        @Override
        public URI toUri() {
            return URI.create("memory:" + this);
        }

        @Override
        public Path toAbsolutePath() {
            return this;
        }

        @Override
        public Path toRealPath(LinkOption... options) {
            return this;
        }

        @Override
        public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Path other) {
            return name.compareTo(((Name) other).name);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Name path && path.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String toString() {
            return root + "/" + name;
        }
    }

    private static String name(Path path) {
        return ((Name) path).name;
    }

    private final class Provider extends FileSystemProvider {
        /** What is written and not yet in its place. */
        private Written pending;

        @Override
        public String getScheme() {
            return "memory";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            return DiskFiles.this;
        }

        @Override
        public Path getPath(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs) throws IOException {
            byte[] content = disk.read(name(path));
            if (content == null) {
                throw new NoSuchFileException(path.toString());
            }
            return new Reading(content);
        }

        @Override
        public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs)
                throws IOException {
            if (name(path).isEmpty()) {
                return new Written();
            }
            hooks.beforeWrite();
            pending = new Written();
            return pending;
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path dir, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            List<Path> paths = new ArrayList<>();
            for (String name : disk.names()) {
                Path path = new Name(name);
                if (filter.accept(path)) {
                    paths.add(path);
                }
            }
            return new DirectoryStream<>() {
                @Override
                public Iterator<Path> iterator() {
                    return paths.iterator();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void createDirectory(Path dir, FileAttribute<?>... attrs) {}

        @Override
        public void delete(Path path) throws IOException {
            hooks.beforeWrite();
            disk.remove(name(path));
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) throws IOException {
            hooks.beforeMove();
            disk.replace(name(target), pending.bytes.toByteArray(), pending.synced);
            hooks.afterMove();
        }

        @Override
        public boolean isSameFile(Path path, Path other) {
            return path.equals(other);
        }

        @Override
        public boolean isHidden(Path path) {
            return false;
        }

        @Override
        public FileStore getFileStore(Path path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) {}

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
            return Map.of("ino", disk.number);
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Reading implements SeekableByteChannel {
        private final ReadableByteChannel bytes;
        private final int size;

        Reading(byte[] content) {
            bytes = Channels.newChannel(new java.io.ByteArrayInputStream(content));
            size = content.length;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return bytes.read(target);
        }

        @Override
        public int write(ByteBuffer source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            return 0;
        }

        @Override
        public SeekableByteChannel position(long position) {
            return this;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public SeekableByteChannel truncate(long length) {
            return this;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static final class Written extends FileChannel {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        private boolean synced;

        @Override
        public int write(ByteBuffer source) {
            byte[] all = new byte[source.remaining()];
            source.get(all);
            bytes.writeBytes(all);
            return all.length;
        }

        @Override
        public void force(boolean metaData) {
            synced = true;
        }

        @Override
        protected void implCloseChannel() {}

        @Override
        public int read(ByteBuffer target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            return bytes.size();
        }

        @Override
        public FileChannel position(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public FileChannel truncate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer target, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer source, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(folder());
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic", "posix", "unix");
    }

    @Override
    public Path getPath(String first, String... more) {
        return new Name(first);
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        String ending = pattern.substring(pattern.indexOf('*') + 1);
        return path -> path.toString().endsWith(ending);
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }
}
