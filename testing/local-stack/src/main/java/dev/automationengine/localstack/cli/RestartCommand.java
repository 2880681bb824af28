package dev.automationengine.localstack.cli;

import dev.automationengine.localstack.demo.DemoOrganization;
import dev.automationengine.localstack.fleet.Fleet;
import dev.automationengine.localstack.fleet.FleetSettings;
import dev.automationengine.localstack.fleet.Instance;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "restart", description = "Stop a process in an orderly way if it runs, and start it again.")
final class RestartCommand implements Runnable {
    @Mixin
    private EngineOptions options = new EngineOptions();

    @Parameters(paramLabel = "PROCESS", description = "Name as ./engine status shows it; -service may be left out.")
    private String process = "";

    @Option(names = "--wipe", description = "Remove the data of kafka, redis or mongodb in between.")
    private boolean wipe;

    @Override
    public void run() {
        Instance instance = Instance.named(process);
        FleetSettings settings = options.settings();
        Fleet fleet = options.fleet();
        try (UpLock lock = UpLock.take(settings.state(), options::say)) {
            fleet.stop(instance);
            if (wipe) {
                fleet.wipe(instance);
            }
            fleet.start(List.of(instance));
            new DemoOrganization(settings, fleet.secrets()).refresh(fleet.status());
        }
    }
}
