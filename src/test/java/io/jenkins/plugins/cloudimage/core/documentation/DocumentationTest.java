package io.jenkins.plugins.cloudimage.core.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documentation says what is so: its links lead somewhere, and its snippets are run as examples. */
class DocumentationTest {
    private static final Set<String> RUN = Set.of("groovy", "yaml");

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Markdown page : Markdown.all()) {
            for (String link : page.links()) {
                if (!link.matches("[a-z]+:.*")) {
                    links++;
                    if (!leadsSomewhere(page, link)) {
                        broken.add(page.file() + " → " + link);
                    }
                }
            }
        }
        assertEquals(List.of(), broken);
        assertTrue(links > 50, "only " + links + " links were found");
    }

    private static boolean leadsSomewhere(Markdown page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? page.file()
                : page.file().resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1 || Markdown.read(target).anchors().contains(parts[1]);
    }

    @Test
    void everySnippetIsTakenFromAnExample() throws IOException {
        List<List<String>> examples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                examples.add(Files.readAllLines(file));
            }
        }
        int snippets = 0;
        for (Markdown page : Markdown.all()) {
            for (Markdown.Block block : page.blocks()) {
                if (RUN.contains(block.language())) {
                    snippets++;
                    assertTrue(
                            examples.stream().anyMatch(example -> isPart(block.text(), example)),
                            page.file() + " has a snippet that is in no example:\n" + block.text());
                }
            }
        }
        assertTrue(snippets > 10, "only " + snippets + " snippets were found");
    }

    /** Whether lines of the example, moved to the left, are the snippet. */
    private static boolean isPart(String snippet, List<String> example) {
        int length = (int) snippet.lines().count();
        for (int start = 0; start + length <= example.size(); start++) {
            String part = String.join("\n", example.subList(start, start + length));
            if (part.stripIndent().equals(snippet)) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh_CN.md"})
    void everyKindOfErrorIsExplained(String file) throws IOException {
        Set<String> explained = new TreeSet<>();
        for (List<String> row : Markdown.read(Path.of(file)).rows()) {
            explained.addAll(Markdown.code(row.get(0)));
        }
        for (ErrorKind kind : ErrorKind.values()) {
            assertTrue(explained.contains(kind.name()), kind + " is not explained in " + file);
        }
    }
}
