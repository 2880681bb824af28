package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.InvalidExpressionException;
import dev.automationengine.expressions.Path;
import dev.automationengine.model.workflow.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events that executions of a workflow may wait for. An execution follows its version to its end, so what an earlier
 * version waited for is listened to as long as a wait can last.
 *
 * @param all each kind of event once
 */
record AwaitedEvents(List<Heard> all) {
    /** Of a workflow that waits for nothing. */
    static final AwaitedEvents NONE = new AwaitedEvents(List.of());

    /** The most kinds of a version, and of all versions that are listened to, the newest. */
    static final int MOST_OF_A_VERSION = 20;

    private static final int MOST = 200;
    private static final String MATCH = "match";

    AwaitedEvents {
        all = List.copyOf(all);
    }

    /**
     * A kind of event that is listened to.
     *
     * @param event the kind
     * @param until when the last wait of an earlier version is over; null: the published version waits for it
     */
    record Heard(AwaitedEvent event, @Nullable Instant until) {
        private boolean same(Heard other) {
            return sameSource(other.event) && event.field().equals(other.event.field());
        }

        private boolean sameSource(AwaitedEvent other) {
            Trigger source = event.source();
            return source.type().equals(other.source().type())
                    && source.selectors().equals(other.source().selectors());
        }

        /** The newest version says how calls of a path are checked. */
        private Heard from(List<AwaitedEvent> newer) {
            return newer.stream()
                    .filter(this::sameSource)
                    .findFirst()
                    .map(other -> new Heard(new AwaitedEvent(other.source(), event.field()), until))
                    .orElse(this);
        }
    }

    /** What is listened to once a version with these steps is published. */
    AwaitedEvents published(List<?> steps, Instant now) {
        List<AwaitedEvent> events = of(steps);
        List<Heard> heard = new ArrayList<>();
        events.forEach(event -> add(new Heard(event, null), heard));
        for (Heard each : all) {
            Instant until = each.until() == null ? now.plus(Wait.LONGEST) : each.until();
            if (until.isAfter(now)) {
                add(new Heard(each.event(), until).from(events), heard);
            }
        }
        return new AwaitedEvents(heard.subList(0, Math.min(MOST, heard.size())));
    }

    /** The same, without what no wait can be for any more. */
    AwaitedEvents at(Instant now) {
        return new AwaitedEvents(all.stream()
                .filter(each -> each.until() == null || each.until().isAfter(now))
                .toList());
    }

    /** What brings these events, each once. */
    List<Trigger> sources() {
        return all.stream().map(each -> each.event().source()).distinct().toList();
    }

    /** The events that steps wait for, also steps within steps; what cannot be read is passed over. */
    static List<AwaitedEvent> of(List<?> steps) {
        return steps.stream().flatMap(AwaitedEvents::ofStep).distinct().toList();
    }

    private static Stream<AwaitedEvent> ofStep(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> step)) {
            return Stream.empty();
        }
        if (step.get("steps") instanceof List<?> body) {
            return of(body).stream();
        }
        return Step.WAIT_FOR_EVENT.equals(step.get("type")) && step.get("event") instanceof Map<?, ?> event
                ? Stream.ofNullable(read(event, "", new Findings()))
                : Stream.empty();
    }

    /** Reads {@code {type, config, credential_id, match: {field, value}}} but for the value; null if it is none. */
    static @Nullable AwaitedEvent read(Map<?, ?> event, String pointer, Findings findings) {
        Map<Object, @Nullable Object> source = new LinkedHashMap<>(event);
        source.remove(MATCH);
        Trigger trigger = new TriggerParser(TriggerTypes.AWAITED, findings).parse(source, pointer);
        if (trigger != null && trigger.config().containsKey("respond")) {
            findings.add(pointer + "/config/respond", "calls that steps wait for are answered at once");
        }
        String at = pointer + "/" + MATCH;
        Map<?, ?> match = findings.object(
                event.get(MATCH), at, "must be {\"field\": \"body.order\", \"value\": \"{{ trigger.body.order }}\"}");
        findings.refuseUnknown(match, Set.of("field", "value"), at);
        Path field = field(match.get("field"), at + "/field", findings);
        return trigger == null || field == null ? null : new AwaitedEvent(trigger, field);
    }

    private static @Nullable Path field(@Nullable Object json, String pointer, Findings findings) {
        try {
            if (json instanceof String text) {
                return Path.parse(text);
            }
        } catch (InvalidExpressionException e) {
            findings.addAll(pointer, e.findings());
            return null;
        }
        findings.add(pointer, "must be the path to a value in the event, such as body.order.id");
        return null;
    }

    private static void add(Heard each, List<Heard> heard) {
        if (heard.stream().noneMatch(each::same)) {
            heard.add(each);
        }
    }
}
