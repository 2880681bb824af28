package dev.automationengine.benchmarks.language;

import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./engine bench language}. */
@Command(name = "language", description = "Measures validation, decisions and expressions, by JMH.")
public final class LanguageCommand implements Callable<Integer> {
    @Option(names = "--seconds", defaultValue = "2", description = "Of each iteration; 3 to warm up, 5 measured.")
    private int seconds;

    @Override
    public Integer call() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include("dev.automationengine.benchmarks.language.*")
                        .forks(1)
                        .jvmArgs("-XX:+UseSerialGC", "-Xmx512m")
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(seconds))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(seconds))
                        .build())
                .run();
        return 0;
    }
}
