package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * With whom an image is shared. There is such a record only once the image is ready.
 *
 * @param sent the accounts for which a call that shares was about to leave; only these are ever removed again
 * @param present the wanted accounts that the cloud lists
 * @param refused the accounts that the cloud refuses
 */
public record Shares(List<String> sent, List<String> present, List<Refusal> refused) {
    /** The image is ready, and nothing was sent. */
    static final Shares NONE = new Shares(List.of(), List.of(), List.of());

    /** An account with which the cloud does not share the image, and why. */
    public record Refusal(String account, CloudError error) {
        /** Rejects a stored record in which something is missing. */
        public Refusal {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(error, "error");
        }
    }

    /** A null list becomes an empty one. */
    public Shares {
        sent = sent == null ? List.of() : List.copyOf(sent);
        present = present == null ? List.of() : List.copyOf(present);
        refused = refused == null ? List.of() : List.copyOf(refused);
    }

    Shares sending(List<String> accounts) {
        Set<String> all = new LinkedHashSet<>(sent);
        all.addAll(accounts);
        return new Shares(List.copyOf(all), present, refused);
    }

    /** What the cloud lists is shared, whatever it said before. */
    Shares seen(List<String> listed) {
        return new Shares(
                sent,
                listed,
                refused.stream()
                        .filter(each -> !listed.contains(each.account()))
                        .toList());
    }

    Shares refused(String account, CloudError error) {
        List<Refusal> all = new ArrayList<>(refused);
        all.removeIf(each -> each.account().equals(account));
        all.add(new Refusal(account, error));
        return new Shares(sent, present, all);
    }

    /** The wanted accounts that are neither shared with nor refused, in the order of the wish. */
    List<String> missing(List<String> wanted) {
        return wanted.stream()
                .filter(account -> !present.contains(account)
                        && refused.stream().noneMatch(each -> each.account().equals(account)))
                .toList();
    }

    Shares essence() {
        return new Shares(sent, List.of(), List.of());
    }
}
