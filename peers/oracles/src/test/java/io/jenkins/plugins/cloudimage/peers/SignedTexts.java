package io.jenkins.plugins.cloudimage.peers;

import static org.quicktheories.generators.Generate.constant;
import static org.quicktheories.generators.Generate.frequency;
import static org.quicktheories.generators.Generate.pick;
import static org.quicktheories.generators.Generate.range;
import static org.quicktheories.generators.SourceDSL.lists;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.quicktheories.api.Pair;
import org.quicktheories.core.Gen;

/** Texts that signers often get wrong: empty, long, with reserved characters, from all planes of Unicode. */
final class SignedTexts {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String UNRESERVED = LETTERS + "-_.~";
    private static final String RESERVED = "\t\n !\"#$%&'()*+,/:;<=>?@[\\]^`{|}";
    private static final String UNICODE = "éßñžÀИяλ中文镜像名称日本語한국어ال‱€－＊😀🚀𠮷\u0301\u00a0";
    private static final String ALL = UNRESERVED + RESERVED + UNICODE;

    private SignedTexts() {}

    /** A text of any kind. */
    static Gen<String> any() {
        return frequency(
                Pair.of(10, constant("")),
                Pair.of(10, of(RESERVED, 1, 12)),
                Pair.of(20, of(UNICODE, 1, 12)),
                Pair.of(10, of("0123456789ABCDEFabcdef+% ", 0, 5).map(text -> "%" + text)),
                Pair.of(10, of(UNRESERVED, 0, 4).map(text -> " " + text + "  ")),
                Pair.of(9, of(UNRESERVED, 1, 40)),
                Pair.of(1, of(ALL, 3000, 3000)),
                Pair.of(30, of(ALL, 1, 40)));
    }

    /** Letters and digits. */
    static Gen<String> word(int shortest, int longest) {
        return of(LETTERS, shortest, longest);
    }

    /** Up to eight parameters with names like those of an API, and any values. */
    static Gen<Map<String, String>> parameters() {
        Gen<String> name = word(1, 12);
        Gen<String> names = frequency(
                Pair.of(70, name), Pair.of(30, name.zip(range(1, 20), (prefix, number) -> prefix + "." + number)));
        return lists().of(names.zip(any(), Map::entry)).ofSizeBetween(0, 8).map(entries -> {
            Map<String, String> parameters = new TreeMap<>();
            entries.forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
            return parameters;
        });
    }

    /** A key or token: letters and digits, always the same ones for a seed. */
    static String key(int length, long seed) {
        return new Random(seed)
                .ints(length, 0, LETTERS.length())
                .mapToObj(index -> LETTERS.substring(index, index + 1))
                .collect(Collectors.joining());
    }

    private static Gen<String> of(String alphabet, int shortest, int longest) {
        List<String> characters =
                alphabet.codePoints().mapToObj(Character::toString).toList();
        return lists().of(pick(characters)).ofSizeBetween(shortest, longest).map(all -> String.join("", all));
    }
}
