package io.jenkins.plugins.cloudimage.simulator;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** With whom the images of a fake account are shared. Every other account exists, except those that tests close. */
public final class FakeShares {
    private final String own;
    private final int most;
    private final Map<String, Set<String>> shares = new HashMap<>();
    private final Set<String> closed = new HashSet<>();

    /** Why an image is not shared. */
    enum Refusal {
        /** There is no such account. */
        UNKNOWN,
        /** It is the owner's account. */
        OWN,
        /** The image would be shared with too many. */
        TOO_MANY
    }

    /**
     * @param own the owner's account
     * @param most the maximum number of accounts for an image
     */
    FakeShares(String own, int most) {
        this.own = own;
        this.most = most;
    }

    /** The account that owns the images. */
    public String own() {
        return own;
    }

    /** Closes an account, so that nothing can be shared with it. */
    public synchronized void close(String account) {
        closed.add(account);
    }

    /** The accounts with which an image is shared. */
    public synchronized List<String> of(String imageId) {
        return List.copyOf(shares.getOrDefault(imageId, Set.of()));
    }

    /** Shares an image with all of these accounts or with none. */
    public synchronized Optional<Refusal> share(String imageId, Collection<String> accounts) {
        if (accounts.contains(own)) {
            return Optional.of(Refusal.OWN);
        }
        if (accounts.stream().anyMatch(closed::contains)) {
            return Optional.of(Refusal.UNKNOWN);
        }
        Set<String> all = new LinkedHashSet<>(of(imageId));
        all.addAll(accounts);
        if (all.size() > most) {
            return Optional.of(Refusal.TOO_MANY);
        }
        shares.put(imageId, all);
        return Optional.empty();
    }

    /** Ends the sharing with these accounts. */
    public synchronized void unshare(String imageId, Collection<String> accounts) {
        Set<String> rest = new LinkedHashSet<>(of(imageId));
        rest.removeAll(accounts);
        shares.put(imageId, rest);
    }
}
