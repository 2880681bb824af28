package dev.automationengine.systemtests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The table of the suite; written anew after each fault, so that a suite that breaks off tells what it saw. */
final class FaultReport {
    private static final String HEAD = """
            | fault | accepted | completed | held for a person | lost | repeated | recovered after s |
            |---|---|---|---|---|---|---|
            """;

    private final Path file;
    private final List<Outcome> outcomes = new ArrayList<>();

    FaultReport(Path file) {
        this.file = file;
    }

    void add(Outcome outcome) {
        outcomes.add(outcome);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, markdown());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println(outcome.row());
        outcome.remarks().forEach(remark -> System.out.println("    " + remark));
    }

    int accepted() {
        return outcomes.stream().mapToInt(Outcome::accepted).sum();
    }

    private String markdown() {
        StringBuilder text = new StringBuilder(HEAD);
        outcomes.forEach(outcome -> text.append(outcome.row()).append('\n'));
        text.append(String.format(
                "| all | %d | %d | %d | %d | %d | |%n",
                accepted(),
                outcomes.stream().mapToInt(Outcome::completed).sum(),
                outcomes.stream().mapToInt(Outcome::held).sum(),
                outcomes.stream().mapToInt(Outcome::lost).sum(),
                outcomes.stream().mapToInt(Outcome::repeated).sum()));
        return text.toString();
    }
}
