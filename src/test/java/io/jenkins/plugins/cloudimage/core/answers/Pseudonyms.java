package io.jenkins.plugins.cloudimage.core.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes personal data from recordings. Keys and tokens are removed. Of everything else only known words of the cloud
 * remain: states, codes, times, numbers, texts of errors. Ids, names and unknown texts are replaced by made-up texts of
 * the same form, always the same one for the same text.
 */
final class Pseudonyms {
    private static final String MASK = "****";
    private static final int SHORTEST_SECRET = 4;
    private static final int SHORTEST_PIECE = 8;
    private static final int SHORTEST_ID = 5;
    private static final int LONG_NUMBER = 8;

    /** Fields whose texts are words of the cloud, although they may contain an id. */
    private static final Pattern WORDS =
            Pattern.compile("(image|instance|cloud)?(state|status)(set)?|codes?|codedesc|message"
                    + "|error|details|action|signaturemethod|signatureversion|version|format|method|recommend|.*(progress|percent|type|source|category|mode|alias"
                    + "|architecture|platform|ostype|osversion|osname|permission|region|regionid|regionset|usage|chargestatus"
                    + "|totalcount|count|pagesize|pagenumber|limit|offset|quota|name_?filter)|az|zone|zoneid");

    /** Words of the APIs that also occur as values. */
    private static final Set<String> NOUNS =
            Set.of("image", "images", "instance", "instances", "snapshot", "snapshots", "quotas", "private", "self");

    private static final Pattern PLAIN = Pattern.compile("true|false|\\d{1,5}%?");
    private static final Pattern TIMES = Pattern.compile(".*(time|date|timestamp)");
    private static final Pattern NUMBER_OF_SOMEBODY = Pattern.compile(".*(id|uin|owner|account|pin)");
    private static final Pattern SECRETS =
            Pattern.compile(".*(signature|signaturenonce|accesskeyid|secretid|secretkey|token|nonce|password)");

    /** Matches an id, an account, an address or a key in a text. */
    private static final Pattern IDS = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
            + "|\\b[a-z]{1,10}-[a-z0-9]*[0-9][a-z0-9]{3,}\\b"
            + "|\\b[A-Za-z0-9+/=]{24,}\\b"
            + "|[\\w.+-]+@[\\w-]+\\.[\\w.]+"
            + "|\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b"
            + "|\\b\\d{8,}\\b");

    private static final Pattern PREFIX = Pattern.compile("([a-z]{1,10}-)[A-Za-z0-9-]{5,}");

    private final RandomGenerator random;
    private final Set<String> secrets = new HashSet<>();
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> given = new HashSet<>();

    Pseudonyms(RandomGenerator random) {
        this.random = random;
    }

    /** Removes a key from all later texts. */
    void hide(AccessKey key) {
        hide(key.id());
        hide(key.secret());
        if (key.sessionToken() != null) {
            hide(key.sessionToken());
            // JD Cloud's calls have it in this form.
            hide(Base64.getEncoder().encodeToString(key.sessionToken().getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Removes a secret and its parts from all later texts. */
    void hide(String secret) {
        if (secret.length() >= SHORTEST_SECRET) {
            secrets.add(secret);
        }
        for (String piece : secret.split("%[0-9A-Fa-f]{2}|[^A-Za-z0-9]")) {
            if (piece.length() >= SHORTEST_PIECE) {
                secrets.add(piece);
            }
        }
    }

    /** The made-up text for an id or a name. */
    String name(String original) {
        String masked = mask(original);
        if (masked.isEmpty() || masked.equals(MASK)) {
            return masked;
        }
        return names.computeIfAbsent(masked, text -> {
            String made = madeUp(text);
            for (int i = 0; !given.add(made) && i < 100; i++) {
                made = madeUp(text) + (i < 50 ? "" : Integer.toString(i));
            }
            return made;
        });
    }

    private String madeUp(String text) {
        Matcher prefix = PREFIX.matcher(text);
        int from = prefix.matches() ? prefix.end(1) : 0;
        StringBuilder made = new StringBuilder(text.substring(0, from));
        text.substring(from).codePoints().forEach(c -> made.appendCodePoint(madeUp(c)));
        return made.toString();
    }

    private int madeUp(int c) {
        if (Character.isDigit(c)) {
            return '0' + random.nextInt(10);
        }
        if (!Character.isLetter(c)) {
            return c;
        }
        if (c > 'z') {
            return '\u4e00' + random.nextInt(100);
        }
        return (Character.isUpperCase(c) ? 'A' : 'a') + random.nextInt(26);
    }

    private String mask(String text) {
        String masked = text;
        for (String secret : secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    /** A text of the cloud without personal data. */
    String text(String original) {
        String text = mask(original);
        List<Map.Entry<String, String>> known = names.entrySet().stream()
                .filter(name -> name.getKey().length() >= SHORTEST_ID && !isNoun(name.getKey()))
                .sorted(Comparator.comparing((Map.Entry<String, String> name) ->
                                name.getKey().length())
                        .reversed())
                .toList();
        for (Map.Entry<String, String> name : known) {
            text = text.replace(name.getKey(), name.getValue());
        }
        return IDS.matcher(text)
                .replaceAll(id -> Matcher.quoteReplacement(given.contains(id.group()) ? id.group() : name(id.group())));
    }

    private static boolean isNoun(String text) {
        return NOUNS.contains(text.toLowerCase(Locale.ROOT));
    }

    /** A value without personal data. */
    JsonNode value(String field, JsonNode value) {
        String name = field.toLowerCase(Locale.ROOT).replaceAll("\\.\\d+", "");
        if (SECRETS.matcher(name).matches()) {
            return JsonNodeFactory.instance.textNode(MASK);
        }
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            // Some responses are objects whose fields are ids.
            value.properties().forEach(each -> object.set(text(each.getKey()), value(each.getKey(), each.getValue())));
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(each -> array.add(value(field, each)));
            return array;
        }
        if (value.isIntegralNumber()) {
            return number(name, value);
        }
        return value.isTextual() ? JsonNodeFactory.instance.textNode(text(name, value.textValue())) : value;
    }

    private JsonNode number(String field, JsonNode value) {
        boolean somebodys = NUMBER_OF_SOMEBODY.matcher(field).matches()
                || value.asText().length() >= LONG_NUMBER
                        && !TIMES.matcher(field).matches();
        return somebodys && value.asLong() != 0
                ? JsonNodeFactory.instance.numberNode(new BigInteger(
                        "1" + name(value.asText().replace("-", "")).substring(1)))
                : value;
    }

    private String text(String field, String value) {
        if (TIMES.matcher(field).matches()) {
            return mask(value);
        }
        boolean plain = PLAIN.matcher(value).matches()
                && !NUMBER_OF_SOMEBODY.matcher(field).matches();
        return WORDS.matcher(field).matches() || plain || isNoun(value) ? text(value) : name(value);
    }
}
