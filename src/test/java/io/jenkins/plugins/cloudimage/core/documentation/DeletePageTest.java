package io.jenkins.plugins.cloudimage.core.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares what the page says of the clouds with what they declare. */
class DeletePageTest {
    private static final List<CloudProvider> CLOUDS = new Clouds(TestTransport.direct(), Clock.systemUTC()).all();

    @ParameterizedTest
    @CsvSource({"docs/delete.md, Permissions", "docs/delete.zh_CN.md, 权限"})
    void thePageTellsEveryPermission(String file, String heading) throws IOException {
        assertEquals(
                CLOUDS.stream()
                        .map(cloud ->
                                List.of(List.of(cloud.id()), cloud.permissions().usage()))
                        .toList(),
                Markdown.read(Path.of(file)).section(heading).rows().stream()
                        .map(row -> List.of(Markdown.code(row.get(0)), Markdown.code(row.get(1))))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"docs/delete.md, What each cloud does, yes", "docs/delete.zh_CN.md, 各云平台的行为, 支持"})
    void thePageTellsWhichCloudsDeleteUsedImages(String file, String heading, String yes) throws IOException {
        assertEquals(
                CLOUDS.stream()
                        .map(cloud -> List.of("`" + cloud.id() + "`", cloud.deletesUsedImages()))
                        .toList(),
                Markdown.read(Path.of(file)).section(heading).rows().stream()
                        .map(row -> List.of(row.get(0), row.get(2).equals(yes)))
                        .toList());
    }
}
