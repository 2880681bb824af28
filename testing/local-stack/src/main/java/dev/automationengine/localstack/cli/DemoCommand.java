package dev.automationengine.localstack.cli;

import dev.automationengine.localstack.demo.DemoFile;
import dev.automationengine.localstack.demo.Journey;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "demo", description = "Start what does not run, then send a signed Meta lead and show its way.")
final class DemoCommand implements Runnable {
    @Mixin
    private EngineOptions options = new EngineOptions();

    @Override
    public void run() {
        DemoFile demo = UpCommand.up(options, Map.of());
        new Journey(demo, options::say).run();
        List.of(
                        "",
                        "gateway     " + demo.baseUrl() + "   (Authorization: Bearer " + demo.apiKey() + ")",
                        "executions  " + demo.baseUrl() + "/v1/executions",
                        "simulators  " + demo.simulatorUrl() + "/control/requests",
                        "./engine status | logs SERVICE | down")
                .forEach(options::say);
        UpCommand.trainLater(options);
    }
}
