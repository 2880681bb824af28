package dev.automationengine.localstack.simulator;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The values of a request to Google Sheets, as strict as Google is with them. */
final class GoogleValues {
    private static final int LONGEST_CELL = 50_000;
    private static final int LARGEST = 10 * 1024 * 1024;

    private GoogleValues() {}

    static JsonNode body(Call call) {
        if (call.body().length > LARGEST || !call.hasContentType("application/json")) {
            throw GoogleError.invalid("JSON of at most 10 MB is wanted");
        }
        return Json.parse(call.body())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> GoogleError.invalid("Invalid JSON payload received."));
    }

    /** Whether values are taken as if a person typed them; which of the two is meant must be said. */
    static boolean entered(String option) {
        return switch (option) {
            case "RAW" -> false;
            case "USER_ENTERED" -> true;
            default -> throw GoogleError.invalid("'valueInputOption' is required but not specified");
        };
    }

    static List<List<JsonNode>> rows(JsonNode body, GoogleRange range, boolean entered) {
        JsonNode values = body.path("values");
        if (!values.isArray() || values.isEmpty()) {
            throw GoogleError.invalid("Invalid value at 'data.values'");
        }
        List<List<JsonNode>> rows = new ArrayList<>();
        for (JsonNode row : values) {
            if (!row.isArray()) {
                throw GoogleError.invalid("Invalid value at 'data.values': list_value");
            }
            List<JsonNode> cells = new ArrayList<>();
            row.forEach(cell -> cells.add(cell(cell, entered)));
            rows.add(cells);
            if (range.right() - range.left() < cells.size() - 1
                    && range.right() != Integer.MAX_VALUE
                    && range.right() != range.left()) {
                throw GoogleError.invalid("Requested writing within range [" + range.text() + "], but tried more");
            }
        }
        return rows;
    }

    private static JsonNode cell(JsonNode value, boolean entered) {
        if (value.isContainer()) {
            throw GoogleError.invalid("Invalid values: struct_value");
        }
        String text = value.asString("");
        if (text.length() > LONGEST_CELL) {
            throw GoogleError.invalid(
                    "Your input contains more than the maximum of 50000 characters in a single cell.");
        }
        if (!entered || !value.isString()) {
            return value;
        }
        if (text.startsWith("=")) {
            return Json.MAPPER.getNodeFactory().stringNode("#FORMULA");
        }
        return text.matches("[+-]?[0-9]+") ? Json.MAPPER.getNodeFactory().numberNode(Long.parseLong(text)) : value;
    }

    static ObjectNode updates(String id, GoogleRange range, List<List<JsonNode>> rows) {
        int width = rows.stream().mapToInt(List::size).max().orElse(1);
        GoogleRange written = new GoogleRange(
                range.sheet(),
                range.top(),
                range.left(),
                range.top() + rows.size() - 1,
                range.left() + Math.max(0, width - 1));
        return Json.object()
                .put("spreadsheetId", id)
                .put("updatedRange", written.text())
                .put("updatedRows", rows.size())
                .put("updatedColumns", width)
                .put("updatedCells", rows.stream().mapToInt(List::size).sum());
    }

    /** Rows, or the same cells as columns. */
    static List<List<JsonNode>> turned(List<List<JsonNode>> rows, boolean columns) {
        if (!columns) {
            return rows;
        }
        List<List<JsonNode>> turned = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                while (turned.size() <= column) {
                    turned.add(new ArrayList<>());
                }
                while (turned.get(column).size() < row) {
                    turned.get(column).add(Json.MAPPER.getNodeFactory().stringNode(""));
                }
                turned.get(column).add(rows.get(row).get(column));
            }
        }
        return turned;
    }
}
