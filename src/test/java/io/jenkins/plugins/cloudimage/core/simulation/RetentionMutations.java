package io.jenkins.plugins.cloudimage.core.simulation;

import java.util.List;

/** Mistakes that would retire an image against the rules. */
final class RetentionMutations {
    private RetentionMutations() {}

    static List<Mutation> all() {
        return List.of(
                new Mutation(
                        Scenario.RETAINING + 19,
                        "an image that is used is retired",
                        "creation/Predecessors",
                        "!shared && !cloud.instancesUsing(image.id()).isEmpty()",
                        "false"),
                new Mutation(
                        Scenario.RETAINING + 28,
                        "an image that is shared is retired",
                        "creation/Predecessors",
                        "boolean shared = !cloud.sharedWith(image.id()).isEmpty();",
                        "boolean shared = false;"),
                new Mutation(
                        Scenario.RETAINING,
                        "an image that a template names is retired",
                        "creation/TemplateLook",
                        ".filter(template -> template.names(image.id(), image.name()))",
                        ".filter(template -> false)"),
                new Mutation(
                        Scenario.RETAINING,
                        "the image of a build that is kept forever is retired",
                        "creation/Predecessors",
                        "if (builds.isKept(image.build())) {",
                        "if (false) {"),
                new Mutation(
                        Scenario.RETAINING,
                        "one image less stays",
                        "retention/Retention",
                        "return keep == null ? 1 : keep;",
                        "return keep == null ? 1 : keep - 1;"),
                new Mutation(
                        Scenario.RETAINING,
                        "a dry run of the retention deletes",
                        "creation/RetireOlder",
                        "images.isEmpty() || creation.options().retention().dryRun()",
                        "images.isEmpty()"),
                new Mutation(
                        Scenario.RETAINING_COPIES + 10,
                        "a copy whose step was not ready replaces older ones",
                        "creation/Reconciler",
                        "(!last.isCopy() || seen.stopped() == Outcome.READY)",
                        "true"),
                new Mutation(
                        Scenario.RETAINING_COPIES + 10,
                        "a copy is told that its source is ready however that ended",
                        "creation/CopyEntries",
                        "default -> Outcome.ABANDONED;",
                        "default -> Outcome.READY;"));
    }
}
