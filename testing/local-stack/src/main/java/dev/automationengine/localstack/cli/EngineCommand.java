package dev.automationengine.localstack.cli;

import dev.automationengine.localstack.fleet.FleetException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./engine} does once there is a JDK and a build. */
@Command(
        name = "./engine",
        description = "Automation Engine on this machine.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            DemoCommand.class,
            LogsCommand.class,
            RestartCommand.class,
            KillCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            TrainCommand.class
        })
public final class EngineCommand {
    private EngineCommand() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new EngineCommand());
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            // A message for people where we have one, the whole story where we have not.
            if (failure instanceof FleetException) {
                failed.getErr().println(failure.getMessage());
            } else {
                failure.printStackTrace(failed.getErr());
            }
            return 1;
        });
        System.exit(line.execute(args));
    }
}
