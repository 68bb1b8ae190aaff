package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;

/** The first describe of a JVM: prints its milliseconds, from the client's class to the answer, and the classes loaded. */
public final class FirstCall {
    private FirstCall() {}

    /** Takes the class of the contestant and the server's address. */
    public static void main(String... arguments) throws Exception {
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        long before = classes.getTotalLoadedClassCount();
        long start = System.nanoTime();
        Sdk sdk = (Sdk) Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
        String state = sdk.connect(arguments[1], "AKIDz8krbsJ5yKBZ", "Gu5t9xGARNpq", null)
                .state("img-6pb6lrmy");
        long end = System.nanoTime();
        if (state.isEmpty()) {
            throw new IllegalStateException("The answer was not understood");
        }
        System.out.println((end - start) / 1e6 + " " + (classes.getTotalLoadedClassCount() - before));
        System.exit(0);
    }
}
