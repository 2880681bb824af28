package dev.automationengine.localstack.fleet;

import dev.automationengine.localstack.infrastructure.KafkaProcess;
import dev.automationengine.localstack.infrastructure.MongoProcess;
import dev.automationengine.localstack.infrastructure.RedisBinary;
import dev.automationengine.localstack.simulator.SimulatorServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of each process. */
final class ProcessCommands {
    // Twelve processes share a small machine: the simple collector, the quick compiler, small heaps. Options of
    // ENGINE_JAVA_OPTS come later and win.
    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // What a lead runs through once is interpreted for its first 200 leads otherwise.
            "-XX:CompileThresholdScaling=0.1",
            "-Xss512k",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener");

    private final FleetSettings settings;
    private final Programs programs;

    ProcessCommands(FleetSettings settings) {
        this.settings = settings;
        this.programs = new Programs(settings);
    }

    /** How to start the process for real, with its AOT cache if it has been trained. */
    List<String> start(Instance instance) {
        Member member = instance.member();
        Path data = settings.data(member);
        if (member == Member.REDIS) {
            return RedisBinary.command(
                    RedisBinary.unpack(created(settings.state().resolve("app").resolve("redis"))),
                    created(data),
                    settings.port(instance));
        }
        Program program = program(member);
        List<String> options = Files.exists(program.aotCache())
                ? List.of("-XX:AOTCache=" + program.aotCache(), "-Xlog:aot=off", "-Xlog:cds=off")
                : List.of();
        return java(member, options, program, data, settings.port(instance), settings.controllerPort());
    }

    /** How to run the process so that it writes an AOT cache when it ends. */
    List<String> train(Member member, Path cache, Path data, int port, int controllerPort) {
        List<String> options = new ArrayList<>(List.of("-XX:AOTCacheOutput=" + cache));
        if (member.kind() == Member.Kind.SERVICE) {
            options.add("-Dspring.context.exit=onRefresh");
        }
        return java(member, options, program(member), data, port, controllerPort);
    }

    Program program(Member member) {
        return switch (member) {
            case KAFKA -> programs.stack(member.label(), KafkaProcess.class.getName());
            case MONGODB -> programs.stack(member.label(), MongoProcess.class.getName());
            case SIMULATORS -> programs.stack(member.label(), SimulatorServer.class.getName());
            case REDIS -> throw new IllegalArgumentException("Redis is no Java program");
            case API_GATEWAY,
                    TRIGGER_SERVICE,
                    POLLING_SERVICE,
                    DISPATCHER_SERVICE,
                    SCHEDULER_SERVICE,
                    WORKER_SERVICE,
                    LOGGING_SERVICE -> programs.service(member);
        };
    }

    private List<String> java(
            Member member, List<String> options, Program program, Path data, int port, int controllerPort) {
        List<String> command = new ArrayList<>(List.of(settings.java().toString()));
        command.addAll(SMALL);
        command.add("-Xmx" + heapMegabytes(member) + "m");
        if (member.kind() != Member.Kind.SERVICE) {
            command.add("-Dlogback.configurationFile=local-stack-logback.xml");
        }
        command.addAll(settings.javaOptions());
        command.addAll(options);
        command.addAll(program.arguments());
        switch (member) {
            case KAFKA ->
                command.addAll(
                        List.of(created(data).toString(), Integer.toString(port), Integer.toString(controllerPort)));
            case MONGODB -> command.addAll(List.of(created(data).toString(), Integer.toString(port)));
            case SIMULATORS -> command.add(Integer.toString(port));
            case REDIS -> throw new IllegalArgumentException("Redis is no Java program");
            case API_GATEWAY,
                    TRIGGER_SERVICE,
                    POLLING_SERVICE,
                    DISPATCHER_SERVICE,
                    SCHEDULER_SERVICE,
                    WORKER_SERVICE,
                    LOGGING_SERVICE -> {}
        }
        return command;
    }

    private static int heapMegabytes(Member member) {
        return switch (member) {
            case KAFKA, MONGODB -> 256;
            case SIMULATORS -> 128;
            case API_GATEWAY,
                    TRIGGER_SERVICE,
                    POLLING_SERVICE,
                    DISPATCHER_SERVICE,
                    SCHEDULER_SERVICE,
                    WORKER_SERVICE,
                    LOGGING_SERVICE,
                    REDIS -> 192;
        };
    }

    private static Path created(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("can't create " + directory, e);
        }
    }
}
