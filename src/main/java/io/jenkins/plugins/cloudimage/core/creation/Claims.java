package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What belongs to one creation at a time, and each creation has one of.
 *
 * @param <T> what is claimed, with the account in which it is unique
 */
final class Claims<T> {
    private final Map<T, String> holders = new ConcurrentHashMap<>();

    /**
     * Takes a thing, unless another creation has it, and gives up what the creation had before.
     *
     * @return the key of the creation that has it, or null if it is the asking one
     */
    @CheckForNull
    String claim(T thing, String key) {
        holders.entrySet()
                .removeIf(
                        entry -> entry.getValue().equals(key) && !entry.getKey().equals(thing));
        String holder = holders.putIfAbsent(thing, key);
        return key.equals(holder) ? null : holder;
    }

    /** Takes a thing from the one that has it; false if that one no longer has it. */
    boolean takeOver(T thing, String holder, String key) {
        return holders.replace(thing, holder, key);
    }

    void release(String key) {
        holders.values().removeIf(key::equals);
    }
}
