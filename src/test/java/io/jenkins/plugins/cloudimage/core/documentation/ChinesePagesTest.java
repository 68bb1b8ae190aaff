package io.jenkins.plugins.cloudimage.core.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each Chinese page has the headings, snippets, policies and tables of its English page. Other tests compare the English
 * pages with the code, so these tests cover the Chinese ones.
 */
class ChinesePagesTest {
    private static final String CHINESE = ".zh_CN.md";
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern BEGINS_A_BLOCK = Pattern.compile("\\s*(-|\\d+\\.|\\||#|\\[?!\\[|<).*");

    static Stream<Markdown> pages() throws IOException {
        return Markdown.all().stream().filter(page -> page.file().toString().endsWith(CHINESE));
    }

    private static Markdown english(Markdown chinese) throws IOException {
        return Markdown.read(Path.of(chinese.file().toString().replace(CHINESE, ".md")));
    }

    @Test
    void everyPageThatChineseUsersNeedIsInChinese() throws IOException {
        try (Stream<Path> clouds = Files.list(Path.of("docs/clouds"))) {
            Stream.concat(Stream.of(Path.of("README.md"), Path.of("docs/parameters.md")), clouds)
                    .map(Path::toString)
                    .filter(file -> !file.endsWith(CHINESE))
                    .map(file -> Path.of(file.replaceFirst("\\.md$", CHINESE)))
                    .forEach(file -> assertTrue(Files.exists(file), file + " is missing"));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theHeadingsAreThoseOfTheEnglishPage(Markdown chinese) throws IOException {
        assertEquals(english(chinese).depths(), chinese.depths());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theSnippetsAndPoliciesAreThoseOfTheEnglishPage(Markdown chinese) throws IOException {
        assertEquals(english(chinese).blocks(), chinese.blocks());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theTablesHaveTheCodesAndNumbersOfTheEnglishPage(Markdown chinese) throws IOException {
        List<List<String>> expected = english(chinese).rows();
        List<List<String>> rows = chinese.rows();
        assertEquals(expected.size(), rows.size());
        for (int row = 0; row < rows.size(); row++) {
            assertEquals(facts(expected.get(row)), facts(rows.get(row)), String.join("|", rows.get(row)));
        }
    }

    /** What must not differ between two languages: the code and the numbers of each cell. */
    private static List<Set<String>> facts(List<String> row) {
        return row.stream().map(ChinesePagesTest::facts).toList();
    }

    private static Set<String> facts(String cell) {
        Set<String> facts = new TreeSet<>(Markdown.code(cell));
        String words = cell.replaceAll("`[^`]*`|]\\([^)]*\\)", "");
        NUMBER.matcher(words).results().map(MatchResult::group).forEach(facts::add);
        return facts;
    }

    /** Browsers show the end of a line as a blank, which is wrong between two Chinese characters. */
    @ParameterizedTest
    @MethodSource("pages")
    void noSentenceIsWrapped(Markdown chinese) {
        List<String> lines = chinese.prose();
        for (int i = 1; i < lines.size(); i++) {
            boolean goesOn = !lines.get(i).isBlank() && !lines.get(i - 1).isBlank();
            assertTrue(!goesOn || BEGINS_A_BLOCK.matcher(lines.get(i)).matches(), chinese.file() + ": " + lines.get(i));
        }
    }
}
