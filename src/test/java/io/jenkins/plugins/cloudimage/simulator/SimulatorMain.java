package io.jenkins.plugins.cloudimage.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The fake clouds as a process of their own, for the demonstration in Jenkins. Ends when its input ends. */
public final class SimulatorMain {
    private SimulatorMain() {}

    /** Takes the port of the first cloud, which the others follow, and how many seconds an image takes. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        Duration takes = Duration.ofSeconds(Long.parseLong(args[1]));
        List<FakeServer> servers = new ArrayList<>();
        try {
            for (SimulatedCloud<?> simulated : SimulatedCloud.all(Clock.systemUTC())) {
                simulated.images().take(takes);
                FakeServer server = new FakeServer(simulated.cloud(), port + servers.size());
                servers.add(server);
                System.out.println(simulated.id() + " at " + server.endpoint());
            }
            while (System.in.read() >= 0) {
                // Nothing is expected; the end of input is the sign to go.
            }
        } finally {
            servers.forEach(FakeServer::close);
        }
    }
}
