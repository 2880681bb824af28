package dev.automationengine.localstack.fleet;

import dev.automationengine.localstack.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Unpacks the jars that the build made into the state directory, once for each content. */
final class Programs {
    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final int EXTRACT_SECONDS = 120;

    private final FleetSettings settings;
    private final Path apps;
    private final Path caches;

    Programs(FleetSettings settings) {
        this.settings = settings;
        this.apps = settings.state().resolve("app");
        this.caches = settings.state().resolve("aot");
    }

    /** A service, from its executable jar. */
    Program service(Member member) {
        String name = member.label() + "-" + VERSION + "-exec.jar";
        Path jar =
                built(settings.root().resolve(member.label()).resolve("target").resolve(name));
        String key = JarContent.key(jar);
        Path directory = prepare(member.label(), key, target -> extract(jar, target));
        return new Program(
                key,
                cache(member.label(), key),
                List.of("-jar", directory.resolve(name).toString()));
    }

    /** A main class of this module. */
    Program stack(String name, String mainClass) {
        String classPath = settings.stackClassPath();
        if (classPath != null) {
            return new Program("given", cache(name, "given"), List.of("-cp", classPath, mainClass));
        }
        Path target = settings.root().resolve("testing").resolve("local-stack").resolve("target");
        Path jar = built(target.resolve("local-stack-" + VERSION + ".jar"));
        String key = JarContent.key(jar);
        Path directory = prepare("local-stack", key, copy -> copy(jar, target.resolve("lib"), copy));
        return new Program(
                key,
                cache(name, key),
                List.of("-cp", directory.resolve(jar.getFileName()).toString(), mainClass));
    }

    private Path cache(String name, String key) {
        return caches.resolve(name + "-" + key + ".aot");
    }

    private static Path built(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new FleetException(jar.getFileName() + " has not been built. ./engine builds what it needs; to build"
                    + " by hand: ./engine mvn -q -Dquickly package");
        }
        return jar;
    }

    private Path prepare(String name, String key, Preparation preparation) {
        Path directory = apps.resolve(name + "-" + key);
        synchronized (this) {
            if (Files.isDirectory(directory)) {
                return directory;
            }
        }
        try {
            Files.createDirectories(apps);
            Path temporary = Files.createTempDirectory(apps, "." + name + "-");
            preparation.into(temporary);
            synchronized (this) {
                if (Files.isDirectory(directory)) {
                    Directories.delete(temporary);
                } else {
                    Files.move(temporary, directory, StandardCopyOption.ATOMIC_MOVE);
                    forgetOlder(name, key);
                }
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("can't prepare " + name + " in " + apps, e);
        }
    }

    private void forgetOlder(String name, String key) throws IOException {
        try (Stream<Path> siblings = Files.list(apps)) {
            siblings.filter(path -> path.getFileName().toString().matches(name + "-[0-9a-f]+"))
                    .filter(path -> !path.endsWith(name + "-" + key))
                    .forEach(Directories::delete);
        }
    }

    private void extract(Path jar, Path target) throws IOException {
        Process tool = new ProcessBuilder(
                        settings.java().toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        target.toString())
                .redirectErrorStream(true)
                .start();
        tool.getOutputStream().close();
        String said = new String(tool.getInputStream().readAllBytes());
        try {
            if (!tool.waitFor(EXTRACT_SECONDS, TimeUnit.SECONDS) || tool.exitValue() != 0) {
                tool.destroyForcibly();
                throw new FleetException("can't extract " + jar + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FleetException("interrupted while extracting " + jar, e);
        }
    }

    private static void copy(Path jar, Path libraries, Path target) throws IOException {
        Files.copy(jar, target.resolve(jar.getFileName()));
        Path lib = Files.createDirectories(target.resolve("lib"));
        try (Stream<Path> files = Files.list(libraries)) {
            for (Path library : files.toList()) {
                Files.copy(library, lib.resolve(library.getFileName()));
            }
        }
    }

    @FunctionalInterface
    private interface Preparation {
        void into(Path directory) throws IOException;
    }
}
