package dev.automationengine.localstack.cli;

import dev.automationengine.localstack.fleet.Fleet;
import dev.automationengine.localstack.fleet.Member;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "restart", description = "Stop a process in an orderly way and start it again.")
final class RestartCommand implements Runnable {
    @Mixin
    private EngineOptions options = new EngineOptions();

    @Parameters(paramLabel = "PROCESS", description = "Name as ./engine status shows it; -service may be left out.")
    private String process = "";

    @Override
    public void run() {
        Member member = Member.named(process);
        Fleet fleet = options.fleet();
        fleet.stop(member);
        fleet.start(List.of(member));
    }
}
