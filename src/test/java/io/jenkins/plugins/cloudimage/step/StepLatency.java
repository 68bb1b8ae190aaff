package io.jenkins.plugins.cloudimage.step;

import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.Received;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.nodes.StepAtomNode;
import org.jenkinsci.plugins.workflow.flow.GraphListener;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Measures the step in real Jenkins for {@code make bench}, which reads the lines that this writes to
 * {@code target/bench/jenkins.tsv}: metric, value, goal, and whether the goal is met. It is no test and its name keeps it
 * out of the test run, because wall time depends on the computer.
 */
@WithJenkins
class StepLatency {
    private static final int SAMPLES = 20;
    private static final int WAITING = 300;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration CPU_WINDOW = Duration.ofSeconds(60);
    private static final Path RESULT = Path.of("target/bench/jenkins.tsv");

    /** What happened in the build that is measured, in nanoseconds of the JVM's clock. */
    private static final Map<String, Long> MOMENTS = new ConcurrentHashMap<>();

    private static final String BEGUN = "createCloudImage";
    private static final String CREATED = "CreateImage";
    private static final String READY = "ready";
    private static final String NEXT = "echo";

    private final FakeTencentCloud cloud =
            SimulatedCloud.tencentCloud(Clock.systemUTC()).cloud();
    private final List<String> lines = new ArrayList<>();

    /** Notes when a step of the measured build begins. */
    @TestExtension
    public static class Steps implements GraphListener.Synchronous {
        @Override
        public void onNewHead(FlowNode node) {
            if (node instanceof StepAtomNode step
                    && step.getExecution().toString().contains("measured")) {
                MOMENTS.putIfAbsent(step.getDescriptor().getFunctionName(), System.nanoTime());
            }
        }
    }

    /** Notes when a create of the measured image arrives, and when an answer leaves that says an image is ready. */
    private record Tap(FakeTencentCloud cloud) implements FakeCloud {
        @Override
        public String action(Received request) {
            return cloud.action(request);
        }

        @Override
        public Answer answer(Received request) {
            if (action(request).equals(CREATED)) {
                MOMENTS.putIfAbsent(CREATED, System.nanoTime());
            }
            Answer answer = cloud.answer(request);
            if (new String(answer.body(), StandardCharsets.UTF_8).contains("\"NORMAL\"")) {
                MOMENTS.putIfAbsent(READY, System.nanoTime());
            }
            return answer;
        }

        @Override
        public Answer throttled() {
            return cloud.throttled();
        }
    }

    @Test
    void measure(JenkinsRule jenkins) throws Exception {
        cloud.allowImages(WAITING + 3 * SAMPLES);
        try (FakeServer server = new FakeServer(new Tap(cloud));
                Recording disk = new Recording()) {
            disk.enable("jdk.FileForce").withoutThreshold();
            TencentFixture.connectTo(server.endpoint().toString());
            measured(jenkins, 3);
            disk.start();
            latencies(1, measured(jenkins, SAMPLES));
            disk.stop();
            saves(disk);
            fill(jenkins);
            cpu();
            latencies(WAITING, measured(jenkins, SAMPLES));
            cloud.images().finish();
            jenkins.waitUntilNoActivityUpTo((int) LONGEST.toMillis());
        }
        Files.createDirectories(RESULT.getParent());
        Files.write(RESULT, lines);
    }

    private void saves(Recording disk) throws IOException {
        Path file = Files.createTempFile("disk", ".jfr");
        disk.dump(file);
        long saves = RecordingFile.readAllEvents(file).stream()
                .map(event -> event.getString("path"))
                .filter(path -> path.matches(".*cloud-image.*[0-9a-f]{12}\\.json\\.tmp"))
                .count();
        Files.delete(file);
        line(
                "synced saves per creation, in Jenkins",
                String.format(Locale.ROOT, "%.1f", saves / (double) SAMPLES),
                "≤ 5",
                saves > 0 && saves <= 5 * SAMPLES);
    }

    private List<Map<String, Long>> measured(JenkinsRule jenkins, int samples) throws Exception {
        cloud.images().take(Duration.ofSeconds(3));
        WorkflowJob job = jenkins.jenkins.getItemByFullName("measured", WorkflowJob.class);
        if (job == null) {
            job = jenkins.createProject(WorkflowJob.class, "measured");
            job.setDefinition(new CpsFlowDefinition(
                    TencentFixture.step("imageName: \"web-${env.BUILD_NUMBER}\"") + "\necho 'next'", true));
        }
        List<Map<String, Long>> all = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            MOMENTS.clear();
            jenkins.buildAndAssertSuccess(job);
            all.add(Map.copyOf(MOMENTS));
        }
        return all;
    }

    private void fill(JenkinsRule jenkins) throws Exception {
        int before = cloud.creates().size();
        cloud.images().take(Duration.ofDays(1));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "waiting");
        job.setDefinition(new CpsFlowDefinition(
                "def branches = [:]\nfor (int i = 0; i < " + WAITING + "; i++) { int n = i\n"
                        + "branches[\"b$n\"] = { " + TencentFixture.step("imageName: \"waiting-$n\"")
                        + " } }\nparallel branches",
                true));
        job.scheduleBuild2(0).waitForStart();
        TencentFixture.await(LONGEST, () -> cloud.creates().size() == before + WAITING);
    }

    private void cpu() throws InterruptedException {
        long before = cpuNanos();
        Thread.sleep(CPU_WINDOW.toMillis());
        double millis = (cpuNanos() - before) / 1e6 / WAITING * 3600 / CPU_WINDOW.toSeconds();
        line(
                "CPU per waiting image and hour, " + WAITING + " waits, ms",
                String.format(Locale.ROOT, "%.0f", millis),
                "",
                true);
    }

    /** The CPU time of the plugin's threads that live. */
    private static long cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains("cloud-image")) {
                sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return sum;
    }

    private void latencies(int waiting, List<Map<String, Long>> builds) {
        latency(waiting, "step start → create on the wire", builds, BEGUN, CREATED, 100);
        latency(waiting, "ready answer → next step begins", builds, READY, NEXT, 200);
    }

    private void latency(
            int waiting, String what, List<Map<String, Long>> builds, String from, String to, int goalMillis) {
        double[] millis = builds.stream()
                .mapToDouble(build -> (build.get(to) - build.get(from)) / 1e6)
                .sorted()
                .toArray();
        double median = millis[millis.length / 2];
        line(
                "Jenkins, " + waiting + " waiting: " + what + ", median / p95, ms",
                String.format(Locale.ROOT, "%.0f / %.0f", median, millis[millis.length * 95 / 100]),
                "median ≤ " + goalMillis,
                median <= goalMillis);
    }

    private void line(String metric, String value, String goal, boolean met) {
        lines.add(String.join("\t", metric, value, goal, goal.isEmpty() ? "" : Boolean.toString(met)));
    }
}
