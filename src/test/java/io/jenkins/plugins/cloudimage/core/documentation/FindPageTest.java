package io.jenkins.plugins.cloudimage.core.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares what the page says of the clouds with what they declare. */
class FindPageTest {

    @ParameterizedTest
    @CsvSource({"docs/find.md, What each cloud can do, yes", "docs/find.zh_CN.md, 各云平台支持的条件, 支持"})
    void thePageTellsWhatEachCloudCanFind(String file, String heading, String yes) throws IOException {
        // Each row ends with an empty cell.
        List<List<String>> told = Markdown.read(Path.of(file)).section(heading).rows().stream()
                .map(row -> row.subList(0, 4))
                .toList();

        assertEquals(
                new Clouds(TestTransport.direct(), Clock.systemUTC())
                        .all().stream().map(cloud -> row(cloud, yes)).toList(),
                told);
    }

    private static List<String> row(CloudProvider cloud, String yes) {
        return List.of(
                "`" + cloud.id() + "`",
                yes,
                cloud.capabilities().criteria().contains(ImageQuery.Criterion.IMAGE_FAMILY) ? yes : "",
                cloud.capabilities().criteria().contains(ImageQuery.Criterion.TAG) ? yes : "");
    }
}
