package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Rows of Google Sheets: appended, updated, looked up. Columns are known by the texts of the first row. */
final class SheetsAction implements Action {
    private static final Pattern SPREADSHEET = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Pattern ROW = Pattern.compile("!\\$?[A-Z]+\\$?([0-9]+)");
    private static final int OK = 200;

    private final Operation operation;
    private final OutboundHttp http;
    private final Errors errors;
    private final ErrorRules rules;
    private final String baseUrl;

    SheetsAction(Operation operation, OutboundHttp http, Errors errors, ErrorRules rules, String baseUrl) {
        this.operation = operation;
        this.http = http;
        this.errors = errors;
        this.rules = rules;
        this.baseUrl = baseUrl;
    }

    /** What is done; manifests write {@code sheets-append} and so on. */
    enum Operation {
        APPEND,
        UPDATE,
        FIND,
        ROWS;

        static Optional<Operation> of(String handler) {
            return switch (handler) {
                case "sheets-append" -> Optional.of(APPEND);
                case "sheets-update" -> Optional.of(UPDATE);
                case "sheets-find" -> Optional.of(FIND);
                case "sheets-rows" -> Optional.of(ROWS);
                default -> Optional.empty();
            };
        }
    }

    /** An append can be looked for only by a key in the row. */
    @Override
    public EffectMode effect(Map<String, ? extends @Nullable Object> input) {
        return switch (operation) {
            case UPDATE, FIND, ROWS -> EffectMode.IDEMPOTENT;
            case APPEND -> input.get("key_column") == null ? EffectMode.UNSAFE : EffectMode.VERIFIABLE;
        };
    }

    @Override
    public ActionResult run(ActionCall call) {
        String spreadsheet = BodyBuilder.text(call.input().get("spreadsheet_id"), "spreadsheet_id");
        if (!SPREADSHEET.matcher(spreadsheet).matches()) {
            throw new InvalidInputException("spreadsheet_id is no id: it is the part of the URL after /d/");
        }
        String title = BodyBuilder.text(call.input().get("sheet"), "sheet");
        String sheet = "'" + title.replace("'", "''") + "'";
        SheetsClient client = new SheetsClient(http, errors, rules, baseUrl, spreadsheet, call);
        try {
            return switch (operation) {
                case APPEND -> append(call, client, sheet);
                case UPDATE -> update(call, client, sheet);
                case FIND -> find(call, client, sheet);
                case ROWS -> SheetPoll.rows(call, client, sheet);
            };
        } catch (SheetsClient.Ended ended) {
            return ended.result();
        }
    }

    private static ActionResult append(ActionCall call, SheetsClient client, String sheet) {
        Object values = SheetRow.given(call.input().get("values"));
        Object keyColumn = call.input().get("key_column");
        boolean needsHeader = keyColumn != null || values instanceof Map;
        SheetRow header = SheetRow.header(needsHeader ? client.line(sheet + "!1:1", "ROWS") : List.of());
        List<Object> row = header.cells(values);
        if (keyColumn != null) {
            int place = header.place(BodyBuilder.text(keyColumn, "key_column"));
            if (call.inDoubt()) {
                Optional<Integer> there = row(client, sheet, place, call.effectKey());
                if (there.isPresent()) {
                    return new ActionResult.Succeeded(Map.of("row", there.get()), OK);
                }
            }
            while (row.size() <= place) {
                row.add("");
            }
            row.set(place, call.effectKey());
        }
        JsonNode answer = client.append(sheet + "!A1", row);
        return written(answer.at("/updates/updatedRange").asString(""));
    }

    private static ActionResult update(ActionCall call, SheetsClient client, String sheet) {
        Object values = SheetRow.given(call.input().get("values"));
        boolean byNumber = call.input().get("row") != null;
        SheetRow header =
                SheetRow.header(byNumber && values instanceof List ? List.of() : client.line(sheet + "!1:1", "ROWS"));
        Optional<Integer> row = byNumber ? Optional.of(number(call)) : searched(call, client, sheet, header);
        if (row.isEmpty()) {
            return notThere();
        }
        List<Map<String, Object>> data = new ArrayList<>();
        header.places(values)
                .forEach((place, value) -> data.add(Map.of(
                        "range",
                        sheet + "!" + SheetRow.letters(place) + row.get(),
                        "values",
                        List.of(List.of(value)))));
        if (data.isEmpty()) {
            throw new InvalidInputException("values has nothing to write");
        }
        client.write(data);
        return new ActionResult.Succeeded(Map.of("row", row.get(), "cells", data.size()), OK);
    }

    private static ActionResult find(ActionCall call, SheetsClient client, String sheet) {
        SheetRow header = SheetRow.header(client.line(sheet + "!1:1", "ROWS"));
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        Optional<Integer> row = searched(call, client, sheet, header);
        output.put("found", row.isPresent());
        row.ifPresent(number -> {
            output.put("row", number);
            output.put("values", header.named(client.line(sheet + "!" + number + ":" + number, "ROWS")));
        });
        return new ActionResult.Succeeded(output, OK);
    }

    private static Optional<Integer> searched(ActionCall call, SheetsClient client, String sheet, SheetRow header) {
        int place = header.place(BodyBuilder.text(call.input().get("column"), "column"));
        return row(client, sheet, place, BodyBuilder.text(call.input().get("value"), "value"));
    }

    /** The number, from 1, of the first row below the header whose cell says this. */
    private static Optional<Integer> row(SheetsClient client, String sheet, int place, String value) {
        String column = SheetRow.letters(place);
        List<JsonNode> cells = client.line(sheet + "!" + column + ":" + column, "COLUMNS");
        for (int i = 1; i < cells.size(); i++) {
            if (SheetRow.text(cells.get(i)).equals(value)) {
                return Optional.of(i + 1);
            }
        }
        return Optional.empty();
    }

    private static int number(ActionCall call) {
        String text = BodyBuilder.text(call.input().get("row"), "row");
        if (!text.matches("[1-9][0-9]{0,7}")) {
            throw new InvalidInputException("row must be a number from 1 on");
        }
        return Integer.parseInt(text);
    }

    private static ActionResult written(String range) {
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put("updated_range", range);
        Matcher row = ROW.matcher(range);
        if (row.find()) {
            output.put("row", Integer.parseInt(row.group(1)));
        }
        return new ActionResult.Succeeded(output, OK);
    }

    private static ActionResult notThere() {
        return new ActionResult.Failed(
                new StepError(
                        ErrorClass.REJECTED,
                        "row_not_found",
                        "No row has this value in that column.",
                        OK,
                        null,
                        null,
                        "Look the row up first (SHEETS_FIND_ROW) and append it if it is not found."),
                false);
    }
}
