package io.jenkins.plugins.cloudimage.core.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long images take in a region: as long as the last one that was seen to finish. Of images that were begun together,
 * which is when it matters most, each tells best when the next one is due. It is kept by region and not by key, because
 * keys come and go.
 */
final class Experience {
    private final Map<Place, Duration> last = new ConcurrentHashMap<>();

    private record Place(URI endpoint, String region) {
        Place(CloudConnection connection) {
            this(connection.endpoint(), connection.region());
        }
    }

    void finished(CloudConnection connection, Duration took) {
        last.put(new Place(connection), took);
    }

    @CheckForNull
    Duration of(CloudConnection connection) {
        return last.get(new Place(connection));
    }
}
