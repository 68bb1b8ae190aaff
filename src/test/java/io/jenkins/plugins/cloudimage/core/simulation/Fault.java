package io.jenkins.plugins.cloudimage.core.simulation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** What goes wrong for a while with one kind of work. */
final class Fault {
    /** How it goes wrong. */
    enum Mode {
        /** It is refused and nothing happens. */
        REFUSED,
        /** It does not arrive, so nothing happens and the cloud gives no code. */
        UNREACHED,
        /** It is never begun, and nobody says so clearly. */
        UNAVAILABLE,
        /** It is done, and then there is an error. */
        LOST,
        /** It is done later, after the error. */
        LATER,
        /** Something is thrown before. */
        THROWS,
        /** Something is thrown after it is done. */
        THROWS_AFTER,
        /** It is done, and the end is known minutes or hours later. */
        SLOW,
        /** It is done, and the end is never known. */
        HANGS,
        /** The cloud answers with a code that nobody knows. */
        UNKNOWN
    }

    private static final Mode[] CHOICES = {
        Mode.REFUSED,
        Mode.UNAVAILABLE,
        Mode.LOST,
        Mode.LATER,
        Mode.THROWS,
        Mode.THROWS_AFTER,
        Mode.SLOW,
        Mode.HANGS,
        Mode.UNKNOWN
    };

    /** All calls, or those of one kind. */
    private static final String[] OPERATIONS = {
        "",
        "",
        "create",
        "create",
        "create",
        "describe",
        "find",
        "delete",
        "power",
        "stop",
        "start",
        "quota",
        "snapshot"
    };

    /** The same in worlds in which images are shared. */
    private static final String[] SHARING_OPERATIONS = {
        "", "", "create", "share", "share", "share", "share", "find", "delete", "power", "describe", "start", "snapshot"
    };

    final Mode mode;
    final long seconds;
    private final String operation;
    private final long until;
    private int left;

    Fault(Event event, long until, boolean shares) {
        Mode chosen = CHOICES[event.choice() % CHOICES.length];
        int rest = event.choice() / CHOICES.length;
        boolean call = event.kind() == Event.Kind.CALLS;
        // Decided by another digit, so that the worlds with the other faults stay as they are.
        this.mode = call && chosen == Mode.REFUSED && rest % 2 == 1 ? Mode.UNREACHED : chosen;
        String[] operations = shares ? SHARING_OPERATIONS : OPERATIONS;
        this.operation = call ? operations[rest % operations.length] : "";
        this.left = 1 + rest / OPERATIONS.length % 6;
        if (rest % 5 == 0) {
            left = Integer.MAX_VALUE;
        }
        this.seconds = 1 + rest % 700 * (rest % 7 == 0 ? 10 : 1);
        this.until = until;
    }

    /** The choice for some fault of create calls. */
    static int ofCreates(Random random) {
        int modes = CHOICES.length;
        int create = List.of(OPERATIONS).indexOf("create");
        return random.nextInt(modes) + modes * (create + OPERATIONS.length * random.nextInt(100));
    }

    /** The choice for some fault of calls that share, in worlds in which images are shared. */
    static int ofShares(Random random) {
        int modes = CHOICES.length;
        int share = List.of(SHARING_OPERATIONS).indexOf("share");
        return random.nextInt(modes) + modes * (share + SHARING_OPERATIONS.length * random.nextInt(100));
    }

    /** The fault that the operation runs into, or null. */
    static Fault of(List<Fault> faults, String operation, long now) {
        for (Iterator<Fault> all = faults.iterator(); all.hasNext(); ) {
            Fault fault = all.next();
            if (fault.until < now || fault.left <= 0) {
                all.remove();
            } else if (operation.startsWith(fault.operation)) {
                fault.left--;
                return fault;
            }
        }
        return null;
    }

    static List<Fault> none() {
        return new ArrayList<>();
    }

    /** Whatever can be thrown. */
    Throwable thrown() {
        return switch ((int) (seconds % 4)) {
            case 0 -> new OutOfMemoryError("simulated");
            case 1 -> new StackOverflowError("simulated");
            case 2 -> new IllegalStateException("simulated");
            default -> new LinkageError("simulated");
        };
    }

    @SuppressWarnings("unchecked")
    static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
