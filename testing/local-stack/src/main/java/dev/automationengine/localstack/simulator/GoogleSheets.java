package dev.automationengine.localstack.simulator;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The spreadsheets that Google keeps, who may open them, and how many reads and writes of this minute each account has
 * left. Thread-safe.
 */
public final class GoogleSheets {
    private static final int MOST_ROWS = 100_000;
    private static final int QUOTA = 60;
    private static final long MINUTE = 60;

    private final InstantSource clock;
    private final Map<String, Spreadsheet> spreadsheets = new HashMap<>();
    private final Map<String, Integer> used = new HashMap<>();
    private long minute;
    private int quota = QUOTA;

    GoogleSheets(InstantSource clock) {
        this.clock = clock;
        clear();
    }

    private record Spreadsheet(Set<String> accounts, Map<String, List<List<JsonNode>>> sheets) {}

    /** Makes an empty spreadsheet that these accounts may read and write, with these sheets. */
    public synchronized void create(String id, Set<String> accounts, String... sheets) {
        Map<String, List<List<JsonNode>>> made = new LinkedHashMap<>();
        for (String sheet : sheets) {
            made.put(sheet, new ArrayList<>());
        }
        spreadsheets.put(id, new Spreadsheet(Set.copyOf(accounts), made));
    }

    /** Writes rows below those that are there, as a person at the keyboard does. */
    public synchronized void type(String id, String sheet, List<List<String>> rows) {
        rows.forEach(row -> sheet(id, sheet)
                .add(new ArrayList<>(row.stream()
                        .map(Json.MAPPER.getNodeFactory()::stringNode)
                        .toList())));
    }

    /** All rows, as texts. */
    public synchronized List<List<String>> rows(String id, String sheet) {
        return sheet(id, sheet).stream()
                .map(row -> row.stream().map(JsonNode::asString).toList())
                .toList();
    }

    /** Empties a sheet. */
    public synchronized void erase(String id, String sheet) {
        sheet(id, sheet).clear();
    }

    /** How many reads, and as many writes, each account has in a minute: 60 from the start, as Google gives. */
    public synchronized void quota(int perMinute) {
        quota = perMinute;
    }

    /** Back to the demo's spreadsheet alone. */
    synchronized void clear() {
        spreadsheets.clear();
        used.clear();
        quota = QUOTA;
        create(
                DemoAccounts.SPREADSHEET,
                Set.of(DemoAccounts.GOOGLE_ACCOUNT, DemoAccounts.GOOGLE_USER),
                DemoAccounts.SHEET,
                "My Sheet");
        type(DemoAccounts.SPREADSHEET, DemoAccounts.SHEET, List.of(List.of("Key", "Name", "Email", "Phone")));
    }

    /** Takes one of the reads or writes of this minute; whether there was one left. */
    synchronized boolean spend(String account, boolean write) {
        long now = clock.instant().getEpochSecond() / MINUTE;
        if (now != minute) {
            minute = now;
            used.clear();
        }
        return used.merge((write ? "w " : "r ") + account, 1, Integer::sum) <= quota;
    }

    synchronized boolean has(String id) {
        return spreadsheets.containsKey(id);
    }

    synchronized boolean mayOpen(String id, String account) {
        return spreadsheet(id).accounts().contains(account);
    }

    synchronized List<String> titles(String id) {
        return List.copyOf(spreadsheet(id).sheets().keySet());
    }

    /** The cells of a range, without what is empty at the ends of rows and of the range. */
    synchronized List<List<JsonNode>> read(String id, GoogleRange range) {
        List<List<JsonNode>> all = sheet(id, range.sheet());
        List<List<JsonNode>> cells = new ArrayList<>();
        for (int row = range.top(); row < all.size() && row <= range.bottom(); row++) {
            List<JsonNode> whole = all.get(row);
            int end = range.right() == Integer.MAX_VALUE ? whole.size() : Math.min(whole.size(), range.right() + 1);
            cells.add(trimmed(range.left() >= end ? List.of() : whole.subList(range.left(), end)));
        }
        while (!cells.isEmpty() && cells.getLast().isEmpty()) {
            cells.removeLast();
        }
        return cells;
    }

    /** Writes rows from the upper left corner of a range on; a null leaves its cell as it is. */
    synchronized void write(String id, GoogleRange range, List<List<JsonNode>> rows) {
        List<List<JsonNode>> all = sheet(id, range.sheet());
        for (int row = 0; row < rows.size(); row++) {
            while (all.size() <= range.top() + row) {
                all.add(new ArrayList<>());
            }
            List<JsonNode> whole = all.get(range.top() + row);
            for (int column = 0; column < rows.get(row).size(); column++) {
                put(whole, range.left() + column, rows.get(row).get(column));
            }
        }
    }

    /** Appends after the last row of the sheet that has anything; the number of the first new row, from 0. */
    synchronized int append(String id, String sheet, List<List<JsonNode>> rows) {
        List<List<JsonNode>> all = sheet(id, sheet);
        if (all.size() + rows.size() > MOST_ROWS) {
            throw new IllegalStateException("more than " + MOST_ROWS + " rows: reset the simulators");
        }
        int first = read(id, new GoogleRange(sheet, 0, 0, Integer.MAX_VALUE, Integer.MAX_VALUE))
                .size();
        write(id, new GoogleRange(sheet, first, 0, first, 0), rows);
        return first;
    }

    private static void put(List<JsonNode> row, int column, JsonNode value) {
        while (row.size() <= column) {
            row.add(Json.MAPPER.getNodeFactory().stringNode(""));
        }
        if (!value.isNull()) {
            row.set(column, value);
        }
    }

    private static List<JsonNode> trimmed(List<JsonNode> row) {
        List<JsonNode> cells = new ArrayList<>(row);
        while (!cells.isEmpty() && cells.getLast().asString().isEmpty()) {
            cells.removeLast();
        }
        return Collections.unmodifiableList(cells);
    }

    private List<List<JsonNode>> sheet(String id, String title) {
        return Optional.ofNullable(spreadsheet(id).sheets().get(title))
                .orElseThrow(() -> new IllegalArgumentException("no sheet " + title));
    }

    private Spreadsheet spreadsheet(String id) {
        return Optional.ofNullable(spreadsheets.get(id))
                .orElseThrow(() -> new IllegalArgumentException("no spreadsheet " + id));
    }
}
