package io.jenkins.plugins.cloudimage.peers.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the plugin's core beside the clouds' official SDKs, all in one run on one machine, and prints one table. The
 * step in Jenkins is measured by the plugin's own tests just before. Only
 * what stands in one table may be compared.
 *
 * <p>Rivals may hold us to this: both sides get the same texts and the same answers, warm up for as long, keep their
 * clients and connections, and run alone in JVMs of the same options; an SDK is configured as its documentation shows.
 * Where the SDK must do something that our side is spared, or the reverse, the section says so and puts it right.
 */
public final class Bench {
    private static final Path ROOT = Path.of("../..");

    private Bench() {}

    /** Takes {@code full}, {@code quick} or {@code smoke}; runs in the module's folder. A goal that is missed is no failure. */
    public static void main(String... arguments) throws IOException {
        Effort effort = Effort.of(arguments[0]);
        String machine = Machine.describe();
        List<Row> rows = new ArrayList<>();
        Report report = new Report(machine, effort, rows);
        Path copy = Files.createDirectories(ROOT.resolve("target/bench")).resolve("performance.md");
        boolean broken = false;
        try (Fork server = new Fork(System.getProperty("java.class.path"), List.of("-Xmx128m"), Loopback.class)) {
            for (Map.Entry<String, Section> section : sections(server.line()).entrySet()) {
                long start = System.nanoTime();
                System.out.print(section.getKey() + " ... ");
                System.out.flush();
                try {
                    rows.addAll(section.getValue().measure(effort));
                    // After each section, so that nothing is lost when a later one is stopped.
                    Files.writeString(copy, report.markdown() + "\n");
                    System.out.println(
                            Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
                } catch (Exception e) {
                    broken = true;
                    System.out.println("broken");
                    e.printStackTrace(System.out);
                }
            }
        }
        report.print(System.out);
        if (effort == Effort.FULL && !broken) {
            report.update(ROOT.resolve("docs/performance.md"));
        }
        System.exit(broken ? 1 : 0);
    }

    static Map<String, Section> sections(String address) {
        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put("Latency", new LatencySection());
        sections.put("Jenkins", new JenkinsSection(ROOT.resolve("target/bench/jenkins.tsv")));
        sections.put("Signing", new SigningSection());
        sections.put("Calls", new CallsSection(address));
        sections.put("First calls", new FirstCallSection(address));
        sections.put("Polling", new PollingSection());
        sections.put("Waits", new HeldWaitsSection());
        sections.put("Size", new SizeSection(ROOT.resolve("target/cloud-image.hpi")));
        sections.put("Aborts", new AbortSection());
        return sections;
    }
}
