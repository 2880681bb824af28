package dev.automationengine.localstack.cli;

import dev.automationengine.localstack.fleet.FleetException;
import dev.automationengine.localstack.fleet.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Show the end of a process's log.")
final class LogsCommand implements Callable<Integer> {
    @Mixin
    private EngineOptions options = new EngineOptions();

    @Parameters(paramLabel = "PROCESS", description = "Name as ./engine status shows it; -service may be left out.")
    private String process = "";

    @Option(names = "-f", description = "Go on with what comes.")
    private boolean follow;

    @Option(names = "-n", defaultValue = "200", description = "Lines. Default: ${DEFAULT-VALUE}")
    private int lines;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path log = options.settings().log(Instance.named(process));
        if (!Files.exists(log)) {
            throw new FleetException("There is no log of " + process + " yet.");
        }
        List<String> command = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines)));
        if (follow) {
            command.add("-f");
        }
        command.add(log.toString());
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
