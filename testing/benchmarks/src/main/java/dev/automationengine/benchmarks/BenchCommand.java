package dev.automationengine.benchmarks;

import dev.automationengine.benchmarks.language.LanguageCommand;
import dev.automationengine.benchmarks.queue.QueueCommand;
import dev.automationengine.localstack.demo.DemoFile;
import dev.automationengine.localstack.demo.EngineClient;
import dev.automationengine.localstack.fleet.Fleet;
import dev.automationengine.localstack.fleet.FleetSettings;
import dev.automationengine.localstack.fleet.StateFiles;
import dev.automationengine.localstack.load.LeadLoad;
import dev.automationengine.localstack.load.LeadSeries;
import dev.automationengine.localstack.load.OpenLoop;
import dev.automationengine.localstack.load.Sent;
import dev.automationengine.localstack.simulator.DemoAccounts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code ./engine bench}: how long a lead takes through a running fleet. */
@CommandLine.Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = BenchCommand.NOT_MEASURED,
        subcommands = {QueueCommand.class, LanguageCommand.class},
        description = "Sends leads at a constant rate and tells how long they took.")
final class BenchCommand implements Callable<Integer> {
    private static final int NOT_GOOD = 1;
    /** Told apart from {@link #NOT_GOOD}: a run that broke off says nothing about leads. */
    static final int NOT_MEASURED = 3;
    /** The workflow is new: until the whole fleet has heard of it, a lead is owed to nobody. */
    private static final int SHORTEST_WARMUP = 5;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @CommandLine.Parameters(index = "0", defaultValue = "journey", description = "journey, the only one so far")
    private String name = "journey";

    @CommandLine.Option(names = "--rate", defaultValue = "5", description = "leads per second (${DEFAULT-VALUE})")
    private double rate;

    @CommandLine.Option(names = "--seconds", defaultValue = "60", description = "measured time (${DEFAULT-VALUE})")
    private int seconds;

    @CommandLine.Option(
            names = "--warmup",
            defaultValue = "20",
            description = "seconds before, 5 at least (${DEFAULT-VALUE})")
    private int warmup;

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchCommand()).execute(args));
    }

    @Override
    public Integer call() {
        requireUsable();
        FleetSettings settings = FleetSettings.of(System.getenv(), FleetSettings.Infrastructure.AS_STARTED);
        DemoFile fleet = StateFiles.readJson(settings.state().resolve("demo.json"), DemoFile.class)
                .orElseThrow(() -> new IllegalStateException("No fleet is running: ./engine up"));
        Instant now = Instant.now();
        String bootstrapToken = new Fleet(settings, line -> {}).secrets().bootstrapToken();
        try (BenchOrganization organization = BenchOrganization.create(fleet, bootstrapToken, now)) {
            JourneyReport report = measure(settings, fleet, organization, now);
            Path file = report.save(settings.state().resolve("bench"));
            System.out.println(report.markdown());
            System.out.println("saved as " + file);
            return report.verdict().good() ? 0 : NOT_GOOD;
        }
    }

    private JourneyReport measure(FleetSettings settings, DemoFile fleet, BenchOrganization organization, Instant now) {
        LeadLoad load = new LeadLoad(
                new LeadLoad.Target(
                        URI.create(fleet.webhookUrl()), fleet.metaAppSecret(), URI.create(fleet.simulatorUrl())),
                new LeadSeries(DemoAccounts.PAGE, List.of(organization.formId()), now),
                Duration.ZERO);
        System.out.printf("warming up: %s leads/s for %d s%n", rate, warmup);
        Sent before = load.run(new OpenLoop(rate, Duration.ofSeconds(warmup)));
        System.out.printf("measuring: %s leads/s for %d s%n", rate, seconds);
        ProcessCosts costsBefore = ProcessCosts.now(settings);
        Sent sent = load.run(new OpenLoop(rate, Duration.ofSeconds(seconds)));
        // Now, not when the outcome is read: reading costs processor time too.
        ProcessCosts costs = ProcessCosts.now(settings).since(costsBefore);
        OutcomeReader reader = new OutcomeReader(organization, new EngineClient(URI.create(fleet.simulatorUrl()), ""));
        Outcome outcome = reader.read(
                before.accepted().size() + sent.accepted().size(),
                sent.intended().keySet());
        return new JourneyReport(Instant.now(), rate, sent, outcome, costs);
    }

    private void requireUsable() {
        if (!name.equals("journey")) {
            throw new CommandLine.ParameterException(spec.commandLine(), "There is no benchmark " + name + ".");
        }
        if (!(rate > 0) || seconds < 1 || warmup < SHORTEST_WARMUP) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "The rate is above 0, --seconds 1 at least, --warmup " + SHORTEST_WARMUP + ".");
        }
    }
}
