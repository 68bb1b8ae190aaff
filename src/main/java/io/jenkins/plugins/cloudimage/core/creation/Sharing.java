package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Shares the finished image with the accounts that the user names, and reads back whether it is shared. Sharing can be
 * repeated, so each attempt begins with a look at what is missing. If a call for several accounts is refused, each of
 * them is tried alone, because the refusal does not tell which one is wrong. The image stays, however this ends.
 */
final class Sharing {
    /** How long an accepted share may be missing when it is read back. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Refusals that may be about a single account. */
    private static final Set<ErrorKind> ABOUT_ACCOUNT =
            Set.of(ErrorKind.INVALID_REQUEST, ErrorKind.NOT_FOUND, ErrorKind.QUOTA);
    /** The maximum number of accounts in a message. */
    private static final int NAMED = 20;

    private final Reconciler reconciler;

    Sharing(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    Decision decide(Creation creation, Memory memory, Observations seen) {
        Result result = seen.result();
        if (result == null) {
            return list(creation, memory, false);
        }
        if (result.failed()) {
            return failed(creation, memory, seen, result);
        }
        if (result.effect() instanceof Effect.ListShares listing) {
            return listed(creation, memory, seen, listing.afterwards(), result.answer());
        }
        List<String> shared = ((Effect.Share) result.effect()).accounts();
        return share(creation, memory, after(creation, shared), shared.size() == 1 ? 1 : perCall(seen));
    }

    private static Decision list(Creation creation, Memory memory, boolean afterwards) {
        return Decision.call(creation, memory, new Effect.ListShares(creation.imageId(), afterwards));
    }

    private Decision listed(
            Creation creation, Memory memory, Observations seen, boolean afterwards, List<String> accounts) {
        List<String> wanted = creation.options().shareWith();
        List<String> present = wanted.stream().filter(accounts::contains).toList();
        Creation next = with(creation, shares(creation).seen(present));
        List<String> missing = shares(next).missing(wanted);
        if (missing.isEmpty()) {
            return shares(next).refused().isEmpty()
                    ? reconciler.finished(next, seen)
                    : reconciler.end(next, seen, Outcome.FAILED, refused(next));
        }
        if (!afterwards) {
            return share(next, memory, missing, perCall(seen));
        }
        Duration since = memory.absentSince() == null ? seen.uptime() : memory.absentSince();
        return seen.uptime().minus(since).compareTo(PATIENCE) > 0
                ? reconciler.end(next, seen, Outcome.FAILED, unfinished(next))
                : reconciler.retry(next, memory.absent(since), seen, unfinished(next));
    }

    private static Decision share(Creation creation, Memory memory, List<String> rest, int most) {
        if (rest.isEmpty()) {
            return list(creation, memory, true);
        }
        List<String> accounts = List.copyOf(rest.subList(0, Math.min(most, rest.size())));
        Creation sending = with(creation, shares(creation).sending(accounts));
        return Decision.call(sending, memory, new Effect.Share(creation.imageId(), accounts));
    }

    private Decision failed(Creation creation, Memory memory, Observations seen, Result result) {
        CloudError error = result.error();
        if (!error.kind().isRetryable() && !seen.isAccountOf(creation)) {
            return reconciler.retry(creation, memory, seen, Failures.otherAccount(creation, creation.imageId()));
        }
        if (result.effect() instanceof Effect.Share share && ABOUT_ACCOUNT.contains(error.kind())) {
            return refused(creation, memory, share.accounts(), error);
        }
        CloudError told = unfinished(creation, error);
        boolean keyMayChange = error.kind() == ErrorKind.AUTHENTICATION || error.kind() == ErrorKind.CLOCK_SKEW;
        return keyMayChange
                ? reconciler.retry(creation, memory, seen, told)
                : reconciler.failed(creation, memory, seen, told);
    }

    private static Decision refused(Creation creation, Memory memory, List<String> accounts, CloudError error) {
        if (accounts.size() > 1) {
            return share(creation, memory, accounts, 1);
        }
        Creation next = with(creation, shares(creation).refused(accounts.get(0), error));
        return share(next, memory, after(next, accounts), 1);
    }

    /** The missing accounts that come after those of a call. */
    private static List<String> after(Creation creation, List<String> accounts) {
        List<String> wanted = creation.options().shareWith();
        int end = wanted.indexOf(accounts.get(accounts.size() - 1)) + 1;
        return shares(creation).missing(wanted.subList(end, wanted.size()));
    }

    private static int perCall(Observations seen) {
        return seen.capabilities().sharing().perCall();
    }

    private static Shares shares(Creation creation) {
        return Objects.requireNonNull(creation.image().shares());
    }

    private static Creation with(Creation creation, Shares shares) {
        return creation.copy().image(creation.image().sharing(shares)).build();
    }

    private static CloudError refused(Creation creation) {
        List<Shares.Refusal> refused = shares(creation).refused();
        CloudError first = refused.get(0).error();
        String each = refused.stream()
                .limit(NAMED)
                .map(refusal -> Messages.Sharing_refusal(
                        refusal.account(), refusal.error().message()))
                .collect(Collectors.joining("; "));
        return CloudError.of(first.kind(), SideEffect.NONE)
                .message(Messages.Sharing_refused(creation.imageId(), each))
                .advice(Messages.Sharing_correct())
                .code(first.code(), first.requestId());
    }

    private static CloudError unfinished(Creation creation, CloudError cause) {
        return cause.message(Messages.Sharing_failed(creation.imageId(), missing(creation), cause.message()));
    }

    /** The error of an image that is ready while accounts are missing and no call says why. */
    static CloudError unfinished(Creation creation) {
        return CloudError.of(ErrorKind.BUSY, SideEffect.POSSIBLE)
                .message(Messages.Sharing_unfinished(creation.imageId(), missing(creation)))
                .advice(Messages.Sharing_shareYourself());
    }

    /** The error of an image that may belong to somebody else. */
    static CloudError unproven(Creation creation) {
        return CloudError.of(ErrorKind.UNKNOWN_ANSWER, SideEffect.POSSIBLE)
                .message(Messages.Sharing_unproven(
                        creation.imageId(), named(creation.options().shareWith())))
                .advice(Messages.Sharing_check());
    }

    private static String missing(Creation creation) {
        List<String> wanted = creation.options().shareWith();
        return named(wanted.stream()
                .filter(account -> !shares(creation).present().contains(account))
                .toList());
    }

    private static String named(List<String> accounts) {
        String named = accounts.stream().limit(NAMED).collect(Collectors.joining(", "));
        return accounts.size() > NAMED ? named + ", …" : named;
    }
}
