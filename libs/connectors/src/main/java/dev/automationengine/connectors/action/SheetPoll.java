package dev.automationengine.connectors.action;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The rows of a sheet below its first, as items: known by a column, or else by their number. */
final class SheetPoll {
    private static final int OK = 200;

    private SheetPoll() {}

    static ActionResult rows(ActionCall call, SheetsClient client, String sheet) {
        List<JsonNode> rows = client.rows(sheet);
        SheetRow header = SheetRow.header(rows.isEmpty() ? List.of() : cells(rows.getFirst()));
        Object keyColumn = call.input().get("key_column");
        int place = keyColumn == null ? -1 : header.place(BodyBuilder.text(keyColumn, "key_column"));
        boolean changes = Boolean.TRUE.equals(call.input().get("changes"));
        List<Object> items = new ArrayList<>();
        for (int i = 1; i < rows.size(); i++) {
            List<JsonNode> cells = cells(rows.get(i));
            String key = place < 0 ? Integer.toString(i + 1) : keyIn(cells, place);
            if (cells.stream().allMatch(cell -> SheetRow.text(cell).isBlank()) || key.isBlank()) {
                // An empty row, or one that somebody is still typing.
                continue;
            }
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("row", i + 1);
            data.put("values", header.named(cells));
            Map<String, @Nullable Object> item = new LinkedHashMap<>();
            item.put(PollRunner.KEY, key);
            item.put(PollRunner.VERSION, changes ? version(cells) : null);
            item.put(PollRunner.DATA, data);
            items.add(item);
        }
        return new ActionResult.Succeeded(Map.of(PollRunner.ITEMS, items), OK);
    }

    private static List<JsonNode> cells(JsonNode row) {
        return row.valueStream().toList();
    }

    private static String keyIn(List<JsonNode> cells, int place) {
        return place < cells.size() ? SheetRow.text(Objects.requireNonNull(cells.get(place))) : "";
    }

    /** What the row says, in a hash. */
    private static String version(List<JsonNode> cells) {
        return UUID.nameUUIDFromBytes(cells.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
