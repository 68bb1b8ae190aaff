package io.jenkins.plugins.cloudimage.core.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.Permissions;
import io.jenkins.plugins.cloudimage.core.SharingLimits;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares what the page says of the clouds with what they declare. */
class LifeCyclePageTest {
    private static final List<CloudProvider> CLOUDS = new Clouds(TestTransport.direct(), Clock.systemUTC()).all();

    @ParameterizedTest
    @CsvSource({
        "docs/lifecycle.md, What each cloud can do, yes, no maximum",
        "docs/lifecycle.zh_CN.md, 各云平台支持的功能, 支持, 无上限"
    })
    void thePageTellsWhatEachCloudCanDo(String file, String heading, String yes, String noMaximum) throws IOException {
        assertEquals(
                CLOUDS.stream().map(cloud -> row(cloud, yes, noMaximum)).toList(),
                Markdown.read(Path.of(file)).section(heading).rows().stream()
                        .map(row -> row.subList(0, 10))
                        .toList());
    }

    private static List<String> row(CloudProvider cloud, String yes, String noMaximum) {
        Capabilities can = cloud.capabilities();
        int accounts = can.sharing().accounts();
        return List.of(
                "`" + cloud.id() + "`",
                can.tags() == null ? "" : String.valueOf(can.tags().maximum()),
                can.criteria().contains(ImageQuery.Criterion.IMAGE_FAMILY) ? yes : "",
                can.copies() == null ? "" : yes,
                can.copies() != null && can.copies().encryption() ? yes : "",
                accounts == SharingLimits.NO_MAXIMUM ? noMaximum : String.valueOf(accounts),
                can.criteria().contains(ImageQuery.Criterion.TAG) ? yes : "",
                can.quotaInOneCall() ? yes : "",
                cloud.deletesUsedImages() ? yes : "",
                checksCreateCall(cloud) ? yes : "");
    }

    /** Its request says that itself. */
    private static boolean checksCreateCall(CloudProvider cloud) {
        return SimulatedCloud.every(Clock.systemUTC()).stream()
                .filter(simulated -> simulated.id().equals(cloud.id()))
                .anyMatch(simulated -> simulated.request().withDryRun().dryRun());
    }

    @ParameterizedTest
    @CsvSource({"docs/lifecycle.md, Extra permissions", "docs/lifecycle.zh_CN.md, 额外权限"})
    void thePageTellsEveryExtraPermission(String file, String heading) throws IOException {
        assertEquals(
                CLOUDS.stream().map(LifeCyclePageTest::permissions).toList(),
                Markdown.read(Path.of(file)).section(heading).rows().stream()
                        .map(row ->
                                row.subList(0, 7).stream().map(Markdown::code).toList())
                        .toList());
    }

    private static List<List<String>> permissions(CloudProvider cloud) {
        Permissions needed = cloud.permissions();
        return Stream.of(
                        List.of(cloud.id()),
                        needed.tag(),
                        needed.copy(),
                        needed.share(),
                        needed.usage(),
                        needed.delete(),
                        needed.templates())
                .toList();
    }
}
