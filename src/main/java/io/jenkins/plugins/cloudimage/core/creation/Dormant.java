package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * The records that an earlier process left and that nobody has gone on with yet: builds resume one after the other, and
 * new ones may come before them. What such a record has claimed it still has.
 */
final class Dormant {
    private static final Logger LOGGER = Logger.getLogger(Dormant.class.getName());

    private final CreationEngine.Connector connector;
    private final Map<String, Creation> records;

    Dormant(Ledger ledger, CreationEngine.Connector connector) {
        this.connector = connector;
        this.records = read(ledger);
    }

    private static Map<String, Creation> read(Ledger ledger) {
        try {
            return ledger.all().stream()
                    .filter(record -> !record.done())
                    .collect(Collectors.toConcurrentMap(Creation::key, Function.identity()));
        } catch (UncheckedIOException e) {
            // Where nothing can be read nothing can be saved, so no creation gets as far as a create.
            LOGGER.log(Level.SEVERE, "The creations of an earlier process cannot be read", e);
            return new ConcurrentHashMap<>();
        }
    }

    /** Whether another record in the same account claims what the predicate tells. */
    boolean has(Creation asking, CloudConnection account, Predicate<Creation> what) {
        return records.values().stream()
                .anyMatch(record -> !record.key().equals(asking.key())
                        && what.test(record)
                        && record.request().region().equals(asking.request().region())
                        && mayBeIn(account, record));
    }

    /** A record whose key cannot be had may be of any account; the clean-up gets to it soon. */
    private boolean mayBeIn(CloudConnection account, Creation record) {
        try {
            return connector.connect(record).equals(account);
        } catch (CloudException | RuntimeException e) {
            return true;
        }
    }

    /** The creation is under way again and claims by itself. */
    void wake(String key) {
        records.remove(key);
    }
}
