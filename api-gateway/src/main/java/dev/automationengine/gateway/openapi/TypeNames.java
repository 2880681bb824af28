package dev.automationengine.gateway.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of schemas for people, made of the full names of Java types. The same type has the same name whatever else is
 * in the document, so that the classes of generated clients keep their names.
 */
final class TypeNames {
    /** How springdoc writes {@code Page<Workflow>} with full names. */
    private static final Pattern GENERIC = Pattern.compile("(?:[a-z0-9_]+\\.)+([A-Z]\\w*?)Dev\\.(.+)");
    /** Classes that only hold others. */
    private static final Pattern HOLDER = Pattern.compile("(Controller|Service|Inputs)$");

    private TypeNames() {}

    /** {@code …workflow.WorkflowController.NoteInput} becomes {@code WorkflowNoteInput}. */
    static String of(String full) {
        Matcher generic = GENERIC.matcher(full);
        if (generic.matches()) {
            return of("dev." + generic.group(2)) + generic.group(1);
        }
        List<String> classes = new ArrayList<>();
        for (String part : full.split("\\.", -1)) {
            if (Character.isUpperCase(part.charAt(0))) {
                classes.add(part);
            }
        }
        if (classes.isEmpty()) {
            return full;
        }
        String name = classes.getLast();
        if (classes.size() > 1) {
            String outer = HOLDER.matcher(classes.get(classes.size() - 2)).replaceFirst("");
            if (!name.toLowerCase(Locale.ROOT).contains(outer.toLowerCase(Locale.ROOT))) {
                name = outer + name;
            }
        }
        return name;
    }

    /** The same with the package in front: {@code TrialDifference}. */
    static String withPackage(String full) {
        String[] parts = full.replaceFirst("\\.[A-Z].*", "").split("\\.", -1);
        String last = parts[parts.length - 1];
        return last.substring(0, 1).toUpperCase(Locale.ROOT) + last.substring(1) + of(full);
    }
}
