package dev.automationengine.localstack.cli;

import dev.automationengine.localstack.fleet.Instance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "pause", description = "Let a process hang (SIGSTOP) until it is resumed.")
final class PauseCommand implements Runnable {
    @Mixin
    private EngineOptions options = new EngineOptions();

    @Parameters(paramLabel = "PROCESS", description = "Name as ./engine status shows it; -service may be left out.")
    private String process = "";

    @Override
    public void run() {
        Instance instance = Instance.named(process);
        options.say(instance.label() + (options.fleet().pause(instance) ? " hangs." : " was not running."));
    }
}
