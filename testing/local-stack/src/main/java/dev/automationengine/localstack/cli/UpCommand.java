package dev.automationengine.localstack.cli;

import dev.automationengine.localstack.demo.DemoFile;
import dev.automationengine.localstack.demo.DemoOrganization;
import dev.automationengine.localstack.fleet.Fleet;
import dev.automationengine.localstack.fleet.FleetSettings;
import dev.automationengine.localstack.fleet.Instance;
import dev.automationengine.localstack.fleet.Member;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "up", description = "Start everything that does not run, and wait until it is ready.")
final class UpCommand implements Runnable {
    @Mixin
    private EngineOptions options = new EngineOptions();

    @Option(names = "--workers", defaultValue = "1", description = "Processes of worker-service, at least.")
    private int workers;

    @Option(names = "--dispatchers", defaultValue = "1", description = "Processes of dispatcher-service, at least.")
    private int dispatchers;

    @Override
    public void run() {
        DemoFile demo = up(options, Map.of(Member.WORKER_SERVICE, workers, Member.DISPATCHER_SERVICE, dispatchers));
        options.say("gateway    " + demo.baseUrl());
        options.say("demo.json  " + options.settings().state().resolve("demo.json"));
        trainLater(options);
    }

    static DemoFile up(EngineOptions options, Map<Member, Integer> processes) {
        FleetSettings settings = options.settingsOfStart();
        try (UpLock lock = UpLock.take(settings.state(), options::say)) {
            return up(options, settings, processes);
        }
    }

    private static DemoFile up(EngineOptions options, FleetSettings settings, Map<Member, Integer> processes) {
        Fleet fleet = new Fleet(settings, options::say);
        List<Instance> started = fleet.start(fleet.instances(processes));
        options.say(started.isEmpty() ? "Already running." : "Everything is up.");
        return new DemoOrganization(settings, fleet.secrets()).ensure(fleet.status());
    }

    /** The first start after a build runs without AOT caches: make them now, while nobody waits. */
    static void trainLater(EngineOptions options) {
        if (!System.getenv().getOrDefault("ENGINE_AOT", "on").equals("off")) {
            options.fleet()
                    .trainInBackground(List.of(
                            options.settings().java().toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            EngineCommand.class.getName(),
                            "train"));
        }
    }
}
