package dev.automationengine.systemtests.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Prometheus' programs: those in the directory of the property {@code prometheus.home}, else those on the PATH, else
 * Debian's packages, which are unpacked beside the build and installed nowhere.
 */
final class PrometheusTools {
    private static final Path UNPACKED = DeployFiles.ROOT.resolve("testing/system-tests/target/prometheus");
    private static final List<String> PACKAGES = List.of("prometheus", "prometheus-alertmanager");
    private static final int MINUTES = 3;

    private PrometheusTools() {}

    /**
     * What a program printed.
     *
     * @param code 0 if all is well
     * @param text its output and errors
     */
    record Result(int code, String text) {}

    /** Runs a program with its arguments in {@code deploy/prometheus}. */
    static Result run(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(find(program).toString()));
        command.addAll(List.of(arguments));
        return run(DeployFiles.ROOT.resolve("deploy/prometheus"), command);
    }

    /** Where a program is. */
    static synchronized Path find(String program) {
        String home = System.getProperty("prometheus.home", "");
        if (!home.isEmpty()) {
            return Path.of(home).resolve(program);
        }
        return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of), Stream.of(unpacked()))
                .map(directory -> directory.resolve(program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> fetched().resolve(program));
    }

    private static Path unpacked() {
        return UNPACKED.resolve("usr/bin");
    }

    private static Path fetched() {
        try {
            Files.createDirectories(UNPACKED);
            if (download().code() != 0) {
                // A machine that has never asked what there is.
                run(UNPACKED, List.of("apt-get", "-qq", "update"));
                Result again = download();
                if (again.code() != 0) {
                    throw new IllegalStateException(
                            "promtool is neither on the PATH nor to be had from Debian: install prometheus and"
                                    + " prometheus-alertmanager, or set -Dprometheus.home.\n" + again.text());
                }
            }
            try (Stream<Path> files = Files.list(UNPACKED)) {
                files.filter(file -> file.toString().endsWith(".deb"))
                        .forEach(file -> run(
                                UNPACKED,
                                List.of("dpkg", "-x", file.getFileName().toString(), UNPACKED.toString())));
            }
            return unpacked();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result download() {
        List<String> command = new ArrayList<>(List.of("apt-get", "-qq", "download"));
        command.addAll(PACKAGES);
        return run(UNPACKED, command);
    }

    private static Result run(Path directory, List<String> command) {
        try {
            Path output = Files.createTempFile("prometheus", ".txt");
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return new Result(ended ? process.exitValue() : -1, text);
        } catch (IOException e) {
            return new Result(-1, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
