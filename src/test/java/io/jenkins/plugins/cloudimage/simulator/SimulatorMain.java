package io.jenkins.plugins.cloudimage.simulator;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The fake clouds as a program of their own, until its input ends: for the demonstration and for foreign clients. */
public final class SimulatorMain {
    private SimulatorMain() {}

    /**
     * Takes the port of the first cloud, which the others follow, or 0 for free ports; and how many seconds an image, a
     * stop and a start take. With a third argument, {@code keys}, each line ends with the key of the cloud's account, and the
     * clouds' security token services follow on free ports.
     */
    public static void main(String[] args) throws Exception {
        if (args.length < 2 || !args[0].matches("\\d{1,5}") || !args[1].matches("\\d{1,9}")) {
            System.err.println("SimulatorMain takes the port of the first cloud and how many seconds an image takes");
            System.exit(2);
        }
        int port = Integer.parseInt(args[0]);
        Duration takes = Duration.ofSeconds(Long.parseLong(args[1]));
        boolean keys = args.length > 2 && args[2].equals("keys");
        List<SimulatedCloud<?>> clouds = SimulatedCloud.every(Clock.systemUTC());
        if (port + clouds.size() - 1 > 65_535) {
            System.err.printf(
                    "SIMULATOR_PORT is %d, but %d clouds need ports from there on: give one between 1 and %d%n",
                    port, clouds.size(), 65_536 - clouds.size());
            System.exit(2);
        }
        List<FakeServer> servers = new ArrayList<>();
        try {
            for (SimulatedCloud<?> simulated : clouds) {
                simulated.images().take(takes);
                simulated.instances().take(takes);
                if (simulated.cloud() instanceof FakeTemplates.Account account) {
                    account.templates().addVersion("lt-simulated", "img-simulated");
                }
                FakeServer server = start(simulated, port == 0 ? 0 : port + servers.size());
                servers.add(server);
                String key = " " + simulated.key().id() + " " + simulated.key().secret();
                System.out.println(simulated.id() + " at " + server.endpoint() + (keys ? key : ""));
            }
            for (SimulatedCloud<?> simulated : clouds) {
                if (keys && FakeTokenServices.CLOUDS.contains(simulated.id())) {
                    FakeServer server = new FakeServer(
                            FakeTokenServices.of(simulated.cloud()).fake());
                    servers.add(server);
                    System.out.println(simulated.id() + "-sts at " + server.endpoint());
                }
            }
            System.out.println("ready");
            while (System.in.read() >= 0) {
                // Nothing is expected; the end of input is the sign to go.
            }
        } finally {
            servers.forEach(FakeServer::close);
        }
    }

    private static FakeServer start(SimulatedCloud<?> simulated, int port) {
        try {
            return new FakeServer(simulated.cloud(), port);
        } catch (UncheckedIOException e) {
            System.err.printf(
                    "Port %d, which is for the simulated cloud %s, cannot be used: %s. Set SIMULATOR_PORT to another"
                            + " first port%n",
                    port, simulated.id(), e.getCause().getMessage());
            System.exit(1);
            throw e;
        }
    }
}
