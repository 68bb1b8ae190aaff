package io.jenkins.plugins.cloudimage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.util.XStream2;
import io.jenkins.plugins.cloudimage.run.ImageParameters;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job's file that leaves optional parameters out, as people write them and the demonstration has them. */
class DemonstrationJobsTest {

    @ParameterizedTest
    @ValueSource(strings = {"jdCloud", "tencentCloud", "qcloud", "apsaraStack", "alibabaEns", "alibabaEcs"})
    void whatTheFileLeavesOutHasItsDefault(String cloud) throws Exception {
        String file = Files.readString(Path.of("demo/jobs/bake-" + cloud + "/config.xml"));
        String builder = file.substring(file.indexOf("<builders>") + 10, file.indexOf("<hudson.tasks.Shell>"));

        ImageParameters parameters = (ImageParameters) new XStream2().fromXML(builder.strip());

        assertEquals("keep", parameters.getOnIncomplete());
        assertEquals("fail", parameters.getIfNameExists());
        assertEquals("cloudImage", parameters.getManifestFormat());
        assertEquals("CLOUD_IMAGE_ID", parameters.getVariable());
    }
}
