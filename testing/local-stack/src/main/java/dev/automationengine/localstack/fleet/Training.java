package dev.automationengine.localstack.fleet;

import dev.automationengine.localstack.Directories;
import dev.automationengine.localstack.infrastructure.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes AOT caches (JEP 514): each Java program is started once, and what it loaded and linked until it was up is kept
 * for the next starts, which take half the processor time.
 */
final class Training {
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final int POLL_MILLIS = 50;
    // Whoever uses the engine meanwhile comes first.
    private static final List<String> NICE = List.of("nice", "-n", "19");

    private final FleetSettings settings;
    private final ProcessCommands commands;
    private final ServiceEnvironment environment;

    Training(FleetSettings settings, ProcessCommands commands, Secrets secrets) {
        this.settings = settings;
        this.commands = commands;
        this.environment = new ServiceEnvironment(settings, secrets);
    }

    List<Member> missing(List<Member> members) {
        return members.stream()
                .filter(member -> member != Member.REDIS)
                .filter(member -> !Files.exists(commands.program(member).aotCache()))
                .toList();
    }

    void run(List<Member> members, Consumer<String> out) {
        for (Member member : missing(members)) {
            long begin = System.nanoTime();
            boolean made = train(member);
            out.accept(String.format(
                    "  %-20s %s after %.1f s",
                    member.label(), made ? "AOT cache made" : "no AOT cache", (System.nanoTime() - begin) / 1e9));
        }
    }

    private boolean train(Member member) {
        Path cache = commands.program(member).aotCache();
        Path scratch = settings.state().resolve("aot").resolve("." + member.label());
        try {
            if (Files.exists(scratch)) {
                // Left by a training that was stopped.
                Directories.delete(scratch);
            }
            Files.createDirectories(scratch);
            Path fresh = scratch.resolve("fresh.aot");
            int port = Ports.free();
            List<String> command = new ArrayList<>(NICE);
            command.addAll(commands.train(member, fresh, scratch.resolve("data"), port, Ports.free()));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(settings.state()
                            .resolve("aot")
                            .resolve(member.label() + ".log")
                            .toFile());
            builder.environment().putAll(environment.of(member.first()));
            builder.environment().put("ENGINE_PORT", Integer.toString(port));
            boolean ended = ends(builder.start(), member, port);
            if (!ended || !Files.exists(fresh)) {
                return false;
            }
            Files.move(fresh, cache, StandardCopyOption.ATOMIC_MOVE);
            forgetOlder(member, cache);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("can't train " + member.label(), e);
        } finally {
            Directories.delete(scratch);
        }
    }

    /** A service ends by itself once it is up, the others are asked to. */
    private static boolean ends(Process process, Member member, int port) {
        // Who stops the training stops the program in training too, and the JVM that writes its cache.
        Thread kill = new Thread(() -> kill(process), "stop-training");
        Runtime.getRuntime().addShutdownHook(kill);
        try {
            long end = System.nanoTime() + LIMIT.toNanos();
            while (member.kind() != Member.Kind.SERVICE
                    && process.isAlive()
                    && !Ports.isListening(port)
                    && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            if (member.kind() != Member.Kind.SERVICE) {
                process.destroy();
            }
            boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
            kill(process);
            Runtime.getRuntime().removeShutdownHook(kill);
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill(process);
            return false;
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void forgetOlder(Member member, Path cache) throws IOException {
        try (Stream<Path> files = Files.list(settings.state().resolve("aot"))) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().matches(member.label() + "-[0-9a-z]+\\.aot") && !file.equals(cache)) {
                    Files.delete(file);
                }
            }
        }
    }
}
