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
class RetentionPageTest {
    private static final List<CloudProvider> CLOUDS = new Clouds(TestTransport.direct(), Clock.systemUTC()).all();

    @ParameterizedTest
    @CsvSource({
        "docs/retention.md, What each cloud can do, needs `acceptUnseenUse`, yes",
        "docs/retention.zh_CN.md, 各云平台的支持情况, 需要 `acceptUnseenUse`, 支持"
    })
    void thePageTellsWhatEachCloudCanDo(String file, String heading, String accept, String yes) throws IOException {
        assertEquals(
                CLOUDS.stream().map(cloud -> row(cloud, accept, yes)).toList(),
                Markdown.read(Path.of(file)).section(heading).rows().stream()
                        .map(row -> List.of(row.get(0), row.get(2), row.get(3)))
                        .toList());
    }

    private static List<String> row(CloudProvider cloud, String accept, String yes) {
        List<String> calls = cloud.permissions().templates().stream()
                .map(permission -> "`" + permission.substring(permission.indexOf(':') + 1) + "`")
                .toList();
        boolean families = cloud.capabilities().criteria().contains(ImageQuery.Criterion.IMAGE_FAMILY);
        return List.of(
                "`" + cloud.id() + "`",
                cloud.templates().isPresent() ? String.join(", ", calls) : accept,
                families ? yes : "");
    }
}
