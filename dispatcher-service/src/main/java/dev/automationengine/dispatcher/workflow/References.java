package dev.automationengine.dispatcher.workflow;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.automationengine.expressions.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a document names something that is not in it: a credential, or another workflow. */
final class References {
    private static final String STEPS = "steps";
    private static final String CONFIG = "config";
    private static final String WORKFLOW_IDS = "workflow_ids";

    private final Visitor visitor;

    private References(Visitor visitor) {
        this.visitor = visitor;
    }

    /** What is named. */
    enum Kind {
        /** A credential. */
        @JsonProperty("credential")
        CREDENTIAL("credential_id"),
        /** Another workflow. */
        @JsonProperty("workflow")
        WORKFLOW("workflow_id");

        private final String member;

        Kind(String member) {
            this.member = member;
        }
    }

    /**
     * A place that names something.
     *
     * @param kind what
     * @param pointer JSON pointer to the place
     * @param id what it names
     * @param owner the trigger, event or step that names it
     */
    record Place(Kind kind, String pointer, String id, Map<?, ?> owner) {}

    /** Says what a place names from now on. */
    @FunctionalInterface
    private interface Visitor {
        String visit(Place place);
    }

    /** All places in their order. What has another form than the language's is passed over. */
    static List<Place> of(Map<String, ? extends @Nullable Object> document) {
        List<Place> places = new ArrayList<>();
        new References(place -> {
                    places.add(place);
                    return place.id();
                })
                .document(document);
        return places;
    }

    /** A copy that names other things. */
    static Map<String, @Nullable Object> replaced(
            Map<String, ? extends @Nullable Object> document, Map<String, String> byId) {
        return new References(place -> byId.getOrDefault(place.id(), place.id())).document(document);
    }

    private Map<String, @Nullable Object> document(Map<String, ? extends @Nullable Object> document) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(document);
        copy.computeIfPresent("trigger", (name, trigger) -> source(trigger, "/trigger"));
        copy.computeIfPresent(STEPS, (name, steps) -> steps(steps, Finding.child("", STEPS)));
        return copy;
    }

    private Object steps(Object json, String pointer) {
        if (!(json instanceof List<?> list)) {
            return json;
        }
        List<@Nullable Object> copy = new ArrayList<>(list);
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> step) {
                copy.set(i, step(step, Finding.child(pointer, i)));
            }
        }
        return copy;
    }

    private Map<String, @Nullable Object> step(Map<?, ?> step, String pointer) {
        Map<String, @Nullable Object> copy = owner(step, pointer);
        copy.computeIfPresent("event", (name, event) -> source(event, Finding.child(pointer, name)));
        copy.computeIfPresent(STEPS, (name, steps) -> steps(steps, Finding.child(pointer, name)));
        return copy;
    }

    /** A trigger, or an event that a step waits for. */
    private Object source(Object json, String pointer) {
        if (!(json instanceof Map<?, ?> source)) {
            return json;
        }
        Map<String, @Nullable Object> copy = owner(source, pointer);
        if (source.get(CONFIG) instanceof Map<?, ?> config && config.get(WORKFLOW_IDS) instanceof List<?> ids) {
            String at = Finding.child(Finding.child(pointer, CONFIG), WORKFLOW_IDS);
            List<@Nullable Object> replaced = new ArrayList<>(ids);
            for (int i = 0; i < ids.size(); i++) {
                if (ids.get(i) instanceof String id) {
                    replaced.set(i, visitor.visit(new Place(Kind.WORKFLOW, Finding.child(at, i), id, source)));
                }
            }
            Map<String, @Nullable Object> changed = copy(config);
            changed.put(WORKFLOW_IDS, replaced);
            copy.put(CONFIG, changed);
        }
        return copy;
    }

    private Map<String, @Nullable Object> owner(Map<?, ?> owner, String pointer) {
        Map<String, @Nullable Object> copy = copy(owner);
        for (Kind kind : Kind.values()) {
            if (owner.get(kind.member) instanceof String id) {
                copy.put(kind.member, visitor.visit(new Place(kind, Finding.child(pointer, kind.member), id, owner)));
            }
        }
        return copy;
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put(String.valueOf(name), value));
        return copy;
    }
}
