package dev.automationengine.localstack.cli;

import dev.automationengine.localstack.demo.DemoFile;
import dev.automationengine.localstack.demo.DemoOrganization;
import dev.automationengine.localstack.fleet.Fleet;
import dev.automationengine.localstack.fleet.FleetSettings;
import dev.automationengine.localstack.fleet.Member;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "up", description = "Start everything that does not run, and wait until it is ready.")
final class UpCommand implements Runnable {
    @Mixin
    private EngineOptions options = new EngineOptions();

    @Override
    public void run() {
        DemoFile demo = up(options);
        options.say("gateway    " + demo.baseUrl());
        options.say("demo.json  " + options.settings().state().resolve("demo.json"));
        trainLater(options);
    }

    static DemoFile up(EngineOptions options) {
        FleetSettings settings = options.settings();
        try (UpLock lock = UpLock.take(settings.state(), options::say)) {
            return up(options, settings);
        }
    }

    private static DemoFile up(EngineOptions options, FleetSettings settings) {
        Fleet fleet = options.fleet();
        List<Member> started = fleet.start(fleet.members());
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
