package dev.automationengine.localstack.fleet;

import dev.automationengine.localstack.infrastructure.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The processes of a local engine. What it starts outlives the JVM that started it, until {@link #down}. */
public final class Fleet {
    private static final Duration START_LIMIT = Duration.ofSeconds(180);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    private static final int POLL_MILLIS = 100;
    private static final int LAST_LINES = 25;
    private static final int LINE_LENGTH = 400;
    private static final String TRAINER = "trainer";

    private final FleetSettings settings;
    private final ProcessRecords records;
    private final Launcher launcher;
    private final ProcessCommands commands;
    private final Readiness readiness;
    private final Consumer<String> out;

    /**
     * Touches nothing yet.
     *
     * @param settings where the engine lives
     * @param out is told what happens, one line at a time
     */
    public Fleet(FleetSettings settings, Consumer<String> out) {
        this.settings = settings;
        this.records = new ProcessRecords(settings.state().resolve("run"));
        this.launcher = new Launcher(records);
        this.commands = new ProcessCommands(settings);
        this.readiness = new Readiness(settings);
        this.out = out;
    }

    /** Everything that this engine runs. */
    public List<Member> members() {
        return Arrays.stream(Member.values()).filter(settings::runs).toList();
    }

    /** The secrets; made up at the first call. */
    public Secrets secrets() {
        return Secrets.loadOrCreate(settings.state().resolve("secrets.properties"));
    }

    /**
     * Starts those that do not run and waits until all of them are ready.
     *
     * @return those that were started
     * @throws FleetException if a port is taken, a process ends or is not ready in time
     */
    public List<Member> start(Collection<Member> members) {
        launcher.stop(TRAINER, Duration.ofSeconds(2));
        List<Member> missing = members.stream()
                .filter(member -> records.running(member.label()).isEmpty())
                .toList();
        missing.forEach(this::requireFreePort);
        ServiceEnvironment environment = new ServiceEnvironment(settings, secrets());
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        // Infrastructure first: it starts while the services' jars are being looked at.
        for (Member member : inOrderOfStart(missing)) {
            starts.add(CompletableFuture.runAsync(() -> launcher.start(
                    member.label(),
                    settings.port(member),
                    commands.start(member),
                    environment.of(member),
                    settings.log(member))));
        }
        starts.forEach(Fleet::join);
        awaitReady(members, !missing.isEmpty());
        return missing;
    }

    /** Stops everything that was started from here, the services first. */
    public List<Member> down() {
        launcher.stop(TRAINER, Duration.ofSeconds(2));
        List<Member> stopped = new ArrayList<>();
        for (Member.Kind kind : List.of(Member.Kind.SERVICE, Member.Kind.SIMULATOR, Member.Kind.INFRASTRUCTURE)) {
            List<CompletableFuture<Boolean>> stops = Member.of(kind).stream()
                    .map(member -> CompletableFuture.supplyAsync(() -> launcher.stop(member.label(), STOP_LIMIT)))
                    .toList();
            List<Member> members = Member.of(kind);
            for (int i = 0; i < members.size(); i++) {
                if (stops.get(i).join()) {
                    stopped.add(members.get(i));
                }
            }
        }
        return stopped;
    }

    /** Stops a process in an orderly way. */
    public boolean stop(Member member) {
        return launcher.stop(member.label(), STOP_LIMIT);
    }

    /** Kills a process as a crash would: {@code SIGKILL}. */
    public boolean kill(Member member) {
        return launcher.kill(member.label());
    }

    /** How the processes are. */
    public List<ProcessView> status() {
        return members().stream()
                .map(member -> records.running(member.label())
                        .map(handle -> ProcessView.of(member, handle, settings.port(member), readiness.isReady(member)))
                        .orElseGet(() -> ProcessView.stopped(member, settings.port(member))))
                .toList();
    }

    /** Lets the AOT caches that are missing be made in the background, so that the next start is quick. */
    public void trainInBackground(List<String> command) {
        if (!new Training(settings, commands, secrets()).missing(members()).isEmpty()) {
            launcher.start(TRAINER, 0, command, Map.of(), settings.state().resolve("logs/trainer.log"));
        }
    }

    /** Makes the AOT caches that are missing, one after the other. */
    public void train(List<Member> members) {
        new Training(settings, commands, secrets()).run(members, out);
    }

    private static List<Member> inOrderOfStart(List<Member> members) {
        return members.stream()
                .sorted(Comparator.comparing((Member member) -> member.kind() == Member.Kind.SERVICE))
                .toList();
    }

    private void requireFreePort(Member member) {
        if (!Ports.isFree(settings.port(member))) {
            throw new FleetException("Port " + settings.port(member) + " of " + member.label()
                    + " is taken by another program. Set ENGINE_PORT_BASE to a free range, or stop that program.");
        }
    }

    private void awaitReady(Collection<Member> members, boolean tell) {
        long begin = System.nanoTime();
        List<Member> waiting = new ArrayList<>(members);
        while (!waiting.isEmpty()) {
            for (Member member : List.copyOf(waiting)) {
                boolean running = records.running(member.label()).isPresent();
                if (readiness.isReady(member)) {
                    waiting.remove(member);
                    if (tell) {
                        out.accept(String.format("  %-20s ready after %4.1f s", member.label(), seconds(begin)));
                    }
                } else if (!running) {
                    throw failed(member, "ended while starting");
                }
            }
            if (seconds(begin) > START_LIMIT.toSeconds()) {
                throw failed(waiting.getFirst(), "is not ready after " + START_LIMIT.toSeconds() + " s");
            }
            pause();
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FleetException("interrupted", e);
        }
    }

    private FleetException failed(Member member, String what) {
        Path log = settings.log(member);
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log, StandardCharsets.UTF_8) : List.of();
            List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
            return new FleetException(
                    member.label() + " " + what + ". The end of " + log + ":\n" + String.join("\n", last));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + log, e);
        }
    }

    private static void join(CompletableFuture<Void> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
