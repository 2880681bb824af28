package dev.automationengine.localstack.cli;

import dev.automationengine.localstack.fleet.Instance;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "down", description = "Stop what ./engine started, and nothing else. Data stays.")
final class DownCommand implements Runnable {
    @Mixin
    private EngineOptions options = new EngineOptions();

    @Override
    public void run() {
        List<Instance> stopped = options.fleet().down();
        options.say(stopped.isEmpty() ? "Nothing was running." : "Stopped " + stopped.size() + " processes.");
    }
}
