package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jvnet.localizer.ResourceBundleHolder;

/**
 * The documented error codes of a cloud and what they mean. The codes are data: the package of a cloud has a file
 * {@code errors.tsv} with five columns, separated by tabs: code, kind, side effect ({@code none} or {@code possible}),
 * key of the advice, source. Empty lines and lines that begin with {@code #} are comments.
 *
 * <p>A code that ends with {@code .*} is a documented family: it stands for the code without this ending and for all
 * codes below it. A code that is in no table has no meaning, however similar it is to one that is.
 */
public final class ErrorTable {
    private static final String FAMILY = ".*";
    private static final int COLUMNS = 5;

    private final Map<String, Meaning> meanings;

    /** The advice is looked up each time, because its language is the reader's. */
    private record Meaning(ErrorKind kind, SideEffect sideEffect, Supplier<String> advice) {}

    private ErrorTable(Map<String, Meaning> meanings) {
        this.meanings = Map.copyOf(meanings);
    }

    /**
     * Reads the files {@code errors.tsv} of one or more packages. If several contain a code, the last one applies.
     *
     * @thmeanings IllegalArgumentException if a line is malformed or a file has a code twice
     */
    public static ErrorTable of(Class<?>... messages) {
        Map<String, Meaning> meanings = new HashMap<>();
        for (Class<?> owner : messages) {
            meanings.putAll(read(owner));
        }
        return new ErrorTable(meanings);
    }

    private static Map<String, Meaning> read(Class<?> owner) {
        Map<String, Meaning> meanings = new HashMap<>();
        try (InputStream file = owner.getResourceAsStream("errors.tsv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .forEach(columns -> {
                        if (columns.length != COLUMNS || List.of(columns).contains("")) {
                            throw new IllegalArgumentException("Not five columns: " + String.join(" ", columns));
                        }
                        if (meanings.put(columns[0], meaning(owner, columns)) != null) {
                            throw new IllegalArgumentException("Code " + columns[0] + " is in the table twice");
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read errors.tsv beside " + owner.getName(), e);
        }
        return meanings;
    }

    private static Meaning meaning(Class<?> owner, String... columns) {
        SideEffect sideEffect =
                switch (columns[2]) {
                    case "none" -> SideEffect.NONE;
                    case "possible" -> SideEffect.POSSIBLE;
                    default -> throw new IllegalArgumentException("Neither none nor possible: " + columns[2]);
                };
        String advice = columns[3];
        ResourceBundleHolder texts =
                ResourceBundleHolder.get(advice.startsWith("CommonTexts.") ? Messages.class : owner);
        return new Meaning(ErrorKind.valueOf(columns[1]), sideEffect, () -> texts.format(advice));
    }

    /**
     * Finds the meaning of a code.
     *
     * @return kind, side effect and advice without message, or empty for a code that is not documented
     */
    public Optional<CloudError> meaning(@CheckForNull String code) {
        if (code == null) {
            return Optional.empty();
        }
        Meaning meaning = meanings.get(code);
        for (String family = code; meaning == null && family != null; family = parent(family)) {
            meaning = meanings.get(family + FAMILY);
        }
        return Optional.ofNullable(meaning)
                .map(known -> CloudError.of(known.kind(), known.sideEffect())
                        .advice(known.advice().get()));
    }

    @CheckForNull
    private static String parent(String code) {
        int dot = code.lastIndexOf('.');
        return dot < 0 ? null : code.substring(0, dot);
    }
}
