package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import io.jenkins.plugins.cloudimage.core.ens.EnsImageRequest;
import io.jenkins.plugins.cloudimage.step.CreateCloudImageStep;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The rules of what is wanted beside the image. */
class ImageParametersTest {
    private final CreateCloudImageStep step = new CreateCloudImageStep(null, "key", "web-1");

    private static ImageRequest request(boolean destroysInstance) {
        return new EnsImageRequest("web-1", "i-1", null, false, destroysInstance, null);
    }

    private String refusal(ImageRequest request) {
        CloudException refusal =
                assertThrows(CloudException.class, () -> step.options(request, UnaryOperator.identity()));
        assertEquals(ErrorKind.INVALID_REQUEST, refusal.error().kind());
        return refusal.getMessage();
    }

    @Test
    void nothingIsDoneUnlessItIsAskedFor() throws CloudException {
        assertEquals(Options.DEFAULTS, step.options(request(false), UnaryOperator.identity()));
    }

    @Test
    void wordsAreTakenWhateverTheirCase() throws CloudException {
        step.setOnIncomplete("Delete");
        step.setIfNameExists("SUFFIX");
        step.setStopInstance(true);
        step.setStartAfterwards(true);

        assertEquals(
                new Options(true, true, Options.OnIncomplete.DELETE, Options.IfNameExists.SUFFIX),
                step.options(request(false), UnaryOperator.identity()));
    }

    @Test
    void onlyTwoManifestFormatsExist() throws CloudException {
        step.setManifestFormat("Packer");
        assertEquals(Options.DEFAULTS, step.options(request(false), UnaryOperator.identity()));
        step.setManifestFormat("yaml");
        assertTrue(refusal(request(false)).contains("manifestFormat is \"yaml\"; it can be cloudImage or packer"));
        step.setManifestFormat(" ");
        assertEquals("cloudImage", step.getManifestFormat());
    }

    @Test
    void aMachineThatIsDestroyedCannotBeStartedAgain() {
        step.setStopInstance(true);
        step.setStartAfterwards(true);

        assertTrue(refusal(request(true)).contains("startAfterwards cannot be used for an instance that is released"));
    }

    @Test
    void stoppingNeedsAMachineAndStartingNeedsStopping() {
        step.setStopInstance(true);
        assertTrue(refusal(new EnsImageRequest("web-1", null, "s-1", false, false, null))
                .contains("stopInstance can be given only together with instanceId"));
        step.setStopInstance(false);
        step.setStartAfterwards(true);
        assertTrue(refusal(request(false)).contains("startAfterwards can be given only together with stopInstance"));
    }
}
