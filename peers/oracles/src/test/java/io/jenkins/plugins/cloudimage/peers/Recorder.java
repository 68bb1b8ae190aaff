package io.jenkins.plugins.cloudimage.peers;

import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A cloud that does nothing, says that all is well, and keeps what it was asked. */
final class Recorder implements FakeCloud {
    private final BlockingQueue<Received> requests = new LinkedBlockingQueue<>();
    private final String answer;

    /** Answers all requests with the same JSON. */
    Recorder(String answer) {
        this.answer = answer;
    }

    /** The one request that arrived since the last time. */
    Received take() {
        Received request = requests.remove();
        if (!requests.isEmpty()) {
            throw new AssertionError("Sent more than once");
        }
        return request;
    }

    @Override
    public String action(Received request) {
        return "any";
    }

    @Override
    public Answer answer(Received request) {
        requests.add(request);
        return Answer.json(200, answer);
    }

    @Override
    public Answer throttled() {
        throw new UnsupportedOperationException();
    }
}
