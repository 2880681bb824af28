package dev.automationengine.dispatcher.workflow;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.expressions.Finding;
import dev.automationengine.model.workflow.Trigger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what an author wrote. All that is wrong comes at once, each with a pointer and a way to mend it. */
public final class WorkflowParser {
    /** The most steps of a workflow, counting those within steps. */
    public static final int MAX_STEPS = 500;

    /** The most characters of a name. */
    public static final int MAX_NAME = 200;

    private static final Set<String> MEMBERS = Set.of("name", "description", "labels", "is_active", "trigger", "steps");
    private static final int MAX_DESCRIPTION = 2_000;
    private static final int MAX_LABELS = 20;
    private static final Pattern LABEL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./-]{0,62}");
    private static final int MAX_LABEL_VALUE = 100;

    private final ActionCatalog actions;
    private final WaitLinks links;

    /** Knows the actions of a catalog; nobody can answer by the links of its definitions. */
    public WorkflowParser(ActionCatalog actions) {
        this(actions, WaitLinks.UNSIGNED);
    }

    /** Knows the actions of a catalog, and how links are made. */
    public WorkflowParser(ActionCatalog actions, WaitLinks links) {
        this.actions = actions;
        this.links = links;
    }

    /**
     * Reads and checks a definition.
     *
     * @param document as an author sends it: name, is_active, trigger, steps
     * @throws InvalidDefinitionException with everything that is wrong
     */
    public Definition parse(Map<String, ? extends @Nullable Object> document) {
        Findings findings = new Findings();
        findings.refuseUnknown(document, MEMBERS, "");
        String name = name(document.get("name"), findings);
        Object active = document.get("is_active");
        if (active != null && !(active instanceof Boolean)) {
            findings.add("/is_active", "must be true or false");
        }
        checkDescription(document.get("description"), findings);
        checkLabels(document.get("labels"), findings);
        Trigger trigger =
                new TriggerParser(TriggerTypes.with(actions), findings).parse(document.get("trigger"), "/trigger");
        List<Step> steps = new StepListParser(actions, links, findings).workflow(document.get("steps"), "/steps");
        if (document.get("steps") instanceof List<?> list
                && AwaitedEvents.of(list).size() > AwaitedEvents.MOST_OF_A_VERSION) {
            findings.add(
                    "/steps",
                    "steps wait for more than " + AwaitedEvents.MOST_OF_A_VERSION
                            + " kinds of event: let some of them share a path and a field");
        }
        if (findings.any()) {
            throw new InvalidDefinitionException(findings.all());
        }
        return new Definition(name, Objects.requireNonNull(trigger), steps);
    }

    /** Reads the trigger of a definition that was accepted before. */
    static Trigger trigger(Map<String, ? extends @Nullable Object> accepted) {
        return TriggerParser.accepted(accepted);
    }

    private static void checkDescription(@Nullable Object json, Findings findings) {
        if (json != null && !(json instanceof String text && text.length() <= MAX_DESCRIPTION)) {
            findings.add("/description", "must be a text of at most " + MAX_DESCRIPTION + " characters");
        }
    }

    private static void checkLabels(@Nullable Object json, Findings findings) {
        if (json == null) {
            return;
        }
        Map<?, ?> labels = findings.object(json, "/labels", "must be an object of texts: {\"team\": \"sales\"}");
        if (labels.size() > MAX_LABELS) {
            findings.add("/labels", "at most " + MAX_LABELS + " labels");
        }
        labels.forEach((name, value) -> {
            String at = Finding.child("/labels", String.valueOf(name));
            if (!LABEL_NAME.matcher(String.valueOf(name)).matches()) {
                findings.add(at, "a label is named by up to 63 letters, digits, '_', '-', '.' or '/'");
            }
            if (!(value instanceof String text) || text.isEmpty() || text.length() > MAX_LABEL_VALUE) {
                findings.add(at, "must be a text of 1 to " + MAX_LABEL_VALUE + " characters");
            }
        });
    }

    private static String name(@Nullable Object json, Findings findings) {
        if (json instanceof String name && !name.isBlank() && name.length() <= MAX_NAME) {
            return name;
        }
        findings.add("/name", "a name of 1 to " + MAX_NAME + " characters is needed");
        return "";
    }
}
