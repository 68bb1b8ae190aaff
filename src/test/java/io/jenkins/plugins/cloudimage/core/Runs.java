package io.jenkins.plugins.cloudimage.core;

/** The number of runs of a randomized test: few in every build, all with {@code make soak}. */
public final class Runs {
    private static final boolean SOAK = Boolean.getBoolean("soak");

    private Runs() {}

    /** The first number, or with {@code -Dsoak=true} the second. */
    public static int scaled(int usual, int soak) {
        return SOAK ? soak : usual;
    }
}
