package io.jenkins.plugins.cloudimage.core.http;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.Headers;

/**
 * The secrets of one call: its key and its signature. Some servers echo in a refusal what they were sent, so the
 * secrets are removed from a response before anything else reads it.
 */
final class Secrets {
    private static final String MASK = "****";
    /** The minimum length of a secret. Real keys are longer, and a shorter text is likely to occur by chance. */
    private static final int SHORTEST = 8;
    /** The beginning of a secret at the end of a cut text is removed if it has at least this length. */
    private static final int PIECE = 6;

    /** Only bodies of this type can contain a signature; texts of people are encoded in them. */
    private static final String FORM = "application/x-www-form-urlencoded";

    private static final String SIGNATURE = "Signature=";
    private static final Pattern VALUE = Pattern.compile("[^&,\\s]+");
    private static final Pattern AFTER_KEY_ID = Pattern.compile("\\w+ [^:=\\s]+:(.+)");

    private final Set<String> values;
    /** The beginnings of the secrets. Nearly all texts contain none of them and need no further search. */
    private final Set<String> beginnings;

    private Secrets(Set<String> values) {
        this.values = values;
        this.beginnings = values.stream()
                .map(value -> value.substring(0, PIECE).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    static Secrets of(AccessKey key) {
        Set<String> values = new HashSet<>();
        addSpellings(values, key.id());
        addSpellings(values, key.secret());
        String token = key.sessionToken();
        if (token != null) {
            addSpellings(values, token);
            // As JD Cloud wants it.
            addSpellings(values, Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)));
        }
        return new Secrets(values);
    }

    /** The secrets of a call that a JSON Web Token authorizes. A server may echo its parts one by one. */
    static Secrets ofToken(String token) {
        Set<String> values = new HashSet<>();
        addSpellings(values, token);
        for (String part : token.split("\\.")) {
            addSpellings(values, part);
        }
        return new Secrets(values);
    }

    /** Adds the secrets of a call. */
    Secrets and(HttpCall call) {
        Set<String> all = new HashSet<>(values);
        call.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase("authorization")) {
                addSignatures(all, value);
                Matcher afterKeyId = AFTER_KEY_ID.matcher(value);
                if (afterKeyId.matches()) {
                    addSpellings(all, afterKeyId.group(1));
                }
            }
        });
        addSignatures(all, call.target());
        if (call.contentType().startsWith(FORM)) {
            addSignatures(all, new String(call.body(), StandardCharsets.UTF_8));
        }
        return new Secrets(all);
    }

    private static void addSignatures(Set<String> values, String text) {
        for (int at = text.indexOf(SIGNATURE); at >= 0; at = text.indexOf(SIGNATURE, at + 1)) {
            Matcher value = VALUE.matcher(text).region(at + SIGNATURE.length(), text.length());
            if (value.lookingAt()) {
                addSpellings(values, value.group());
                addSpellings(values, URLDecoder.decode(value.group(), StandardCharsets.UTF_8));
            }
        }
    }

    private static void addSpellings(Set<String> values, String value) {
        if (value.length() >= SHORTEST) {
            // Plain, in an address, in an address within a string to sign, and in JSON.
            values.add(value);
            values.add(Percent.encode(value));
            values.add(Percent.encode(Percent.encode(value)));
            values.add(value.replace("/", "\\/"));
            values.add(value.replace("\\", "\\\\").replace("\"", "\\\""));
        }
    }

    /** The response without secrets. */
    HttpAnswer clean(HttpAnswer answer) {
        // All secrets are ASCII, and this charset preserves every other byte.
        String body = new String(answer.body(), StandardCharsets.ISO_8859_1);
        if (!isSuspect(body)
                && IntStream.range(0, answer.headers().size())
                        .mapToObj(answer.headers()::value)
                        .noneMatch(this::isSuspect)) {
            return answer;
        }
        Headers.Builder headers = new Headers.Builder();
        answer.headers().forEach(header -> headers.addUnsafeNonAscii(header.getFirst(), mask(header.getSecond())));
        return new HttpAnswer(answer.status(), headers.build(), mask(body).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The failure without secrets. A cause that contains one is left out. */
    CloudException clean(CloudException failure) {
        boolean tells = false;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            tells |= !cause.toString().equals(mask(cause.toString())) || cause.getSuppressed().length > 0;
        }
        return new CloudException(
                failure.error().message(mask(failure.error().message())), tells ? null : failure.getCause());
    }

    private boolean isSuspect(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return beginnings.stream().anyMatch(lower::contains);
    }

    private String mask(String text) {
        if (!isSuspect(text)) {
            return text;
        }
        String masked = pattern().matcher(text).replaceAll(MASK);
        String end = masked.endsWith("…") ? masked.substring(0, masked.length() - 1) : masked;
        for (String value : values) {
            for (int length = Math.min(value.length(), end.length()) - 1; length >= PIECE; length--) {
                if (end.regionMatches(true, end.length() - length, value, 0, length)) {
                    return end.substring(0, end.length() - length) + MASK;
                }
            }
        }
        return masked;
    }

    private Pattern pattern() {
        return Pattern.compile(
                values.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|")),
                Pattern.CASE_INSENSITIVE);
    }
}
