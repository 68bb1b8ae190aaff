package io.jenkins.plugins.cloudimage.core;

/** What several clouds say in the same words, in the language of whoever reads it. */
public final class Phrases {
    private Phrases() {}

    /** Advice on a cloud that asks for fewer calls. */
    public static String slower() {
        return Messages.Phrases_slower();
    }

    /** Advice on a name that another image bears. */
    public static String nameTaken() {
        return Messages.Phrases_nameTaken();
    }

    /** Advice on an image that the cloud does not know. */
    public static String imageGone() {
        return Messages.Phrases_imageGone();
    }

    /** Advice on a machine that the cloud does not know. */
    public static String machineElsewhere() {
        return Messages.Phrases_machineElsewhere();
    }

    /** The message about a machine that the cloud does not know. */
    public static String noMachine(String instanceId) {
        return Messages.Phrases_noMachine(instanceId);
    }
}
