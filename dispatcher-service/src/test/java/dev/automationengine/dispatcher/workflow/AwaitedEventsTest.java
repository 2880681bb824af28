package dev.automationengine.dispatcher.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.dispatcher.Seed;
import dev.automationengine.expressions.Path;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.workflow.Trigger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is listened to for executions, and by what they know their events. */
class AwaitedEventsTest {
    private static final OrgId ORG = new OrgId("org_1");
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final AwaitedEvent paid =
            new AwaitedEvent(new Trigger(Trigger.WEBHOOK, Map.of("path", "paid"), null), Path.parse("body.order.id"));

    @Test
    void an_event_has_the_key_of_the_steps_that_wait_for_its_value() {
        AutomationEvent event = event("paid", Map.of("order", Map.of("id", 42)));

        assertThat(paid.key(event))
                .isPresent()
                .isEqualTo(paid.key(ORG, "42"))
                .isEqualTo(paid.key(ORG, new BigDecimal("42.0")))
                .isNotEqualTo(paid.key(ORG, "43"))
                .isNotEqualTo(paid.key(new OrgId("org_2"), "42"));
        assertThat(paid.key(event("refunded", Map.of("order", Map.of("id", 42)))))
                .as("another path")
                .isEmpty();
        assertThat(paid.key(event("paid", Map.of("order", Map.of())))).isEmpty();
    }

    @Test
    void what_cannot_be_compared_has_no_key() {
        for (Object value : List.of("", "x".repeat(AwaitedEvent.MAX_VALUE + 1), Map.of("a", 1), List.of(1))) {
            assertThat(paid.key(ORG, value)).isEqualTo(Optional.empty());
        }
        assertThat(paid.key(ORG, null)).isEmpty();
        assertThat(paid.key(ORG, true)).isPresent();
    }

    @Test
    void what_an_earlier_version_waited_for_is_heard_as_long_as_a_wait_can_last() {
        AwaitedEvents first = AwaitedEvents.NONE.published(steps("a", "body.id", "{}"), NOW);
        AwaitedEvents second = first.published(steps("b", "body.id", "{}"), NOW.plusSeconds(60));
        AwaitedEvents third = second.published(List.of(), NOW.plusSeconds(120));

        assertThat(paths(second)).containsExactly("b", "a");
        assertThat(paths(third)).containsExactly("b", "a");
        assertThat(paths(third.at(NOW.plusSeconds(60).plus(Wait.LONGEST)))).containsExactly("b");
        assertThat(paths(third.published(List.of(), NOW.plusSeconds(120).plus(Wait.LONGEST))))
                .isEmpty();
        assertThat(paths(third.published(steps("a", "body.id", "{}"), NOW.plusSeconds(180))))
                .as("waited for again")
                .containsExactly("a", "b");
    }

    @Test
    void the_newest_version_says_how_calls_of_a_path_are_checked() {
        AwaitedEvents open = AwaitedEvents.NONE.published(steps("a", "body.id", "{}"), NOW);
        AwaitedEvents signed = open.published(
                steps("a", "body.other", "{\"kind\": \"secret\", \"header\": \"X-Secret\"}"), NOW.plusSeconds(60));

        assertThat(signed.all()).hasSize(2);
        assertThat(signed.sources())
                .hasSize(1)
                .first()
                .satisfies(source ->
                        assertThat(source.config().get("security")).asString().contains("X-Secret"));
    }

    @Test
    void kinds_of_many_versions_do_not_pile_up() {
        AwaitedEvents events = AwaitedEvents.NONE;
        for (int i = 0; i < 250; i++) {
            events = events.published(steps("path-" + i, "body.id", "{}"), NOW.plusSeconds(i));
        }

        assertThat(events.all()).hasSize(200);
        assertThat(paths(events)).first().isEqualTo("path-249");
    }

    @Test
    void steps_within_steps_wait_too() {
        List<Object> outer =
                List.of(Map.of("id", "each", "type", "FOR_EACH", "steps", steps("inner", "body.id", "{}")));

        assertThat(AwaitedEvents.of(outer)).hasSize(1);
    }

    private static List<String> paths(AwaitedEvents events) {
        return IntStream.range(0, events.all().size())
                .mapToObj(i -> String.valueOf(
                        events.all().get(i).event().source().config().get("path")))
                .toList();
    }

    private static List<?> steps(String path, String field, String security) {
        String config = security.equals("{}") ? "" : ", \"security\": " + security;
        Map<String, Object> event = Seed.read("""
                {"type": "WEBHOOK", "credential_id": "cred_1", "config": {"path": "%s"%s},
                 "match": {"field": "%s", "value": "x"}}
                """.formatted(path, config, field));
        return List.of(Map.of("id", "wait", "type", "WAIT_FOR_EVENT", "event", event, "timeout", "P1D"));
    }

    private static AutomationEvent event(String path, Map<String, Object> body) {
        return AutomationEvent.of(
                ORG,
                "/webhooks/" + path,
                "1",
                "dev.automationengine.webhook.received.v1",
                Trigger.WEBHOOK,
                NOW,
                null,
                new AutomationEvent.Data(Map.of("path", path), Map.of("path", path, "body", body)));
    }
}
