package io.jenkins.plugins.cloudimage.simulator;

/** A cloud's API, as far as the plugin uses it, without its network. */
public interface FakeCloud {

    /** What a request asks for, by the name that faults use. */
    String action(Received request);

    /** Carries a request out. */
    Answer answer(Received request);

    /** How the cloud says that an account calls too often. */
    Answer throttled();
}
