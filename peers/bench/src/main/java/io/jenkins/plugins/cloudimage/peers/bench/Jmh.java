package io.jenkins.plugins.cloudimage.peers.bench;

import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH with as much effort as is wanted. */
final class Jmh {
    private Jmh() {}

    /** The options that all benchmarks share. */
    static ChainedOptionsBuilder options(Effort effort, String benchmark) {
        boolean smoke = effort.forks() == 0;
        TimeValue second = smoke ? TimeValue.milliseconds(1) : TimeValue.seconds(1);
        return new OptionsBuilder()
                .include(benchmark)
                .forks(effort.forks())
                .warmupIterations(effort.warmups())
                .warmupTime(second)
                .measurementIterations(Math.max(1, effort.iterations()))
                .measurementTime(second)
                .shouldFailOnError(true)
                .jvmArgsAppend("-Djmh.ignoreLock=true", "-Xms256m", "-Xmx256m")
                .verbosity(VerboseMode.SILENT);
    }

    static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).run();
    }
}
