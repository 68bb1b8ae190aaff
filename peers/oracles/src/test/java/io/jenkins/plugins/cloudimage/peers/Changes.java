package io.jenkins.plugins.cloudimage.peers;

import com.sun.net.httpserver.Headers;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests that differ from one that is well signed in one byte. Letters become other letters and digits other digits,
 * escapes stay escapes, so that what is changed is the meaning and not the form.
 */
final class Changes {
    private final Received original;
    private final List<Received> changed = new ArrayList<>();

    Changes(Received original) {
        this.original = original;
    }

    /** One request for each letter and digit of a header's value. */
    Changes header(String name) {
        for (byte[] value : variants(original.header(name).getBytes(StandardCharsets.ISO_8859_1))) {
            Headers headers = new Headers();
            headers.putAll(original.headers());
            headers.set(name, new String(value, StandardCharsets.ISO_8859_1));
            changed.add(new Received(original.method(), original.uri(), headers, original.body()));
        }
        return this;
    }

    /** One request for each letter and digit of path and query. */
    Changes uri() {
        for (byte[] uri : variants(original.uri().toString().getBytes(StandardCharsets.US_ASCII))) {
            changed.add(new Received(
                    original.method(),
                    URI.create(new String(uri, StandardCharsets.US_ASCII)),
                    original.headers(),
                    original.body()));
        }
        return this;
    }

    /** One request for each letter and digit of the body. */
    Changes body() {
        for (byte[] body : variants(original.body())) {
            changed.add(new Received(original.method(), original.uri(), original.headers(), body));
        }
        return this;
    }

    List<Received> all() {
        return List.copyOf(changed);
    }

    private static List<byte[]> variants(byte[] bytes) {
        List<byte[]> variants = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            byte other = other(bytes[i]);
            if (other != bytes[i]) {
                byte[] variant = bytes.clone();
                variant[i] = other;
                variants.add(variant);
            }
        }
        return variants;
    }

    /** The next one of its kind, round and round; the digits of hexadecimal are a kind of their own. */
    private static byte other(byte b) {
        for (String kind : List.of("0123456789", "ABCDEF", "abcdef", "GHIJKLMNOPQRSTUVWXYZ", "ghijklmnopqrstuvwxyz")) {
            int position = kind.indexOf(b);
            if (position >= 0) {
                return (byte) kind.charAt((position + 1) % kind.length());
            }
        }
        return b;
    }
}
