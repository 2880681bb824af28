package dev.automationengine.expressions;

/**
 * Finds the braces that close a JSONata expression: not those inside quotes, comments, nor those of its own objects.
 * Braces inside a regular expression have to be paired.
 */
final class ExpressionEnd {
    private ExpressionEnd() {}

    /** Where the closing braces start; -1 if there are none. */
    static int of(String text, int from) {
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"', '\'', '`' -> {
                    i = closing(text, i + 1, character);
                    if (i < 0) {
                        return -1;
                    }
                }
                case '/' -> {
                    if (text.startsWith("/*", i)) {
                        int end = text.indexOf("*/", i + 2);
                        i = end < 0 ? text.length() : end + 1;
                    }
                }
                case '\\' -> i++;
                case '{' -> depth++;
                case '}' -> {
                    if (depth == 0 && text.startsWith("}}", i)) {
                        return i;
                    }
                    depth--;
                }
                default -> {}
            }
        }
        return -1;
    }

    private static int closing(String text, int from, char quote) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && quote != '`') {
                i++;
            } else if (text.charAt(i) == quote) {
                return i;
            }
        }
        return -1;
    }
}
