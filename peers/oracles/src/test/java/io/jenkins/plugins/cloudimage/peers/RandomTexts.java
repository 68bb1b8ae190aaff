package io.jenkins.plugins.cloudimage.peers;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Texts that signers trip over, always the same ones: empty, long, reserved characters, all planes of Unicode. */
final class RandomTexts {
    private static final String WORDS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String UNRESERVED = WORDS + "-_.~";
    private static final String RESERVED = "\t\n !\"#$%&'()*+,/:;<=>?@[\\]^`{|}";
    private static final String UNICODE = "éßñžÀИяλ中文镜像名称日本語한국어ال‱€－＊😀🚀𠮷\u0301\u00a0";
    private static final int LONG = 3000;

    private final Random random;

    RandomTexts(long seed) {
        random = new Random(seed);
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int percent) {
        return number(100) < percent;
    }

    /** A text of any kind. */
    String any() {
        return switch (number(10)) {
            case 0 -> "";
            case 1 -> of(RESERVED, 1 + number(12));
            case 2, 3 -> of(UNICODE, 1 + number(12));
            case 4 -> "%" + of("0123456789ABCDEFabcdef+% ", number(6));
            case 5 -> " " + of(UNRESERVED, number(5)) + "  ";
            case 6 -> chance(10) ? of(UNRESERVED + RESERVED + UNICODE, LONG) : of(UNRESERVED, 1 + number(40));
            default -> of(UNRESERVED + RESERVED + UNICODE, 1 + number(40));
        };
    }

    /** Letters and digits, as keys and tokens are made of. */
    String word(int length) {
        return of(WORDS, length);
    }

    /** Up to eight parameters with names like those of an API, and any values. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        for (int i = number(9); i > 0; i--) {
            String name = of(WORDS, 1 + number(12));
            parameters.put(chance(30) ? name + "." + (1 + number(20)) : name, any());
        }
        return parameters;
    }

    private String of(String alphabet, int length) {
        int[] points = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(points[number(points.length)]);
        }
        return text.toString();
    }
}
