package dev.automationengine.connectors.action;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The columns of a sheet.
 *
 * @param names the texts of its first row
 */
record SheetRow(List<String> names) {
    private static final int LETTERS = 26;
    private static final int LONGEST_CELL = 50_000;
    private static final int MOST_CELLS = 1_000;

    static SheetRow header(List<JsonNode> cells) {
        return new SheetRow(cells.stream().map(SheetRow::text).toList());
    }

    /** The values of an input: a list by place, or an object by column. */
    static Object given(@Nullable Object values) {
        boolean some = values instanceof List<?> list && !list.isEmpty() && list.size() <= MOST_CELLS
                || values instanceof Map<?, ?> map && !map.isEmpty() && map.size() <= MOST_CELLS;
        if (values == null || !some) {
            throw new InvalidInputException("values must be a list, or an object by column, of 1 to 1000 cells");
        }
        return values;
    }

    /** Where a column is, from 0; the first of several of that name. */
    int place(String column) {
        int place = names.indexOf(column);
        if (place < 0) {
            throw new InvalidInputException("the first row of the sheet has no column \"" + column + "\"");
        }
        return place;
    }

    /** A whole row. */
    List<Object> cells(Object values) {
        Map<Integer, Object> places = places(values);
        int width = places.isEmpty() ? 0 : Collections.max(places.keySet()) + 1;
        List<Object> cells = new ArrayList<>(Collections.nCopies(width, ""));
        places.forEach(cells::set);
        return cells;
    }

    /** The cells that are given, by place. What a template did not find is left out. */
    Map<Integer, Object> places(Object values) {
        Map<Integer, Object> places = new TreeMap<>();
        if (values instanceof List<?> list) {
            for (int place = 0; place < list.size(); place++) {
                put(places, place, list.get(place));
            }
        } else if (values instanceof Map<?, ?> map) {
            map.forEach((column, value) -> put(places, place(String.valueOf(column)), value));
        }
        return places;
    }

    private static void put(Map<Integer, Object> places, int place, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case String text
            when text.length() > LONGEST_CELL ->
                throw new InvalidInputException("a cell holds at most " + LONGEST_CELL + " characters");
            case String text -> places.put(place, text);
            case Number number -> places.put(place, number);
            case Boolean flag -> places.put(place, flag);
            default -> throw new InvalidInputException("a cell is a text, a number, true or false");
        }
    }

    /** A row by its columns. */
    Map<String, Object> named(List<JsonNode> cells) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int place = 0; place < names.size(); place++) {
            named.putIfAbsent(names.get(place), place < cells.size() ? value(cells.get(place)) : "");
        }
        return named;
    }

    private static Object value(JsonNode cell) {
        if (cell.isNumber()) {
            return cell.numberValue();
        }
        return cell.isBoolean() ? (Object) cell.booleanValue() : cell.asString("");
    }

    /** A cell as it is compared: 42 and 42.0 are the same number. */
    static String text(JsonNode cell) {
        if (!cell.isNumber()) {
            return cell.asString("");
        }
        BigDecimal number = cell.decimalValue().stripTrailingZeros();
        return number.toPlainString();
    }

    /** The letters of a column that counts from 0. */
    static String letters(int column) {
        String last = String.valueOf((char) ('A' + column % LETTERS));
        return column < LETTERS ? last : letters(column / LETTERS - 1) + last;
    }
}
