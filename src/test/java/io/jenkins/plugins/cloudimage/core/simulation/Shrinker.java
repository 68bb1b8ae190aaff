package io.jenkins.plugins.cloudimage.core.simulation;

import java.util.List;
import java.util.stream.Collectors;

/** Takes away from a scenario what its violation does not need. */
final class Shrinker {
    private Shrinker() {}

    /** The smallest scenario in which the same thing goes wrong. */
    static Scenario shrink(Scenario scenario, String violation) {
        Scenario smallest = scenario;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (int length = Math.max(1, smallest.events().size() / 2); length >= 1; length /= 2) {
                for (int from = smallest.events().size() - length; from >= 0; from--) {
                    if (from + length > smallest.events().size()) {
                        continue;
                    }
                    Scenario candidate = smallest.without(from, from + length);
                    String then = World.run(candidate);
                    if (then != null && kind(then).equals(kind(violation))) {
                        smallest = candidate;
                        smaller = true;
                    }
                }
            }
        }
        return smallest;
    }

    /** A violation without its numbers. */
    private static String kind(String violation) {
        String words = violation.replaceAll("[^ ]*[0-9][^ ]*", "#");
        return words.substring(0, Math.min(30, words.length()));
    }

    static String explain(Scenario scenario, String violation) {
        Scenario smallest = shrink(scenario, violation);
        List<String> course = World.tell(smallest);
        return "Seed " + scenario.seed() + ": " + World.run(smallest) + "\nThe events that it takes:\n"
                + smallest.events().stream().map(Event::toString).collect(Collectors.joining("\n"))
                + "\nWhat happens:\n"
                + String.join("\n", course.subList(Math.max(0, course.size() - 120), course.size()));
    }
}
