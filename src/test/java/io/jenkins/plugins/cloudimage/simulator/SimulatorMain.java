package io.jenkins.plugins.cloudimage.simulator;

import java.time.Clock;
import java.time.Duration;

/** The fake cloud as a process of its own, for the demonstration in Jenkins. Ends when its input ends. */
public final class SimulatorMain {
    private SimulatorMain() {}

    /** Takes the port and how many seconds an image takes. */
    public static void main(String[] args) throws Exception {
        FakeTencentCloud tencent = new FakeTencentCloud(Clock.systemUTC());
        tencent.images().take(Duration.ofSeconds(Long.parseLong(args[1])));
        try (FakeServer server = new FakeServer(tencent, Integer.parseInt(args[0]))) {
            System.out.println("Fake Tencent Cloud at " + server.endpoint());
            while (System.in.read() >= 0) {
                // Nothing is expected; the end of input is the sign to go.
            }
        }
    }
}
