package io.jenkins.plugins.cloudimage.languages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.PropertyResourceBundle;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The plugin's own files, Jenkins' side included; reading them needs no Jenkins. */
final class Sources {
    static final Path JAVA = Path.of("src/main/java");
    static final Path RESOURCES = Path.of("src/main/resources");
    static final Path CORE = RESOURCES.resolve("io/jenkins/plugins/cloudimage/core");

    /** What every Chinese text has at least one of. */
    static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    private Sources() {}

    static List<Path> files(Path folder, String pattern) {
        Pattern name = Pattern.compile(pattern);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(
                            file -> name.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file, which must be UTF-8. */
    static String text(Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError(file + " is not in UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The properties in a file as the localizer and Stapler read them; none if there is no such file. */
    static SortedMap<String, String> properties(Path file) {
        SortedMap<String, String> properties = new TreeMap<>();
        if (!Files.exists(file)) {
            return properties;
        }
        text(file);
        try (InputStream stream = Files.newInputStream(file)) {
            PropertyResourceBundle bundle = new PropertyResourceBundle(stream);
            for (Enumeration<String> keys = bundle.getKeys(); keys.hasMoreElements(); ) {
                String key = keys.nextElement();
                properties.put(key, bundle.getString(key));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    /** The file beside another one whose name has another ending. */
    static Path beside(Path file, String ending, String otherEnding) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - ending.length()) + otherEnding);
    }

    /** The Chinese file beside an English one. */
    static Path chinese(Path english) {
        String name = english.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.'));
        return beside(english, ending, "_zh_CN" + ending);
    }

    static Map<String, String> chineseProperties(Path english) {
        return properties(chinese(english));
    }
}
