package dev.automationengine.localstack.cli;

import dev.automationengine.localstack.fleet.Instance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "kill", description = "Kill a process as a crash would (SIGKILL). ./engine up brings it back.")
final class KillCommand implements Runnable {
    @Mixin
    private EngineOptions options = new EngineOptions();

    @Parameters(paramLabel = "PROCESS", description = "Name as ./engine status shows it; -service may be left out.")
    private String process = "";

    @Override
    public void run() {
        Instance instance = Instance.named(process);
        options.say(instance.label() + (options.fleet().kill(instance) ? " was killed." : " was not running."));
    }
}
