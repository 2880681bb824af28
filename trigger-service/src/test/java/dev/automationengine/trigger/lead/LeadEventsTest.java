package dev.automationengine.trigger.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.event.LeadNotice;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LeadEventsTest {
    private static final Instant NOW = Instant.parse("2026-02-28T09:00:00Z");
    private static final String LEAD = """
            {"id": "233370042045345", "created_time": "2026-02-28T08:49:14+0000", "form_id": "172036835026334",
             "ad_id": "120210000000000001", "platform": "fb", "is_organic": false,
             "field_data": [
               {"name": "email", "values": ["joe@example.com"]},
               {"name": "which_car?", "values": ["Honda", "Ford"]},
               {"name": "empty", "values": []}],
             "custom_disclaimer_responses": [
               {"checkbox_key": "optional_1", "is_checked": "1"},
               {"checkbox_key": "optional_2", "is_checked": ""}]}
            """;

    private final LeadEvents events = new LeadEvents();

    @Test
    void all_that_was_answered_is_in_the_event() {
        AutomationEvent event = event(notice("138124712925158"), LEAD);
        assertThat(event.time()).isEqualTo(Instant.parse("2026-02-28T08:49:14Z"));
        assertThat(event.data().match()).isEqualTo(Map.of("form_id", "172036835026334", "page_id", "138124712925158"));
        assertThat(event.data().payload())
                .containsEntry("lead_id", "233370042045345")
                .containsEntry("fields", Map.of("email", "joe@example.com", "which_car?", "Honda"))
                .containsEntry(
                        "answers",
                        Map.of(
                                "email", List.of("joe@example.com"),
                                "which_car?", List.of("Honda", "Ford"),
                                "empty", List.of()))
                .containsEntry("disclaimers", Map.of("optional_1", true, "optional_2", false))
                .containsEntry("created_time", "2026-02-28T08:49:14Z");
    }

    @Test
    void a_lead_found_by_a_sweep_is_the_same_event_as_the_webhooks() {
        assertThat(event(notice(null), LEAD).id())
                .isEqualTo(event(notice("138124712925158"), LEAD).id());
        assertThat(LeadEvents.id(notice(null)))
                .isEqualTo(event(notice(null), LEAD).id());
    }

    @Test
    void an_organic_lead_without_anything_is_an_event_all_the_same() {
        AutomationEvent event = event(notice(null), "{\"id\": \"233370042045345\"}");
        assertThat(event.time()).isEqualTo(NOW);
        assertThat(event.data().payload()).containsEntry("fields", Map.of()).containsEntry("ad_id", null);
    }

    private AutomationEvent event(LeadNotice notice, String lead) {
        return events.event(notice, JsonMapper.builder().build().readTree(lead), Set.of());
    }

    private static LeadNotice notice(@Nullable String pageId) {
        return new LeadNotice(
                new OrgId("org_1"), "233370042045345", pageId, "172036835026334", null, NOW, null, 0, NOW, null, null);
    }
}
