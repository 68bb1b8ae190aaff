package io.jenkins.plugins.cloudimage.core;

/** How often a test that takes its cases from a seed tries: seldom in every build, and in full with {@code make soak}. */
public final class Runs {
    private static final boolean SOAK = Boolean.getBoolean("soak");

    private Runs() {}

    /** The first number, or with {@code -Dsoak=true} the second. */
    public static int scaled(int usual, int soak) {
        return SOAK ? soak : usual;
    }
}
