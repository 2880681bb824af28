package dev.automationengine.localstack.cli;

import dev.automationengine.localstack.fleet.Instance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Let a paused process go on (SIGCONT).")
final class ResumeCommand implements Runnable {
    @Mixin
    private EngineOptions options = new EngineOptions();

    @Parameters(paramLabel = "PROCESS", description = "Name as ./engine status shows it; -service may be left out.")
    private String process = "";

    @Override
    public void run() {
        Instance instance = Instance.named(process);
        options.say(instance.label() + (options.fleet().resume(instance) ? " goes on." : " was not running."));
    }
}
