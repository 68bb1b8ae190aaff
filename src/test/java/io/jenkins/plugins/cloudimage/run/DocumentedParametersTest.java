package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.documentation.Markdown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentedParametersTest {

    @ParameterizedTest
    @CsvSource({"README.md, Parameters", "README.zh_CN.md, 参数"})
    void theReadmeTellsEveryParameterOfTheStep(String file, String heading) throws IOException {
        List<String> told = Markdown.read(Path.of(file)).section(heading).rows().stream()
                .map(row -> Markdown.code(row.get(0)).get(0))
                .sorted()
                .toList();

        assertEquals(ImageParameters.FIELDS.stream().sorted().toList(), told);
    }

    @ParameterizedTest
    @CsvSource({"docs/delete.md, Parameters", "docs/delete.zh_CN.md, 参数"})
    void thePageTellsEveryParameterOfTheDeletion(String file, String heading) throws IOException {
        assertEquals(
                DeletionParameters.FIELDS,
                Markdown.read(Path.of(file)).section(heading).rows().stream()
                        .map(row -> Markdown.code(row.get(0)).get(0))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"docs/find.md, Parameters", "docs/find.zh_CN.md, 参数"})
    void thePageTellsEveryParameterOfTheSearch(String file, String heading) throws IOException {
        assertEquals(
                SearchParameters.FIELDS,
                Markdown.read(Path.of(file)).section(heading).rows().stream()
                        .map(row -> Markdown.code(row.get(0)).get(0))
                        .toList());
    }
}
