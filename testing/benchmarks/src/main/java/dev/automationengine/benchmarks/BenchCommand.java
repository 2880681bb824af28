package dev.automationengine.benchmarks;

import dev.automationengine.localstack.demo.DemoFile;
import dev.automationengine.localstack.fleet.FleetSettings;
import dev.automationengine.localstack.fleet.StateFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code ./engine bench}: how long a lead takes through a running fleet. */
@CommandLine.Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Sends leads at a constant rate and tells how long they took.")
final class BenchCommand implements Callable<Integer> {
    private static final int LOST_OR_REPEATED = 1;

    @CommandLine.Parameters(index = "0", defaultValue = "journey", description = "journey, the only one so far")
    private String name = "journey";

    @CommandLine.Option(names = "--rate", defaultValue = "5", description = "leads per second (${DEFAULT-VALUE})")
    private double rate;

    @CommandLine.Option(names = "--seconds", defaultValue = "60", description = "measured time (${DEFAULT-VALUE})")
    private int seconds;

    @CommandLine.Option(names = "--warmup", defaultValue = "30", description = "seconds before (${DEFAULT-VALUE})")
    private int warmup;

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchCommand()).execute(args));
    }

    @Override
    public Integer call() {
        if (!name.equals("journey")) {
            throw new CommandLine.ParameterException(new CommandLine(this), "There is no benchmark " + name + ".");
        }
        FleetSettings settings = FleetSettings.of(System.getenv(), false);
        DemoFile fleet = StateFiles.readJson(settings.state().resolve("demo.json"), DemoFile.class)
                .orElseThrow(() -> new IllegalStateException("No fleet is running: ./engine up"));
        LeadLoad load = new LeadLoad(fleet);
        System.out.printf("warming up: %.0f leads/s for %d s%n", rate, warmup);
        load.run(new OpenLoop(rate, Duration.ofSeconds(warmup)));
        System.out.printf("measuring: %.0f leads/s for %d s%n", rate, seconds);
        ProcessCosts before = ProcessCosts.now(settings);
        LeadLoad.Sent sent = load.run(new OpenLoop(rate, Duration.ofSeconds(seconds)));
        JourneyReport report = new JourneyReport(
                Instant.now(),
                rate,
                sent,
                load.outcome(sent),
                ProcessCosts.now(settings).since(before));
        Path file = report.save(settings.state().resolve("bench"));
        System.out.println(report.markdown());
        System.out.println("saved as " + file);
        return report.everyLeadOnce() ? 0 : LOST_OR_REPEATED;
    }
}
