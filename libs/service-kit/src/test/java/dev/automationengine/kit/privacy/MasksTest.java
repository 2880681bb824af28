package dev.automationengine.kit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People are hidden in JSON, and nothing else is. */
class MasksTest {
    private final JsonMapper json = JsonMapper.builder().build();
    private final Masks masks = new Masks(List.of("email*", "full_name", "phone*"));

    @Test
    void members_that_say_something_of_a_person_are_hidden_at_every_depth_and_in_every_form() {
        assertThat(masked("""
                {"execution_id": "exec_1", "status": "failed", "created_at": "2026-11-23T12:00:00Z",
                 "trigger": {"lead_id": "4155552671234", "fields": {"email": "joe@example.com", "Full Name": "Joe",
                   "phone-number": 4155552671, "budget": 5000, "newsletter": true},
                   "answers": {"emails": ["a@b.example", null], "car": ["red"]}},
                 "steps": [{"output": {"contact": {"fullName": {"first": "Joe", "known": true}}, "id": "c_1"}}]}""")).isEqualTo(json.readTree("""
                {"execution_id": "exec_1", "status": "failed", "created_at": "2026-11-23T12:00:00Z",
                 "trigger": {"lead_id": "4155552671234", "fields": {"email": "***", "Full Name": "***",
                   "phone-number": "***", "budget": 5000, "newsletter": true},
                   "answers": {"emails": ["***", null], "car": ["red"]}},
                 "steps": [{"output": {"contact": {"fullName": {"first": "***", "known": true}}, "id": "c_1"}}]}"""));
    }

    @Test
    void what_a_form_marks_is_hidden_everywhere_in_the_answer() {
        assertThat(masked("""
                {"trigger": {"personal_fields": ["wie_heisst_du?"], "fields": {"wie_heisst_du?": "Joe", "auto": "rot"}},
                 "steps": [{"input": {"wie_heisst_du?": "Joe", "auto": "rot"}}]}""")).isEqualTo(json.readTree("""
                {"trigger": {"personal_fields": ["wie_heisst_du?"], "fields": {"wie_heisst_du?": "***", "auto": "rot"}},
                 "steps": [{"input": {"wie_heisst_du?": "***", "auto": "rot"}}]}"""));
    }

    @Test
    void what_a_workflow_copied_under_other_names_and_into_texts_is_hidden_too() {
        assertThat(masked("""
                {"trigger": {"fields": {"full_name": "Jo Example", "phone": 4155552671, "email": "new"}},
                 "status": "new", "workflow_id": "new", "note": "renewed",
                 "steps": [{"input": {"to": "4155552671", "name": "Jo Example",
                   "text": "Hello Jo Example, (Jo Example)!", "json": "{\\"n\\":\\"Jo Example\\"}"}}]}""")).isEqualTo(json.readTree("""
                {"trigger": {"fields": {"full_name": "***", "phone": "***", "email": "***"}},
                 "status": "new", "workflow_id": "new", "note": "renewed",
                 "steps": [{"input": {"to": "***", "name": "***",
                   "text": "Hello ***, (***)!", "json": "{\\"n\\":\\"***\\"}"}}]}"""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "joe.example@example.com",
                "the CRM refused joe.example@example.com.",
                "POST https://crm.example/contacts?mail=joe.example%40example.com&x=1",
                "call +1 415 555-2671 now",
                "+14155552671"
            })
    void contacts_are_hidden_in_any_text(String text) {
        assertThat(masked(json.writeValueAsString(List.of(text, "x"))).toString())
                .contains("***")
                .doesNotContain("joe.example")
                .doesNotContain("555");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-23T12:00:00+05:30", "evt_06h0dnna46qf6vw7d7p9svjf90", "1234567890123", "a + b", "50%"})
    void times_ids_and_numbers_stay(String text) {
        assertThat(masked(json.writeValueAsString(List.of(text))).get(0).asString())
                .isEqualTo(text);
    }

    @Test
    void what_was_given_stays_as_it_is() {
        JsonNode given = json.readTree("{\"email\":\"joe@example.com\"}");
        masks.masked(given);
        assertThat(given.at("/email").asString()).isEqualTo("joe@example.com");
    }

    private JsonNode masked(String text) {
        return masks.masked(json.readTree(text));
    }
}
