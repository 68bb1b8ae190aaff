package io.jenkins.plugins.cloudimage.peers;

import java.util.ArrayList;
import java.util.List;

/** Counts what was compared and what differed, and tells. */
final class Comparison {
    private final String what;
    private final List<String> differences = new ArrayList<>();
    private int compared;

    Comparison(String what) {
        this.what = what;
    }

    /** Compares two signatures of one request. */
    void same(String theirs, String ours, Object request) {
        compared++;
        if (!theirs.equals(ours)) {
            differences.add("theirs " + theirs + "\nours   " + ours + "\nof " + request);
        }
    }

    /** Prints the count, and fails unless so many requests were compared without any difference. */
    void conclude(int expected) {
        System.out.printf("%s: %,d requests compared, %d differences%n", what, compared, differences.size());
        if (compared < expected || !differences.isEmpty()) {
            throw new AssertionError(what + ", compared " + compared + " of " + expected + ", " + differences.size()
                    + " differences, the first ones:\n"
                    + String.join("\n", differences.subList(0, Math.min(3, differences.size()))));
        }
    }
}
