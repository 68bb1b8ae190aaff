package io.jenkins.plugins.cloudimage.core.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documentation, as far as tests ask for it. */
public record Markdown(Path file, List<String> lines) {
    private static final List<String> FOLDERS = List.of("docs", "examples", "peers", ".github");
    private static final String FENCE = "```";
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** A block of code. */
    record Block(String language, String text) {}

    /** Reads a page. */
    public static Markdown read(Path file) throws IOException {
        return new Markdown(file, Files.readAllLines(file));
    }

    /** All pages of the repository. */
    static List<Markdown> all() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> top = Files.list(Path.of(""))) {
            top.filter(Files::isRegularFile).forEach(files::add);
        }
        for (String folder : FOLDERS) {
            try (Stream<Path> below = Files.walk(Path.of(folder))) {
                below.filter(file -> !file.toString().matches(".*\\b(target|node_modules)\\b.*"))
                        .forEach(files::add);
            }
        }
        List<Markdown> pages = new ArrayList<>();
        for (Path file : files) {
            if (file.toString().endsWith(".md")) {
                pages.add(read(file));
            }
        }
        return pages;
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String language = null;
        List<String> code = new ArrayList<>();
        for (String line : lines) {
            boolean fence = line.strip().startsWith(FENCE);
            if (fence && language == null) {
                language = line.strip().substring(FENCE.length());
            } else if (fence) {
                blocks.add(new Block(language, String.join("\n", code).stripIndent()));
                language = null;
                code.clear();
            } else if (language != null) {
                code.add(line);
            }
        }
        return blocks;
    }

    /** What links of the text point to. */
    List<String> links() {
        Matcher link = LINK.matcher(CODE.matcher(String.join("\n", prose())).replaceAll(""));
        return link.results().map(found -> found.group(1)).toList();
    }

    /** The names by which links reach the headings, as GitHub makes them. */
    Set<String> anchors() {
        return headings().map(Markdown::anchor).collect(Collectors.toSet());
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
                .replace(' ', '-');
    }

    private Stream<String> headings() {
        return prose().stream().filter(line -> line.startsWith("#")).map(Markdown::title);
    }

    /** How deep each heading is, from 1. */
    List<Integer> depths() {
        return prose().stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.indexOf(' '))
                .toList();
    }

    private static String title(String heading) {
        return heading.replaceFirst("#+ ", "");
    }

    /** The text without its blocks of code. */
    List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            boolean fence = line.strip().startsWith(FENCE);
            if (!fence && !code) {
                prose.add(line);
            }
            code ^= fence;
        }
        return prose;
    }

    /** What is below a heading, up to the next one. */
    public Markdown section(String heading) {
        int start = 0;
        while (start < lines.size()
                && !(lines.get(start).startsWith("#") && title(lines.get(start)).equals(heading))) {
            start++;
        }
        if (start == lines.size()) {
            throw new AssertionError(file + " has no heading " + heading);
        }
        return new Markdown(
                file,
                lines.subList(start + 1, lines.size()).stream()
                        .takeWhile(line -> !line.startsWith("#"))
                        .toList());
    }

    /** The rows of its tables, without their heads. */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean head = i + 1 < lines.size() && lines.get(i + 1).startsWith("|---");
            if (lines.get(i).startsWith("| ") && !head) {
                rows.add(Stream.of(lines.get(i).substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList());
            }
        }
        return rows;
    }

    /** What a cell of a table has in the form of code. */
    public static List<String> code(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }
}
