package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.Provenance;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tags that the plugin adds never fail an image. */
class ProvenanceTagsTest extends OptionsRig {
    private static final ImageTag ENV = new ImageTag("env", "prod");

    private FakeTencentCloud tencent;

    @BeforeEach
    void useTencent() {
        use(TestCloud.TENCENT);
        tencent = rig.tencent();
    }

    private Creation create(ImageTag... own) throws CloudException {
        ImageRequest tagged = new Provenance("web", "42", null)
                .addTo(
                        rig.cloud.request("web-1", INSTANCE).withTags(List.of(own)),
                        rig.clouds.provider(rig.cloud.id).capabilities().tags());
        Creation creation = rig.plan(tagged, Options.DEFAULTS, EngineRig.TIMEOUT);
        rig.run(creation);
        return rig.finish(creation);
    }

    private List<String> keys() {
        return tencent.creates().get(0).path("TagSpecification").findValuesAsText("Key");
    }

    @Test
    void theyAreSentWithTheUsers() throws CloudException {
        Creation end = create(ENV);

        assertEquals(Outcome.READY, end.outcome());
        assertEquals(List.of("env", "jenkins:job", "jenkins:build", "jenkins:source-instance"), keys());
    }

    @Test
    void ifTheCloudRefusesThemTheUsersAreSentAlone() throws CloudException {
        tencent.refuseUnknownTagKeys();

        Creation end = create(ENV);

        assertEquals(Outcome.READY, end.outcome());
        assertEquals(List.of("env"), keys());
        assertEquals(2, rig.server.count("CreateImage"));
        assertEquals(List.of(ENV), end.request().tags());
    }

    @Test
    void aTagOfTheUserThatIsRefusedFailsTheStep() throws CloudException {
        tencent.refuseUnknownTagKeys();

        Creation end = create(new ImageTag("unknown", ""));

        assertEquals(Outcome.FAILED, end.outcome());
        assertEquals("InvalidParameterValue.TagKeyNotFound", end.problem().code());
        assertEquals(2, rig.server.count("CreateImage"));
        assertTrue(rig.imageIds().isEmpty());
    }

    /** A call that may have arrived is repeated as it was, whatever the cloud says of the second one. */
    @Test
    void aCallInDoubtIsRepeatedWithTheSameTags() throws CloudException {
        rig.server.faults().next("CreateImage", Fault.RESET_BEFORE);

        Creation end = create(ENV);

        assertEquals(Outcome.READY, end.outcome());
        assertEquals(List.of("env", "jenkins:job", "jenkins:build", "jenkins:source-instance"), keys());
    }

    /** Tags are bound late, so their absence right after the create is no reason to doubt the image. */
    @Test
    void missingTagsOfAnUnfinishedImageMeanNothing() throws CloudException {
        rig.server.faults().next("CreateImage", Fault.LOSE_ANSWER);

        Creation end = create(ENV);

        assertEquals(Outcome.READY, end.outcome());
        assertEquals(1, rig.imageIds().size());
        List<JsonNode> creates = tencent.creates();
        assertEquals(1, creates.size());
    }
}
