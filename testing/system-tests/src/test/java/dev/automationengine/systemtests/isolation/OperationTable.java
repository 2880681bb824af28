package dev.automationengine.systemtests.isolation;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The operations that there are, and what docs/security.md says of them. */
final class OperationTable {
    private static final Path DOCUMENT = Path.of(System.getProperty("engine.root", "../.."), "docs/security.md");
    private static final Pattern ROW =
            Pattern.compile("\\| `([A-Z]+ /[^`]+)` \\| ([a-z]+) \\| (\\d{3})[^|]*\\|", Pattern.MULTILINE);
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private OperationTable() {}

    /**
     * A row.
     *
     * @param least the least role that may ask; {@code anybody}, {@code operator}, or {@code user} for users only
     * @param answer the status with another organization's ids, or, where there are none to give, with the own
     */
    record Row(String least, int answer) {}

    /** What the document says. */
    static TreeMap<String, Row> documented() {
        TreeMap<String, Row> rows = new TreeMap<>();
        try {
            ROW.matcher(Files.readString(DOCUMENT))
                    .results()
                    .forEach(row -> rows.put(row.group(1), new Row(row.group(2), Integer.parseInt(row.group(3)))));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        return rows;
    }

    /** What the gateway offers. */
    static Set<String> offered(Fleet fleet) {
        JsonNode paths = Http.send("GET", fleet.api("/v1/openapi.json"), null, null)
                .body()
                .required("paths");
        Set<String> operations = new TreeSet<>();
        paths.properties()
                .forEach(path -> path.getValue().propertyNames().stream()
                        .filter(METHODS::contains)
                        .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }
}
