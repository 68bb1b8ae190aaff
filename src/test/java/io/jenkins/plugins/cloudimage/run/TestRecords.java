package io.jenkins.plugins.cloudimage.run;

import hudson.model.Run;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.creation.BuildReference;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask;
import io.jenkins.plugins.cloudimage.core.creation.CopyStatus;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Ending;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.core.creation.Ledger;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import io.jenkins.plugins.cloudimage.core.creation.Submission;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;

/** Records as the engine would have left them. */
final class TestRecords {
    private TestRecords() {}

    static Creation planned(String build, ImageRequest request, Instant started) {
        return planned(build, request, Options.DEFAULTS, started);
    }

    static Creation planned(String build, ImageRequest request, Options options, Instant started) {
        return Creation.plan(
                new BuildReference(build, "tencent", "simulator"), request, options, started, Duration.ofHours(1));
    }

    static Creation planned(Run<?, ?> run, ImageRequest request, Instant started) {
        return planned(run.getExternalizableId(), request, started);
    }

    /** The same further on; the create call has left. */
    static Creation at(Creation creation, Phase phase, ImageStatus image) {
        return ended(creation, phase, image, List.of(), null, List.of());
    }

    /** A record whose image is being copied, and what is known of a copy. */
    static Creation copying(Creation creation, CopyStatus copy) {
        Creation now = at(creation, Phase.COPYING, image("img-1", ImageStatus.Ownership.PROVEN));
        return new Creation(
                now.key(),
                now.plan(),
                now.request(),
                now.account(),
                now.phase(),
                now.submission(),
                now.instance(),
                now.image(),
                now.candidates(),
                now.ending(),
                now.error(),
                now.tasks(),
                List.of(copy));
    }

    /** The same after its end. */
    static Creation ended(
            Creation creation,
            Phase phase,
            ImageStatus image,
            List<String> candidates,
            Outcome outcome,
            List<CleanupTask> tasks) {
        Instant end = creation.plan().started().plusSeconds(60);
        return new Creation(
                creation.key(),
                creation.plan(),
                creation.request(),
                CreationService.hash(FakeTencentCloud.SECRET_ID),
                phase,
                new Submission(0, List.of(), true, false, false, null, null, "r-1"),
                null,
                image,
                candidates,
                outcome == null ? null : new Ending(outcome, null, end),
                null,
                tasks,
                List.of());
    }

    static ImageStatus image(String id, ImageStatus.Ownership ownership) {
        return new ImageStatus(id, ownership, "NORMAL", null, List.of(), false, null);
    }

    private static Path folder() {
        return Jenkins.get().getRootDir().toPath().resolve("cloud-image").resolve("creations");
    }

    static void save(Creation creation) {
        new Ledger(folder(), JenkinsClouds.get(), Clock.systemUTC()).save(creation);
    }

    /** Saves a record as the ledger of another controller has it, whose folder was copied. */
    static void saveCopied(Creation creation) throws IOException {
        save(creation);
        Path file = folder().resolve(creation.key() + ".json");
        String text = Files.readString(file);
        String copied = text.replaceFirst("\"home\"\\s*:\\s*\"[^\"]*\"", "\"home\":\"/elsewhere#1\"");
        if (copied.equals(text)) {
            throw new IOException("The record has no home: " + text);
        }
        Files.writeString(file, copied);
    }

    static void saveUnreadable(String name) throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve(name), "{\"schema\": 99}");
    }
}
