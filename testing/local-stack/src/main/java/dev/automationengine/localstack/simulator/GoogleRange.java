package dev.automationengine.localstack.simulator;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range in A1 notation. All bounds count from 0 and are inclusive; an open end is {@link Integer#MAX_VALUE}.
 *
 * @param sheet title of the sheet
 */
record GoogleRange(String sheet, int top, int left, int bottom, int right) {
    private static final Pattern CELLS =
            Pattern.compile("(?<c1>[A-Z]{0,3})(?<r1>[1-9][0-9]*)?(:(?<c2>[A-Z]{0,3})(?<r2>[1-9][0-9]*)?)?");
    private static final int LETTERS = 26;

    /** Reads one; empty if Google could not parse it. Without a sheet it is of the first one. */
    static Optional<GoogleRange> parse(String text, List<String> sheets) {
        int mark = text.lastIndexOf('!');
        if (mark < 0) {
            String title = unquoted(text);
            return sheets.contains(title)
                    ? Optional.of(new GoogleRange(title, 0, 0, Integer.MAX_VALUE, Integer.MAX_VALUE))
                    : cells(sheets.getFirst(), text);
        }
        String title = unquoted(text.substring(0, mark));
        boolean quotes = text.startsWith("'") || title.matches("[A-Za-z0-9_]+");
        return quotes && sheets.contains(title) ? cells(title, text.substring(mark + 1)) : Optional.empty();
    }

    private static Optional<GoogleRange> cells(String sheet, String text) {
        Matcher match = CELLS.matcher(text);
        if (text.isEmpty() || !match.matches()) {
            return Optional.empty();
        }
        boolean single = match.group(3) == null;
        int left = column(match.group("c1"), 0);
        int top = row(match.group("r1"), 0);
        if (single && (match.group("c1").isEmpty() || match.group("r1") == null)) {
            return Optional.empty();
        }
        int right = single ? left : column(match.group("c2"), Integer.MAX_VALUE);
        int bottom = single ? top : row(match.group("r2"), Integer.MAX_VALUE);
        return Optional.of(new GoogleRange(sheet, top, left, bottom, right));
    }

    private static String unquoted(String title) {
        return title.length() > 1 && title.startsWith("'") && title.endsWith("'")
                ? title.substring(1, title.length() - 1).replace("''", "'")
                : title;
    }

    private static int row(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits) - 1;
    }

    private static int column(String letters, int otherwise) {
        return letters.isEmpty()
                ? otherwise
                : letters.chars().reduce(0, (number, letter) -> number * LETTERS + letter - 'A' + 1) - 1;
    }

    /** The letters of a column that counts from 0. */
    static String letters(int column) {
        String last = String.valueOf((char) ('A' + column % LETTERS));
        return column < LETTERS ? last : letters(column / LETTERS - 1) + last;
    }

    /** As Google writes it back; open ends are those of a sheet of 1000 rows and 26 columns. */
    String text() {
        String title = sheet.matches("[A-Za-z0-9_]+") ? sheet : "'" + sheet.replace("'", "''") + "'";
        int lastRow = bottom == Integer.MAX_VALUE ? 999 : bottom;
        int lastColumn = right == Integer.MAX_VALUE ? LETTERS - 1 : right;
        String start = letters(left) + (top + 1);
        String end = letters(lastColumn) + (lastRow + 1);
        return title + "!" + (start.equals(end) ? start : start + ":" + end);
    }
}
