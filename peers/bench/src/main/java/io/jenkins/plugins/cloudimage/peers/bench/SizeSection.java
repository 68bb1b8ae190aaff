package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.peers.SdkLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What a controller has to carry. The peer is the set of SDKs that one step for the same clouds needs, by the class paths
 * that Maven resolves for them, each jar once; of Alibaba's SDK only the core, without its typed requests, and no logging
 * library. OkHttp and Jackson are not in the {@code .hpi}: Jenkins has them as plugins, and most controllers run both.
 */
final class SizeSection implements Section {
    private static final List<String> SDKS = List.of("tencent", "jdcloud", "qcloud", "alibaba");

    private final Path plugin;

    SizeSection(Path plugin) {
        this.plugin = plugin;
    }

    private record Size(int jars, long bytes, int classes) {
        @Override
        public String toString() {
            return String.format("%d jars, %s MB, %,d classes", jars, Row.number(bytes / 1e6), classes);
        }
    }

    @Override
    public List<Row> measure(Effort effort) throws IOException {
        Size sdks = sdks();
        if (!Files.exists(plugin)) {
            Path core = Path.of(Clouds.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath());
            return List.of(Row.beside(
                    "size; there is no .hpi here, so of the core alone",
                    Row.number(Files.size(core) / 1e3) + " kB, " + classes(core) + " classes",
                    "SDKs " + sdks,
                    "",
                    ""));
        }
        long bytes = Files.size(plugin);
        List<String> jars = new ArrayList<>();
        int classes = 0;
        try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(plugin))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().endsWith("/cloud-image.jar")) {
                    classes = classes(new ZipInputStream(entries));
                } else if (entry.getName().endsWith(".jar")) {
                    jars.add(entry.getName());
                }
            }
        }
        return List.of(Row.beside(
                "size of the .hpi",
                Row.number(bytes / 1e3) + " kB, " + jars.size() + " foreign jars, " + classes + " classes",
                "SDKs " + sdks,
                Row.times(sdks.bytes / (double) bytes),
                ""));
    }

    private static Size sdks() throws IOException {
        Map<String, Path> jars = new TreeMap<>();
        for (String sdk : SDKS) {
            try (Stream<Path> files = Files.list(SdkLoader.target(sdk).resolve("sdk"))) {
                files.filter(jar -> !jar.getFileName().toString().startsWith("slf4j-nop"))
                        .forEach(jar -> jars.put(jar.getFileName().toString(), jar));
            }
        }
        long bytes = 0;
        int classes = 0;
        for (Path jar : jars.values()) {
            bytes += Files.size(jar);
            classes += classes(jar);
        }
        return new Size(jars.size(), bytes, classes);
    }

    private static int classes(Path jar) throws IOException {
        try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(jar))) {
            return classes(entries);
        }
    }

    private static int classes(ZipInputStream entries) throws IOException {
        int classes = 0;
        for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            String name = entry.getName();
            if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class")) {
                classes++;
            }
        }
        return classes;
    }
}
