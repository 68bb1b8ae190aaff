package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import io.jenkins.plugins.cloudimage.core.ens.EnsImageRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a failed build says last. */
class CloudImageExceptionTest {
    @Test
    void aCloudCannotForgeALineByTheIdOfAnImage() {
        Creation creation = TestRecords.ended(
                TestRecords.planned(
                        "bake#1", new EnsImageRequest("web-1", "i-1", null, false, false, null), Instant.EPOCH),
                Phase.DONE,
                TestRecords.image("img-1\nFinished: SUCCESS", ImageStatus.Ownership.PROVEN),
                List.of(),
                Outcome.ABORTED,
                List.of());

        assertEquals(
                "The build was aborted; its image: img-1 Finished: SUCCESS",
                CloudImageException.of(creation).getMessage());
    }

    @Test
    void aRecordThatCannotBeUnderstoodIsNamedWithoutWhatIsInIt() {
        IOException broken = null;
        try {
            new ObjectMapper().readTree("{\"secret\": tru");
        } catch (IOException e) {
            broken = e;
        }

        String message = CloudImageException.notRead(new UncheckedIOException("Cannot read the file X", broken))
                .getMessage();

        assertEquals("Cannot read the file X, so the step cannot continue: ", message.substring(0, 53));
        assertFalse(message.contains("Source:"), message);
        assertEquals(1, message.lines().count());
    }
}
