package dev.automationengine.localstack.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Lead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeadSeriesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");
    /** A sweep looks back the overlap of 10 minutes behind the last one, which is at most 5.5 minutes old. */
    private static final Duration SWEPT = Duration.ofMinutes(16);

    private final LeadSeries leads = new LeadSeries("13", List.of("77", "77", "78"), NOW);

    @Test
    void no_lead_is_given_twice() {
        List<String> ids = Stream.concat(leads.next(30).stream(), leads.next(70).stream())
                .map(Lead::id)
                .toList();
        assertThat(ids).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void the_forms_take_turns() {
        assertThat(leads.next(300))
                .filteredOn(lead -> lead.formId().equals("77"))
                .hasSize(200);
    }

    @Test
    void a_message_and_a_contact_can_be_traced_to_their_lead() {
        Lead lead = leads.next(1).getFirst();
        assertThat(lead.answers().get("email")).containsExactly(LeadSeries.email(lead.id()));
        assertThat(lead.answers().get("phone_number"))
                .singleElement()
                .satisfies(phone -> assertThat(phone).matches("\\+[1-9][0-9]{14}"))
                .extracting(LeadSeries::leadOfPhone)
                .isEqualTo(lead.id());
    }

    @Test
    void a_lead_is_too_old_for_a_sweep_to_find_it_before_it_is_announced() {
        assertThat(leads.next(1).getFirst().createdTime()).isBefore(NOW.minus(SWEPT));
    }
}
