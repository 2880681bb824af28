package dev.automationengine.systemtests.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A runbook of docs/runbooks, whose commands work as they stand there. */
public record Runbook(Fleet fleet, String name) {
    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    /** Runs all of its commands in one shell; each has to succeed. */
    public void run(Duration limit) throws IOException, InterruptedException {
        String text = Files.readString(fleet.root().resolve("docs/runbooks").resolve(name + ".md"));
        String script =
                SHELL.matcher(text).results().map(block -> block.group(1)).collect(Collectors.joining());
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", script);
        fleet.describe(shell.environment());
        File output = fleet.home().resolve(name + ".out").toFile();
        Process running = shell.directory(fleet.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        boolean ended = running.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        running.destroyForcibly();
        assertThat(ended).as(Files.readString(output.toPath())).isTrue();
        assertThat(running.exitValue()).as(Files.readString(output.toPath())).isZero();
    }
}
