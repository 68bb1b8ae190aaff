package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The temporary keys that a fake security token service has issued for an account, and what they allow. */
public final class IssuedKeys {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clock clock;
    private final Map<String, Key> keys = new HashMap<>();
    private int number;

    /**
     * A temporary key.
     *
     * @param session the name of the role's session
     * @param actions the only actions that its session policy allows, or null if it has none
     */
    record Key(String id, String secret, String token, String session, Instant end, Set<String> actions) {
        boolean allows(String action) {
            return actions == null || actions.contains(action) || actions.contains("*");
        }
    }

    IssuedKeys(Clock clock) {
        this.clock = clock;
    }

    /** Issues a key, which ends on a whole second. */
    synchronized Key issue(String prefix, String session, Duration validity, Set<String> actions) {
        number++;
        Instant end = Instant.ofEpochSecond(clock.instant().plus(validity).getEpochSecond());
        Key key = new Key(
                prefix + "TemporaryKeyNumber" + number,
                "secret-of-temporary-key-" + number,
                "token+of/temporary+key==" + number,
                session,
                end,
                actions);
        keys.put(key.id(), key);
        return key;
    }

    /** A key that was issued, or null. It may have expired. */
    synchronized Key find(String id) {
        return keys.get(id);
    }

    boolean isExpired(Key key) {
        return !clock.instant().isBefore(key.end());
    }

    /** Invalidates all keys before their time, as a change of the role can. */
    public synchronized void revoke() {
        keys.replaceAll((id, key) -> new Key(id, key.secret(), key.token(), key.session(), Instant.MIN, key.actions()));
    }

    /** How many keys were issued. */
    public synchronized int issued() {
        return number;
    }

    /**
     * Reads a session policy.
     *
     * @param version the version of the cloud's grammar
     * @return the actions that it allows, without {@code name/}; null if the text is no policy
     */
    static Set<String> actions(String policy, String version) {
        try {
            JsonNode tree = JSON.readTree(policy);
            String capital = tree.has("Version") ? "Action" : "action";
            Set<String> actions = new HashSet<>();
            tree.findValues(capital)
                    .forEach(list ->
                            list.forEach(action -> actions.add(action.asText().replaceFirst("^name/", ""))));
            boolean known = List.of(
                            tree.path("Version").asText(), tree.path("version").asText())
                    .contains(version);
            return known && !actions.isEmpty() ? actions : null;
        } catch (IOException e) {
            return null;
        }
    }
}
