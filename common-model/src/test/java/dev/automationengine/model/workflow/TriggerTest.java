package dev.automationengine.model.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TriggerTest {
    private static final Trigger ONE_FORM = new Trigger(Trigger.META_LEAD_AD, Map.of("form_id", "2"), null);

    @Test
    void it_listens_to_what_it_names_and_does_not_mind_the_rest() {
        assertThat(ONE_FORM.listensTo(Trigger.META_LEAD_AD, Map.of("form_id", "2", "page_id", "1")))
                .isTrue();
        assertThat(ONE_FORM.listensTo(Trigger.META_LEAD_AD, Map.of("form_id", "3", "page_id", "1")))
                .isFalse();
    }

    @Test
    void it_does_not_listen_to_another_type() {
        assertThat(ONE_FORM.listensTo(Trigger.WEBHOOK, Map.of("form_id", "2"))).isFalse();
    }

    @Test
    void an_error_trigger_listens_to_the_workflows_that_it_names_or_to_all() {
        Trigger all = new Trigger(Trigger.ERROR, Map.of(), null);
        Trigger some = new Trigger(Trigger.ERROR, Map.of("workflow_ids", List.of("wf_1", "wf_2")), null);

        assertThat(all.listensTo(Trigger.ERROR, Map.of("workflow_id", "wf_3"))).isTrue();
        assertThat(some.listensTo(Trigger.ERROR, Map.of("workflow_id", "wf_2"))).isTrue();
        assertThat(some.listensTo(Trigger.ERROR, Map.of("workflow_id", "wf_3"))).isFalse();
        assertThat(all.listensTo(Trigger.WEBHOOK, Map.of("path", "x"))).isFalse();
    }

    @Test
    void a_number_in_the_configuration_is_the_same_as_its_text() {
        Trigger trigger = new Trigger(Trigger.META_LEAD_AD, Map.of("form_id", 172036835026334L), null);
        assertThat(trigger.listensTo(Trigger.META_LEAD_AD, Map.of("form_id", "172036835026334")))
                .isTrue();
    }
}
