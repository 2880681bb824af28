package dev.automationengine.localstack.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The process files, one JSON file for each process, in one directory. */
final class ProcessRecords {
    private static final String SUFFIX = ".json";

    private final Path directory;

    ProcessRecords(Path directory) {
        this.directory = directory;
    }

    Optional<ProcessRecord> find(String name) {
        return StateFiles.readJson(file(name), ProcessRecord.class);
    }

    /** The process of that name if it was started from here and still runs. */
    Optional<ProcessHandle> running(String name) {
        return find(name).flatMap(ProcessRecord::process);
    }

    void save(ProcessRecord process) {
        StateFiles.writeJson(file(process.name()), process);
    }

    void remove(String name) {
        StateFiles.remove(file(name));
    }

    /** Names of all that were started and not stopped; they may have died. */
    List<String> names() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("can't list " + directory, e);
        }
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }
}
