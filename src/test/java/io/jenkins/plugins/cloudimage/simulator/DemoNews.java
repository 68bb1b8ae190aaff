package io.jenkins.plugins.cloudimage.simulator;

import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import java.util.Locale;
import java.util.Map;

/** Says what a creation does. */
final class DemoNews {
    private static final Map<String, String> PHASES = Map.of(
            "PREPARING", "checking the instance",
            "SUBMITTING", "asking for the image",
            "LOCATING", "looking for the image by its name",
            "COPYING", "copying it to another region",
            "SHARING", "sharing it");

    private DemoNews() {}

    static String of(Creation creation) {
        if (creation.problem() != null) {
            return (creation.outcome() == null ? "" : creation.outcome() + ": ")
                    + creation.problem().text();
        }
        if (creation.outcome() == Outcome.READY) {
            return "READY: " + creation.imageId();
        }
        String phase = creation.phase().name();
        if (creation.image() == null || PHASES.containsKey(phase)) {
            return PHASES.getOrDefault(phase, phase.toLowerCase(Locale.ROOT));
        }
        String state = creation.image().cloudState();
        return "waiting for " + creation.imageId() + (state == null ? "" : ", which is " + state);
    }
}
