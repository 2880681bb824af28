package dev.automationengine.localstack.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The process files, one JSON file for each process, in one directory. */
final class ProcessRecords {
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
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException("can't remove the process file of " + name, e);
        }
    }

    private Path file(String name) {
        return directory.resolve(name + ".json");
    }
}
