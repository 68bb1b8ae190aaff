package io.jenkins.plugins.cloudimage.core.simulation;

import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import java.util.ArrayList;
import java.util.List;

/** The truth about a step: what it wanted, what it was told and what it made. */
final class Step {
    final int number;
    final Account account;
    final Creation planned;
    final List<Image> images = new ArrayList<>();
    Controller controller;
    /** When its time is over, as time goes by for the world. */
    long deadline;

    /** The build waits for its end. */
    boolean waits = true;
    /** The build has another disk than before, or none. */
    boolean lost;
    /** A person has changed its image, so that nobody can find it. */
    boolean touched;
    /** It was told that its image is proven to be its own. */
    boolean proven;
    /** Its build is kept forever. */
    boolean kept;
    /** The end that it was told. */
    Outcome told;

    String toldId;
    /** When it first took an image for likely its own, or -1. */
    long likelySince = -1;
    /** When it was aborted, or -1. */
    long aborted = -1;
    /** It is aborted when its image is shared. */
    boolean abortedWhenShared;
    /** How much clocks may have misled it. */
    long misled;
    /** The last time that it was taken up by a process. */
    long resumed;

    boolean restarted;
    /** The process may take its record for a backup. */
    boolean fenced;

    /** The step for whose image this is a copy, or null. */
    private Step source;

    Step(int number, Account account, Creation planned, Controller controller) {
        this.number = number;
        this.account = account;
        this.planned = planned;
        this.controller = controller;
    }

    /** A copy of a step's image. What the step waits for and is told, concerns the copy too. */
    static Step copy(Step source, Account account, Creation planned) {
        Step copy = new Step(source.number, account, planned, source.controller);
        copy.source = source;
        return copy;
    }

    boolean isCopy() {
        return source != null;
    }

    Step source() {
        return source;
    }

    /** Follows the step whose image is copied. */
    Step now() {
        if (source != null) {
            controller = source.controller;
            waits = source.waits;
            lost = source.lost;
            kept = source.kept;
            told = source.told;
            aborted = source.aborted;
            resumed = source.resumed;
            restarted = source.restarted;
            fenced |= source.fenced;
        }
        return this;
    }

    String key() {
        return planned.key();
    }

    @Override
    public String toString() {
        return source == null
                ? "step " + number
                : "copy of step " + number + " " + planned.request().region();
    }
}
