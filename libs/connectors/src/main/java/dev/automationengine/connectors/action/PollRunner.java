package dev.automationengine.connectors.action;

import dev.automationengine.expressions.Path;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at sources. A look is an action that changes nothing, so it is told by manifests as actions are, and meets the same
 * limits, classes of errors and redaction. Thread-safe; a look blocks.
 */
public final class PollRunner {
    static final String CURSOR = "cursor";

    /** Outputs of a poll. */
    static final String ITEMS = "items";

    static final String NEXT = "next";
    static final String MEMO = "memo";
    static final String UNCHANGED = "unchanged";

    /** Members of items that are made in Java. */
    static final String KEY = "key";

    static final String VERSION = "version";
    static final String DATA = "data";

    private final ActionCatalog catalog;
    private final ActionRunner actions;

    /** Looks by the manifests of the catalog, as they are at each look. */
    public PollRunner(ActionCatalog catalog, ActionRunner actions) {
        this.catalog = catalog;
        this.actions = actions;
    }

    /** Looks once. Whatever happens is told by the result; an exception is a fault of this engine. */
    public PollAnswer look(PollCall call) {
        Optional<Manifest.Poll> poll = catalog.manifests().stream()
                .flatMap(manifest -> manifest.polls().stream())
                .filter(each -> each.descriptor().source().equals(call.source()))
                .findFirst();
        if (poll.isEmpty()) {
            return failed("source_unknown", "No connector has the source " + call.source() + ".");
        }
        return switch (actions.run(call.asAction())) {
            case ActionResult.Failed(StepError error, var retryAfter, var unknown, var wide) ->
                new PollAnswer.Failed(error, retryAfter, wide);
            case ActionResult.Postponed(ActionResult.Reason reason, var pause) ->
                new PollAnswer.Failed(
                        new StepError(
                                ErrorClass.OUTAGE,
                                reason.name().toLowerCase(Locale.ROOT),
                                "The source is not asked at the moment.",
                                null,
                                null,
                                null,
                                "Nothing is to be done: it is looked at again."),
                        pause,
                        true);
            case ActionResult.Succeeded succeeded -> read(poll.get().places(), succeeded);
        };
    }

    private static PollAnswer read(Manifest.Places places, ActionResult.Succeeded succeeded) {
        Map<String, @Nullable Object> output = succeeded.output();
        if (Boolean.TRUE.equals(output.get(UNCHANGED))) {
            return new PollAnswer.Unchanged(succeeded.rest());
        }
        Object listed = output.get(ITEMS);
        if (!(listed instanceof List<?> list)) {
            return failed("no_items", "The answer has no list where the items should be.");
        }
        List<PolledItem> items = new ArrayList<>(list.size());
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> item)) {
                return failed("no_item", "An item of the answer is no object.");
            }
            Optional<PolledItem> read = item(places, item);
            if (read.isEmpty()) {
                return failed("no_key", "An item of the answer has nothing that it could be known by.");
            }
            items.add(read.get());
        }
        Object next = output.get(NEXT);
        Map<String, String> memo = new HashMap<>();
        if (output.get(MEMO) instanceof Map<?, ?> given) {
            given.forEach((name, value) -> memo.put(String.valueOf(name), String.valueOf(value)));
        }
        return new PollAnswer.Found(
                items, next == null || next.toString().isBlank() ? null : next.toString(), memo, succeeded.rest());
    }

    private static Optional<PolledItem> item(Manifest.Places places, Map<?, ?> item) {
        Path keyPlace = places.key();
        if (keyPlace == null) {
            return usable(item.get(KEY))
                    .map(key -> new PolledItem(
                            key, text(item.get(VERSION)), null, null, members(Objects.requireNonNull(item.get(DATA)))));
        }
        return usable(keyPlace.resolve(item))
                .map(key -> new PolledItem(
                        key,
                        at(places.version(), item),
                        at(places.changed(), item),
                        at(places.created(), item),
                        members(item)));
    }

    private static Optional<String> usable(@Nullable Object key) {
        return Optional.ofNullable(text(key))
                .filter(text -> !text.isBlank() && text.length() <= PolledItem.LONGEST_KEY);
    }

    private static @Nullable String at(@Nullable Path place, Map<?, ?> item) {
        return place == null ? null : text(place.resolve(item));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean ? value.toString() : null;
    }

    private static Map<String, @Nullable Object> members(Object item) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        ((Map<?, ?>) item).forEach((name, value) -> members.put(String.valueOf(name), value));
        return members;
    }

    private static PollAnswer.Failed failed(String code, String message) {
        return new PollAnswer.Failed(
                new StepError(
                        ErrorClass.CONFIGURATION,
                        code,
                        message,
                        null,
                        null,
                        null,
                        "Compare the trigger's configuration with what the source answers."),
                null,
                false);
    }
}
