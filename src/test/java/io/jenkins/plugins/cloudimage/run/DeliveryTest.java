package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.FilePath;
import hudson.Launcher;
import hudson.XmlFile;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.Run;
import hudson.model.Saveable;
import hudson.model.TaskListener;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import io.jenkins.plugins.cloudimage.core.manifest.PackerManifest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.ArtifactManagerConfiguration;
import jenkins.model.ArtifactManagerFactory;
import jenkins.model.ArtifactManagerFactoryDescriptor;
import jenkins.model.StandardArtifactManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is written to a build, and how often. */
@WithJenkins
class DeliveryTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final AtomicInteger SAVES = new AtomicInteger();
    private static final AtomicInteger ARCHIVINGS = new AtomicInteger();

    private final TencentFixture tencent = new TencentFixture();
    private FreeStyleBuild build;
    private Creation planned;

    /** Counts how often a build is saved. */
    @TestExtension
    public static final class Saves extends SaveableListener {
        @Override
        public void onChange(Saveable object, XmlFile file) {
            if (object instanceof Run) {
                SAVES.incrementAndGet();
            }
        }
    }

    /** Counts how often files are archived. */
    public static final class CountingArtifacts extends ArtifactManagerFactory {
        @Override
        public StandardArtifactManager managerFor(Run<?, ?> run) {
            return new StandardArtifactManager(run) {
                @Override
                public void archive(
                        FilePath workspace, Launcher launcher, BuildListener listener, Map<String, String> artifacts)
                        throws IOException, InterruptedException {
                    ARCHIVINGS.incrementAndGet();
                    super.archive(workspace, launcher, listener, artifacts);
                }
            };
        }

        @TestExtension
        public static final class DescriptorImpl extends ArtifactManagerFactoryDescriptor {}
    }

    @BeforeEach
    void build(JenkinsRule jenkins) throws Exception {
        ArtifactManagerConfiguration.get().getArtifactManagerFactories().add(new CountingArtifacts());
        build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("bake"));
        planned = planned();
        SAVES.set(0);
        ARCHIVINGS.set(0);
    }

    @AfterEach
    void stop() {
        tencent.close();
    }

    private Creation planned() {
        return TestRecords.planned(build, tencent.simulated.request(), NOW);
    }

    private static Creation at(Creation creation, Phase phase, int percent, Outcome outcome) {
        ImageStatus image =
                new ImageStatus("img-1", ImageStatus.Ownership.PROVEN, null, percent, List.of(), false, null);
        return TestRecords.ended(creation, phase, image, List.of(), outcome, List.of());
    }

    private void deliver(Creation creation, OutputSettings output, Instant now) throws Exception {
        Delivery.update(build, creation, output, now, TaskListener.NULL);
    }

    @Test
    void aBuildIsSavedOnlyWhenThereIsSomethingNew() throws Exception {
        deliver(planned, OutputSettings.DEFAULT, NOW);
        deliver(planned, OutputSettings.DEFAULT, NOW.plusSeconds(1));
        deliver(at(planned, Phase.SUBMITTING, 0, null), OutputSettings.DEFAULT, NOW.plusSeconds(2));
        deliver(at(planned, Phase.SUBMITTING, 1, null), OutputSettings.DEFAULT, NOW.plusSeconds(3));
        deliver(at(planned, Phase.SUBMITTING, 2, null), null, NOW.plusSeconds(4));

        assertEquals(2, SAVES.get());
        assertEquals(0, ARCHIVINGS.get());
    }

    @Test
    void theCloudsPercentageIsOnThePageAtOnceAndNeverOnTheDisk() throws Exception {
        deliver(at(planned, Phase.BUILDING, 10, null), OutputSettings.DEFAULT, NOW);
        deliver(at(planned, Phase.BUILDING, 60, null), null, NOW.plusSeconds(1));

        assertEquals(60, onPage().getPercent());
        assertEquals("60%", new ImageCard(onPage()).getPercentText());
        assertEquals(1, SAVES.get());

        deliver(at(planned, Phase.DONE, 100, Outcome.READY), null, NOW.plusSeconds(2));
        assertNull(onPage().getPercent());
    }

    @Test
    void aDeletedImageIsSaidToBeDeletedAndWhen() throws Exception {
        ImageStatus deleted = new ImageStatus("img-1", ImageStatus.Ownership.PROVEN, null, null, List.of(), true, null);
        deliver(at(planned, Phase.CLEANING_UP, 0, Outcome.ABORTED), OutputSettings.DEFAULT, NOW);
        assertFalse(manifest().path("images").path(0).has("deletedAt"));

        Creation gone = TestRecords.ended(planned, Phase.DONE, deleted, List.of(), Outcome.ABORTED, List.of());
        deliver(gone, null, NOW.plusSeconds(60));
        deliver(gone, null, NOW.plusSeconds(120));

        assertEquals(NOW.plusSeconds(60).toEpochMilli(), onPage().getDeletedAt());
        assertEquals(
                "The image was deleted. The cloud no longer listed it at 2026-01-02T03:05:05Z.",
                new ImageCard(onPage()).getOwnershipText());
        assertTrue(manifest().path("images").path(0).path("deleted").asBoolean());
        assertEquals(
                "2026-01-02T03:05:05Z",
                manifest().path("images").path(0).path("deletedAt").asText());
    }

    private ImageEntry onPage() {
        return build.getAction(CloudImageAction.class).getImages().get(0);
    }

    private JsonNode manifest() throws IOException {
        try (InputStream file =
                build.getArtifactManager().root().child(ImageManifest.FILE_NAME).open()) {
            return new ObjectMapper().readTree(file);
        }
    }

    @Test
    void aManifestThatIsUnchangedIsNotArchivedAgain() throws Exception {
        deliver(at(planned, Phase.CLEANING_UP, 0, Outcome.READY), OutputSettings.DEFAULT, NOW);
        deliver(at(planned, Phase.CLEANING_UP, 1, Outcome.READY), OutputSettings.DEFAULT, NOW);
        deliver(at(planned, Phase.DONE, 0, Outcome.READY), null, NOW);
        assertEquals(1, ARCHIVINGS.get());

        deliver(at(planned(), Phase.DONE, 0, Outcome.FAILED), OutputSettings.DEFAULT, NOW);

        assertEquals(2, ARCHIVINGS.get());
    }

    @Test
    void whatCouldNotBeArchivedIsArchivedLater() throws Exception {
        FilePath inTheWay = new FilePath(build.getArtifactsDir());
        inTheWay.write("no folder", "UTF-8");
        try {
            deliver(at(planned, Phase.DONE, 0, Outcome.READY), OutputSettings.DEFAULT, NOW);
        } catch (IOException e) {
            inTheWay.delete();
        }

        deliver(at(planned, Phase.DONE, 0, Outcome.READY), OutputSettings.DEFAULT, NOW);

        assertTrue(
                build.getArtifactManager().root().child(ImageManifest.FILE_NAME).exists());
        assertEquals(2, ARCHIVINGS.get());
    }

    @Test
    void theCleanUpKeepsWhatTheStepSaid() throws Exception {
        deliver(planned, new OutputSettings("BAKED", true, "2fd4e1c6"), NOW);

        deliver(at(planned, Phase.DONE, 0, Outcome.READY), null, NOW);

        ImageEntry image = build.getAction(CloudImageAction.class).getImages().get(0);
        assertEquals(new OutputSettings("BAKED", true, "2fd4e1c6"), image.output());
        assertTrue(build.getArtifactManager()
                .root()
                .child(PackerManifest.FILE_NAME)
                .exists());
    }

    @Test
    void theStateIsAsOldAsItsLastChange() throws Exception {
        deliver(
                at(planned, Phase.BUILDING, 0, null),
                OutputSettings.DEFAULT,
                Instant.now().minusSeconds(7200));
        deliver(at(planned, Phase.BUILDING, 1, null), OutputSettings.DEFAULT, Instant.now());

        assertEquals(
                "2 hr 0 min",
                build.getAction(CloudImageAction.class).getCards().get(0).getSinceText());
    }

    @Test
    void aBuildThatWasSavedAndLoadedKnowsItsImages() throws Exception {
        deliver(at(planned, Phase.DONE, 0, Outcome.READY), new OutputSettings("BAKED", true, "2fd4e1c6"), NOW);
        ImageEntry before = build.getAction(CloudImageAction.class).getImages().get(0);

        build.getParent()._getRuns().purgeCache();

        FreeStyleBuild loaded = build.getParent().getBuildByNumber(1);
        assertNotSame(build, loaded);
        CloudImageAction action = loaded.getAction(CloudImageAction.class);
        assertEquals(List.of(before), action.getImages());
        assertEquals(loaded, action.getObject());
    }
}
