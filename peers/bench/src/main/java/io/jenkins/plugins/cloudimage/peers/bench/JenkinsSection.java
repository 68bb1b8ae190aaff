package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.peers.bench.Row.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code StepLatency} of the plugin's tests has just measured in Jenkins. Each line of its file has four columns:
 * metric, value, goal, and whether the goal is met. There is no file in a quick
 * run and where Jenkins' artifacts cannot be resolved.
 */
record JenkinsSection(Path file) implements Section {
    @Override
    public List<Row> measure(Effort effort) throws IOException {
        if (!Files.exists(file)) {
            return List.of(Row.beside("the step in Jenkins", "not measured in this run", "", "", ""));
        }
        return Files.readAllLines(file).stream().map(JenkinsSection::row).toList();
    }

    private static Row row(String line) {
        String[] cells = line.split("\t", -1);
        Verdict verdict = cells[3].isEmpty() ? Verdict.NONE : Verdict.of(Boolean.parseBoolean(cells[3]));
        return new Row(cells[0], cells[1], "", "", "", cells[2], verdict);
    }
}
