package io.jenkins.plugins.cloudimage.peers.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Where it was measured. */
final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** One line, with nothing that names the machine. */
    static String describe() throws IOException {
        com.sun.management.OperatingSystemMXBean system =
                (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%s, %d processors (%s), %.1f GB, %s %s, %s %s; load before the run %.1f",
                LocalDate.now(ZoneOffset.UTC),
                system.getAvailableProcessors(),
                processor(),
                system.getTotalMemorySize() / 1e9,
                System.getProperty("os.name"),
                system.getArch(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.runtime.version"),
                system.getSystemLoadAverage());
    }

    private static String processor() throws IOException {
        return Files.exists(PROCESSORS)
                ? Files.readAllLines(PROCESSORS).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("unknown")
                : "unknown";
    }
}
