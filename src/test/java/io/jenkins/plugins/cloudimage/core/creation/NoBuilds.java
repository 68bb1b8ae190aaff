package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.retention.MadeImages;
import io.jenkins.plugins.cloudimage.core.retention.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Builds that retire nothing. */
public final class NoBuilds implements Predecessors.Builds {
    NoBuilds() {}

    /** An empty index in a folder. */
    public static Predecessors in(Path folder, Ledger ledger, Clouds clouds, Clock clock) {
        return new Predecessors(new MadeImages(folder, clock), ledger, clouds, clock, new NoBuilds());
    }

    @Override
    public boolean isKept(String build) {
        return true;
    }

    @Override
    public void judged(Creation creation, List<Verdict> verdicts) {
        throw new IllegalStateException("Nobody asks to retire images: " + verdicts);
    }

    @Override
    public void retires(String key) {
        throw new IllegalStateException("Nobody asks to retire an image: " + key);
    }
}
