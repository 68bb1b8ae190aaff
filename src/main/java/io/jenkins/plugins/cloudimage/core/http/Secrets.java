package io.jenkins.plugins.cloudimage.core.http;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Headers;

/**
 * What one call keeps secret: its key and the signature that was made with it. Servers like to explain a refusal with what
 * they were sent, so both are taken out of an answer before anything else reads it.
 */
final class Secrets {
    private static final String MASK = "****";
    /** No real key is shorter, and a shorter text is likely to be a part of innocent ones. */
    private static final int SHORTEST = 8;
    /** A beginning of this length at the end of a text that was cut is a piece of a secret. */
    private static final int PIECE = 6;

    private static final Pattern SIGNATURE = Pattern.compile("(?i)(?:^|[&,\\s])signature=([^&,\\s]+)");
    private static final Pattern AFTER_KEY_ID = Pattern.compile("(?i)^acs [^:]+:(.+)$");

    private final Set<String> values;
    private final Pattern pattern;

    private Secrets(Set<String> values) {
        this.values = values;
        this.pattern = Pattern.compile(
                values.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|")),
                Pattern.CASE_INSENSITIVE);
    }

    /** The secrets of a call that was signed with a key. */
    static Secrets of(AccessKey key, HttpCall call) {
        Set<String> plain = new HashSet<>();
        Stream.of(key.id(), key.secret(), key.sessionToken() == null ? "" : key.sessionToken())
                .forEach(plain::add);
        call.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase("authorization")) {
                find(SIGNATURE, value, plain);
                find(AFTER_KEY_ID, value, plain);
            }
        });
        String query = call.target().encodedQuery();
        find(SIGNATURE, query == null ? "" : query, plain);
        find(SIGNATURE, new String(call.body(), StandardCharsets.UTF_8), plain);
        Set<String> values = new HashSet<>();
        for (String value : plain) {
            if (value.length() >= SHORTEST) {
                // As it is, in an address, in an address within a string to sign, and in JSON.
                values.add(value);
                values.add(Percent.encode(value));
                values.add(Percent.encode(Percent.encode(value)));
                values.add(value.replace("/", "\\/"));
                values.add(value.replace("\\", "\\\\").replace("\"", "\\\""));
            }
        }
        return new Secrets(values);
    }

    private static void find(Pattern where, String text, Set<String> found) {
        Matcher matcher = where.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
            if (matcher.group(1).contains("%")) {
                found.add(URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8));
            }
        }
    }

    /** The answer without what must not be read. */
    HttpAnswer clean(HttpAnswer answer) {
        Headers.Builder headers = new Headers.Builder();
        answer.headers().forEach(header -> headers.addUnsafeNonAscii(header.getFirst(), mask(header.getSecond())));
        // All secrets are ASCII, and this leaves every other byte as it is.
        String body = new String(answer.body(), StandardCharsets.ISO_8859_1);
        return new HttpAnswer(answer.status(), headers.build(), mask(body).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The failure without what must not be told; its cause is left out if that tells it. */
    CloudException clean(CloudException failure) {
        boolean tells = false;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            tells |= !cause.toString().equals(mask(cause.toString())) || cause.getSuppressed().length > 0;
        }
        return new CloudException(
                failure.error().message(mask(failure.error().message())), tells ? null : failure.getCause());
    }

    private String mask(String text) {
        if (values.isEmpty()) {
            return text;
        }
        String masked = pattern.matcher(text).replaceAll(MASK);
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
}
