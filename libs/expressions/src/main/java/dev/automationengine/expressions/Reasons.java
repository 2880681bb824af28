package dev.automationengine.expressions;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.SyntaxTree;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what the library found wrong, without quoting data: an error text may end up in a log. */
final class Reasons {
    private static final int MAX_LENGTH = 200;
    private static final Pattern QUOTED = Pattern.compile(":? ?\\{\\{\\{?[a-zA-Z0-9]+}}}?");

    private Reasons() {}

    static String of(JException error) {
        String code = error.getError();
        @Nullable String known = code == null ? null : SyntaxTree.errorText(code);
        if (known != null && known.equals("{{{message}}}")) {
            // Its text may be made of data.
            return "the expression ends itself with $error or $assert";
        }
        if (known == null) {
            String own = code == null ? "cannot be evaluated with these data" : code;
            return own.length() > MAX_LENGTH ? own.substring(0, MAX_LENGTH) : own;
        }
        return QUOTED.matcher(known).replaceAll("") + " (" + code + ")";
    }
}
