package io.jenkins.plugins.cloudimage.peers.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness works, all SDKs in it; its numbers say nothing here. */
class BenchTest {
    @Test
    void everySectionGivesRows() throws Exception {
        List<Row> rows = new ArrayList<>();
        try (Fork server = new Fork(System.getProperty("java.class.path"), List.of(), Loopback.class)) {
            for (Map.Entry<String, Section> section :
                    Bench.sections(server.line()).entrySet()) {
                List<Row> measured = section.getValue().measure(Effort.SMOKE);
                assertFalse(measured.isEmpty(), section.getKey());
                rows.addAll(measured);
            }
        }
        new Report("this machine", Effort.SMOKE, rows).print(System.out);
    }

    @Test
    void aPageGetsTheNewTableInThePlaceOfTheOldOne(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("performance.md");
        Files.writeString(page, "# Numbers\n\n" + report("old").markdown() + "\n\nWhat it means.\n");

        report("new").update(page);

        String text = Files.readString(page);
        assertEquals("# Numbers\n\n" + report("new").markdown() + "\n\nWhat it means.\n", text);
        assertTrue(text.contains("| new | 1 | SDK 2 | 2.00× |  | ≥ 1.00× | met |"), text);
    }

    @Test
    void aPageWithoutAPlaceForTheTableIsLeftAlone(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("performance.md");
        Files.writeString(page, "# Numbers\n");

        assertThrows(IOException.class, () -> report("new").update(page));
        assertEquals("# Numbers\n", Files.readString(page));
    }

    private static Report report(String metric) {
        Row row = new Row(metric, "1", "SDK 2", Row.times(2), "", "≥ " + Row.times(1), Row.Verdict.MET);
        return new Report("a machine", Effort.FULL, List.of(row));
    }
}
