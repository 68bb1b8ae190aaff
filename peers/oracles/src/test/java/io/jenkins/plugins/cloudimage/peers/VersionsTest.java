package io.jenkins.plugins.cloudimage.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The oracles judge the core with the libraries that it is built with. */
class VersionsTest {
    private static final Pattern VERSION = Pattern.compile("<(jackson|okhttp|localizer|junit)\\.version>[^<]+");

    @Test
    void theLibrariesOfTheCoreHaveTheSameVersionsHere() throws IOException {
        List<String> core = versions(Path.of("../../pom-core.xml"));

        assertFalse(core.isEmpty());
        assertEquals(core, versions(Path.of("pom.xml")));
    }

    private static List<String> versions(Path pom) throws IOException {
        return VERSION.matcher(Files.readString(pom))
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }
}
