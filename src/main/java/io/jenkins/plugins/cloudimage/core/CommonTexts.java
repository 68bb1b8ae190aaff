package io.jenkins.plugins.cloudimage.core;

/** Texts that several clouds share, in the reader's language. */
public final class CommonTexts {
    private CommonTexts() {}

    /** Advice about throttled calls. */
    public static String slower() {
        return Messages.CommonTexts_slower();
    }

    /** Advice about a name that another image has. */
    public static String nameTaken() {
        return Messages.CommonTexts_nameTaken();
    }

    /** Advice about an image that does not exist. */
    public static String imageGone() {
        return Messages.CommonTexts_imageGone();
    }

    /** Advice about an instance that does not exist. */
    public static String instanceElsewhere() {
        return Messages.CommonTexts_instanceElsewhere();
    }

    /** The message about an instance that does not exist. */
    public static String noSuchInstance(String instanceId) {
        return Messages.CommonTexts_noSuchInstance(instanceId);
    }
}
