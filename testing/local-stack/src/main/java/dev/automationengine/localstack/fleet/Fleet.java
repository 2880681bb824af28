package dev.automationengine.localstack.fleet;

import dev.automationengine.localstack.Directories;
import dev.automationengine.localstack.infrastructure.Ports;
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
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The processes of a local engine. What it starts outlives the JVM that started it, until {@link #down}. */
public final class Fleet {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    private static final String TRAINER = "trainer";

    private final FleetSettings settings;
    private final ProcessRecords records;
    private final Launcher launcher;
    private final ProcessCommands commands;
    private final Readiness readiness;
    private final StartWatch watch;
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
        this.watch = new StartWatch(settings, records, readiness, out);
        this.out = out;
    }

    /** Everything that this engine runs: each member once, and the copies that were started. */
    public List<Instance> instances() {
        return instances(Map.of());
    }

    /**
     * As {@link #instances()}, with copies that have to be there.
     *
     * @param wanted how many processes a service has at least
     */
    public List<Instance> instances(Map<Member, Integer> wanted) {
        Stream<Instance> asked = Arrays.stream(Member.values())
                .flatMap(member -> IntStream.rangeClosed(1, wanted.getOrDefault(member, 1))
                        .mapToObj(number -> new Instance(member, number)));
        return Stream.concat(asked, recorded())
                .filter(instance -> settings.runs(instance.member()))
                .distinct()
                .sorted(Comparator.comparing(Instance::member).thenComparing(Instance::number))
                .toList();
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
    public List<Instance> start(Collection<Instance> instances) {
        launcher.stop(TRAINER, Duration.ofSeconds(2));
        settings.remember();
        List<Instance> missing = instances.stream()
                .filter(instance -> records.running(instance.label()).isEmpty())
                .toList();
        missing.forEach(this::requireFreePort);
        ServiceEnvironment environment = new ServiceEnvironment(settings, secrets());
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        // Infrastructure first: it starts while the services' jars are being looked at.
        for (Instance instance : inOrderOfStart(missing)) {
            starts.add(CompletableFuture.runAsync(() -> launcher.start(
                    instance.label(),
                    settings.port(instance),
                    commands.start(instance),
                    environment.of(instance),
                    settings.log(instance))));
        }
        starts.forEach(Fleet::join);
        watch.awaitReady(instances, !missing.isEmpty());
        return missing;
    }

    /** Stops everything that was started from here, the services first. */
    public List<Instance> down() {
        launcher.stop(TRAINER, Duration.ofSeconds(2));
        List<Instance> stopped = new ArrayList<>();
        for (Member.Kind kind : List.of(Member.Kind.SERVICE, Member.Kind.SIMULATOR, Member.Kind.INFRASTRUCTURE)) {
            List<Instance> instances =
                    recorded().filter(instance -> instance.kind() == kind).toList();
            List<CompletableFuture<Boolean>> stops = instances.stream()
                    .map(instance -> CompletableFuture.supplyAsync(() -> launcher.stop(instance.label(), STOP_LIMIT)))
                    .toList();
            for (int i = 0; i < instances.size(); i++) {
                if (stops.get(i).join()) {
                    stopped.add(instances.get(i));
                }
            }
        }
        return stopped;
    }

    /** Stops a process in an orderly way. */
    public boolean stop(Instance instance) {
        return launcher.stop(instance.label(), STOP_LIMIT);
    }

    /** Kills a process as a crash would: {@code SIGKILL}. */
    public boolean kill(Instance instance) {
        return launcher.kill(instance.label());
    }

    /** Lets a process hang, as one that swaps or is held by its machine: {@code SIGSTOP}. */
    public boolean pause(Instance instance) {
        return launcher.signal(instance.label(), "STOP");
    }

    /** Lets a paused process go on: {@code SIGCONT}. */
    public boolean resume(Instance instance) {
        return launcher.signal(instance.label(), "CONT");
    }

    /**
     * Removes the data of a process that does not run.
     *
     * @throws FleetException if it runs, or is no infrastructure: services have no data
     */
    public void wipe(Instance instance) {
        if (instance.kind() != Member.Kind.INFRASTRUCTURE) {
            throw new FleetException(instance.label() + " has no data of its own.");
        }
        if (records.running(instance.label()).isPresent()) {
            throw new FleetException(instance.label() + " runs: its data can't be removed.");
        }
        Path data = settings.data(instance.member());
        if (Files.exists(data)) {
            Directories.delete(data);
        }
    }

    /** How the processes are. */
    public List<ProcessView> status() {
        return instances().stream()
                .map(instance -> records.running(instance.label())
                        .map(handle -> ProcessView.of(
                                instance, handle, settings.port(instance), () -> readiness.isReady(instance)))
                        .orElseGet(() -> ProcessView.stopped(instance, settings.port(instance))))
                .toList();
    }

    /** Lets the AOT caches that are missing be made in the background, so that the next start is quick. */
    public void trainInBackground(List<String> command) {
        if (!new Training(settings, commands, secrets()).missing(members()).isEmpty()) {
            launcher.start(TRAINER, 0, command, Map.of(), settings.state().resolve("logs/trainer.log"));
        }
    }

    /** Makes the AOT caches that are missing, one after the other. */
    public void train() {
        new Training(settings, commands, secrets()).run(members(), out);
    }

    private Stream<Instance> recorded() {
        return records.names().stream().filter(name -> !name.equals(TRAINER)).map(Instance::named);
    }

    private List<Member> members() {
        return Arrays.stream(Member.values()).filter(settings::runs).toList();
    }

    private static List<Instance> inOrderOfStart(List<Instance> instances) {
        return instances.stream()
                .sorted(Comparator.comparing((Instance instance) -> instance.kind() == Member.Kind.SERVICE))
                .toList();
    }

    private void requireFreePort(Instance instance) {
        if (!Ports.isFree(settings.port(instance))) {
            throw new FleetException("Port " + settings.port(instance) + " of " + instance.label()
                    + " is taken by another program. Set ENGINE_PORT_BASE to a free range, or stop that program.");
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
