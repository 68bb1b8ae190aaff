package io.jenkins.plugins.cloudimage.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PropertyResourceBundle;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.localizer.LocaleProvider;

class ErrorTableTest {
    private static final Class<?> COMMON = io.jenkins.plugins.cloudimage.core.tables.common.Messages.class;
    private static final Class<?> SPECIAL = io.jenkins.plugins.cloudimage.core.tables.special.Messages.class;
    private static final ErrorTable TABLE = ErrorTable.of(COMMON);

    private final LocaleProvider before = LocaleProvider.getProvider();

    @AfterEach
    void restore() {
        LocaleProvider.setProvider(before);
    }

    private static ErrorKind kind(String code) {
        return TABLE.meaning(code).orElseThrow().kind();
    }

    @Test
    void findsACodeAsItIs() {
        assertEquals(
                Optional.of(CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.POSSIBLE)
                        .advice("Wait.")),
                TABLE.meaning("InternalError"));
        assertEquals(ErrorKind.AUTHENTICATION, kind("4100"));
    }

    @Test
    void aFamilyIsItsNameAndAllBelow() {
        assertEquals(ErrorKind.AUTHENTICATION, kind("AuthFailure"));
        assertEquals(ErrorKind.AUTHENTICATION, kind("AuthFailure.SomethingNew"));
        assertEquals(ErrorKind.AUTHENTICATION, kind("AuthFailure.Some.Thing.New"));
    }

    @Test
    void theCodeItselfComesBeforeItsFamily() {
        assertEquals(
                Optional.of(CloudError.of(ErrorKind.PERMISSION, SideEffect.NONE).advice("Ask for it.")),
                TABLE.meaning("AuthFailure.Unauthorized"));
    }

    @Test
    void theNearestFamilyCounts() {
        assertEquals(ErrorKind.INVALID_REQUEST, kind("AuthFailure.Unauthorized.Region.New"));
        assertEquals(ErrorKind.INVALID_REQUEST, kind("AuthFailure.Unauthorized.Region"));
        assertEquals(ErrorKind.AUTHENTICATION, kind("AuthFailure.Unauthorized.New"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"InternalError.New", "AuthFailures", "authfailure", "Unknown.InternalError", "", ".", "*"})
    void whatIsNotDocumentedHasNoMeaning(String code) {
        assertEquals(Optional.empty(), TABLE.meaning(code));
    }

    @Test
    void noCodeHasNoMeaning() {
        assertEquals(Optional.empty(), TABLE.meaning(null));
    }

    @Test
    void ofSeveralFilesTheLastOneCounts() {
        ErrorTable table = ErrorTable.of(COMMON, SPECIAL);

        assertEquals(
                Optional.of(CloudError.of(ErrorKind.BUSY, SideEffect.NONE).advice("Again.")),
                table.meaning("InternalError"));
        assertEquals(
                ErrorKind.CLOCK_SKEW,
                table.meaning("AuthFailure.New").orElseThrow().kind());
        assertEquals("Check the key.", table.meaning("4100").orElseThrow().advice());
    }

    @Test
    void adviceIsInTheLanguageOfWhoeverReadsItThoughTablesAreMadeOnce() {
        speak(Locale.SIMPLIFIED_CHINESE);
        assertEquals("请等待。", TABLE.meaning("InternalError").orElseThrow().advice());
        assertEquals(
                "请更正消息中指出的参数。",
                TABLE.meaning("AuthFailure.Unauthorized.Region").orElseThrow().advice());
        speak(Locale.ENGLISH);
        assertEquals("Wait.", TABLE.meaning("InternalError").orElseThrow().advice());
    }

    private static void speak(Locale reader) {
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return reader;
            }
        });
    }

    private static String refusal(Class<?> messages) {
        return assertThrows(IllegalArgumentException.class, () -> ErrorTable.of(messages))
                .getMessage();
    }

    @Test
    void aWrongFileIsNotRead() {
        assertEquals(
                "Code A is in the table twice",
                refusal(io.jenkins.plugins.cloudimage.core.tables.wrongtwice.Messages.class));
        assertEquals(
                "Not five columns: A BUSY none k",
                refusal(io.jenkins.plugins.cloudimage.core.tables.wrongshort.Messages.class));
        assertEquals(
                "Not five columns: A BUSY none k s more",
                refusal(io.jenkins.plugins.cloudimage.core.tables.wronglong.Messages.class));
        assertEquals(
                "Not five columns: A BUSY none  s",
                refusal(io.jenkins.plugins.cloudimage.core.tables.wrongblank.Messages.class));
        assertEquals(
                "Neither none nor possible: perhaps",
                refusal(io.jenkins.plugins.cloudimage.core.tables.wrongeffect.Messages.class));
        assertTrue(refusal(io.jenkins.plugins.cloudimage.core.tables.wrongkind.Messages.class)
                .contains("LAZY"));
    }

    static List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            return files.filter(file -> file.endsWith("errors.tsv")).sorted().toList();
        }
    }

    /** The clouds' own tables: each line parses, and its advice exists in both languages. */
    @ParameterizedTest
    @MethodSource("tables")
    void theTablesOfTheCloudsAreSound(Path file) throws Exception {
        Class<?> messages = Class.forName(Path.of("src/main/resources")
                .relativize(file.resolveSibling("Messages"))
                .toString()
                .replace('/', '.'));
        ErrorTable table = ErrorTable.of(messages);
        List<String[]> rows = Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .toList();
        assertFalse(rows.isEmpty());
        for (String[] row : rows) {
            Path folder = row[3].startsWith("CommonTexts.")
                    ? Path.of("src/main/resources/io/jenkins/plugins/cloudimage/core")
                    : file.getParent();
            for (String language : List.of("", "_zh_CN")) {
                Path bundle = folder.resolve("Messages" + language + ".properties");
                assertTrue(keys(bundle).contains(row[3]), () -> row[3] + " is missing in " + bundle);
            }
            assertTrue(
                    table.meaning(row[0].replace(".*", "")).isPresent(),
                    () -> row[0] + " of " + file + " is not found");
        }
    }

    private static Set<String> keys(Path bundle) throws IOException {
        try (var reader = Files.newBufferedReader(bundle)) {
            return new HashSet<>(new PropertyResourceBundle(reader).keySet());
        }
    }
}
