package io.jenkins.plugins.cloudimage.languages;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text for people is there in English and in Simplified Chinese, and nothing is there for nobody. */
class LanguagesTest {
    /** Are the same in both languages. */
    private static final Set<String> NAMES = Set.of("URL", "Apsara Stack");

    private static final Pattern USE = Pattern.compile("Messages(?:\\.|::)_?(?!class\\b)(\\w+)");
    private static final Pattern LABEL = Pattern.compile("\\$\\{%([^}(]+)");
    private static final Pattern WORD = Pattern.compile("[a-z]\\w*");
    private static final Pattern ARGUMENT = Pattern.compile("\\{\\d+(?:,number,#)?");
    private static final Pattern CODE = Pattern.compile("<code>.*?</code>");

    @ParameterizedTest
    @MethodSource
    void everyMessageIsInBothLanguages(Path bundle) {
        translated(bundle, Sources.properties(bundle), Sources.chineseProperties(bundle));
    }

    static List<Path> everyMessageIsInBothLanguages() {
        return Sources.files(Sources.RESOURCES, "Messages\\.properties");
    }

    @ParameterizedTest
    @MethodSource("everyMessageIsInBothLanguages")
    void everyMessageIsUsed(Path bundle) {
        Path folder = Sources.JAVA.resolve(Sources.RESOURCES.relativize(bundle.getParent()));
        SortedSet<String> used = new TreeSet<>();
        for (Path source : Sources.files(folder, "\\w+\\.java")) {
            if (folder.equals(source.getParent())) {
                USE.matcher(Sources.text(source)).results().forEach(use -> used.add(use.group(1)));
            }
        }
        used.addAll(advice(bundle.getParent()));

        assertEquals(
                used,
                new TreeSet<>(Sources.properties(bundle).keySet().stream()
                        .map(key -> key.replace('.', '_'))
                        .toList()));
    }

    /** The keys of a package that the tables of error codes name: its own in its own table, the core's in all of them. */
    private static SortedSet<String> advice(Path folder) {
        SortedSet<String> keys = new TreeSet<>();
        for (Path table : Sources.files(Sources.RESOURCES, "errors\\.tsv")) {
            Sources.text(table)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t")[3])
                    .filter(key -> key.startsWith("CommonTexts.")
                            ? folder.equals(Sources.CORE)
                            : folder.equals(table.getParent()))
                    .forEach(key -> keys.add(key.replace('.', '_')));
        }
        return keys;
    }

    @ParameterizedTest
    @MethodSource
    void everyLabelIsInBothLanguages(Path view) {
        Path english = Sources.beside(view, ".jelly", ".properties");
        SortedMap<String, String> given = Sources.properties(english);
        SortedMap<String, String> texts = new TreeMap<>();
        LABEL.matcher(Sources.text(view))
                .results()
                .map(label -> label.group(1))
                .forEach(key -> texts.put(key, given.getOrDefault(key, key)));

        assertTrue(texts.keySet().containsAll(given.keySet()), () -> english + " has labels that the view has not");
        texts.values()
                .forEach(text -> assertFalse(
                        WORD.matcher(text).matches(),
                        () -> view + " shows the bare key " + text + ", for there is no English text"));
        translated(english, texts, Sources.chineseProperties(english));
    }

    static List<Path> everyLabelIsInBothLanguages() {
        return Sources.files(Sources.RESOURCES, "\\w+\\.jelly");
    }

    @ParameterizedTest
    @MethodSource
    void everyHelpIsInBothLanguages(Path help) {
        Path translation = Sources.chinese(help);
        assertTrue(Files.exists(translation), () -> translation + " is missing");
        String chinese = Sources.text(translation);

        assertTrue(Sources.CHINESE.matcher(chinese).find(), () -> translation + " is not in Chinese");
        assertEquals(code(Sources.text(help)), code(chinese), () -> translation + " speaks of other values");
    }

    static List<Path> everyHelpIsInBothLanguages() {
        return Sources.files(Sources.RESOURCES, "help(-\\w+)?(?<!_zh_CN)\\.html");
    }

    @Test
    void nothingIsInChineseAlone() {
        for (Path file : Sources.files(Sources.RESOURCES, ".*_zh_CN\\..*")) {
            String name = file.getFileName().toString().replace("_zh_CN", "");
            Path english = file.resolveSibling(name);
            Path view = file.resolveSibling(name.replace(".properties", ".jelly"));
            assertTrue(Files.exists(english) || Files.exists(view), () -> file + " translates nothing");
        }
    }

    private static void translated(Path file, Map<String, String> english, Map<String, String> chinese) {
        assertEquals(new TreeSet<>(english.keySet()), new TreeSet<>(chinese.keySet()), () -> "Texts of " + file);
        english.forEach((key, text) -> {
            String translation = chinese.get(key);
            assertEquals(arguments(text), arguments(translation), () -> "Arguments of " + key + " in " + file);
            assertTrue(
                    NAMES.contains(text) || Sources.CHINESE.matcher(translation).find(),
                    () -> key + " of " + file + " is not in Chinese: " + translation);
            sound(file, key, text);
            sound(file, key, translation);
        });
    }

    /** A single apostrophe would vanish and take the arguments after it along. */
    private static void sound(Path file, String key, String text) {
        assertFalse(text.isBlank(), () -> key + " of " + file + " is empty");
        assertEquals(text.length(), text.strip().length(), () -> key + " of " + file + " has white space around it");
        assertFalse(
                text.replace("''", "").contains("'"),
                () -> key + " of " + file + " needs '' for its apostrophe: " + text);
        assertDoesNotThrow(() -> new MessageFormat(text), () -> key + " of " + file + " is no message format: " + text);
    }

    /** Texts may repeat their arguments and turn their order. A number without format would get a comma in it. */
    private static SortedSet<String> arguments(String text) {
        return new TreeSet<>(
                ARGUMENT.matcher(text).results().map(MatchResult::group).toList());
    }

    private static List<String> code(String html) {
        return CODE.matcher(html).results().map(MatchResult::group).sorted().toList();
    }
}
