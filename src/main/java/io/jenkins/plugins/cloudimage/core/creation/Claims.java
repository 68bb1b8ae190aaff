package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.HashMap;
import java.util.Map;

/**
 * What belongs to one creation at a time, and each creation has one of.
 *
 * @param <T> what is claimed, with the account in which it is unique
 */
final class Claims<T> {
    private final Map<T, String> holders = new HashMap<>();
    private final Map<String, T> held = new HashMap<>();

    /**
     * Takes a thing, unless another creation has it, and gives up what the creation had before.
     *
     * @return the key of the creation that has it, or null if it is the asking one
     */
    @CheckForNull
    synchronized String claim(T thing, String key) {
        if (thing.equals(held.get(key))) {
            return null;
        }
        release(key);
        String holder = holders.putIfAbsent(thing, key);
        if (holder == null) {
            held.put(key, thing);
        }
        return holder;
    }

    /** Takes a thing from the one that has it; false if that one no longer has it. */
    synchronized boolean takeOver(T thing, String holder, String key) {
        if (!thing.equals(held.get(holder))) {
            return false;
        }
        release(holder);
        return claim(thing, key) == null;
    }

    synchronized void release(String key) {
        T thing = held.remove(key);
        if (thing != null) {
            holders.remove(thing);
        }
    }
}
