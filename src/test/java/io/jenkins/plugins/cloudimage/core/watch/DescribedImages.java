package io.jenkins.plugins.cloudimage.core.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.Received;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The describe call of a cloud in the shape of Tencent's, which knows every image but the missing. Images that nobody has
 * given a time are never ready. Any number of calls is allowed, so that a test can count them.
 */
final class DescribedImages implements FakeCloud {
    private final VirtualTime time;
    final Map<String, Duration> readyAt = new HashMap<>();
    final List<Set<String>> batches = new ArrayList<>();
    final List<Duration> moments = new ArrayList<>();
    final Set<String> missing = new HashSet<>();
    /** Ids for which a whole call is refused. */
    final Set<String> refused = new HashSet<>();

    String refusal = "InvalidImageId.NotFound";

    DescribedImages(VirtualTime time) {
        this.time = time;
    }

    @Override
    public String action(Received request) {
        return request.header("X-TC-Action");
    }

    @Override
    public Answer throttled() {
        return error("RequestLimitExceeded");
    }

    private static Answer error(String code) {
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.putObject("Error").put("Code", code).put("Message", "no");
        return envelope(response);
    }

    @Override
    public synchronized Answer answer(Received request) {
        Set<String> ids = new LinkedHashSet<>();
        try {
            JsonNode body = new ObjectMapper().readTree(request.body());
            body.path("ImageIds").forEach(id -> ids.add(id.asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        batches.add(Set.copyOf(ids));
        moments.add(time.uptime());
        if (ids.stream().anyMatch(refused::contains)) {
            return error(refusal);
        }
        ids.removeAll(missing);
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        for (String id : ids) {
            Duration ready = readyAt.get(id);
            boolean done = ready != null && ready.compareTo(time.uptime()) <= 0;
            response.withArray("ImageSet")
                    .addObject()
                    .put("ImageId", id)
                    .put("ImageState", done ? "NORMAL" : "CREATING");
        }
        return envelope(response);
    }

    private static Answer envelope(ObjectNode response) {
        response.put("RequestId", "r-1");
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.set("Response", response);
        return Answer.json(200, envelope);
    }

    /** The most calls that arrived within any second. */
    int mostInASecond() {
        int most = 0;
        int from = 0;
        for (int to = 0; to < moments.size(); to++) {
            while (moments.get(from).plusSeconds(1).compareTo(moments.get(to)) <= 0) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }
}
