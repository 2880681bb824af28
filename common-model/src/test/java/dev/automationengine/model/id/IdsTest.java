package dev.automationengine.model.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    private static final OrgId ORG = new OrgId("org_1");

    @Test
    void the_same_happening_has_the_same_event_id_and_another_organization_another() {
        EventId id = EventId.of(ORG, "/meta/pages/1/forms/2", "3");
        assertThat(EventId.of(ORG, "/meta/pages/1/forms/2", "3")).isEqualTo(id);
        assertThat(EventId.of(new OrgId("org_2"), "/meta/pages/1/forms/2", "3")).isNotEqualTo(id);
        assertThat(id.value()).matches("evt_[0-9a-hjkmnp-tv-z]{26}");
    }

    @Test
    void where_a_part_ends_matters() {
        assertThat(EventId.of(ORG, "ab", "c")).isNotEqualTo(EventId.of(ORG, "a", "bc"));
    }

    @Test
    void the_hash_never_changes_or_every_execution_would_run_again_after_an_upgrade() {
        EventId event = EventId.of(ORG, "/meta/pages/1/forms/2", "3");
        assertThat(event.value()).isEqualTo("evt_vzf2y7ks31khramydefsmp2v9w");
        assertThat(ExecutionId.of(event, new WorkflowId("wf_1")).value()).isEqualTo("exec_e8dcv93fkznyepser1tv6rtn78");
    }

    @Test
    void random_ids_never_repeat_and_sort_by_time() {
        Set<WorkflowId> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(WorkflowId.random())).isTrue();
        }
        WorkflowId before = WorkflowId.random();
        long millisecond = System.currentTimeMillis();
        while (System.currentTimeMillis() == millisecond) {
            Thread.onSpinWait();
        }
        assertThat(WorkflowId.random()).isGreaterThan(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "org_", "wf_1", "org_A", "org_1.2", "org_$a", "ORG_1", "org_a b"})
    void a_text_of_another_form_is_no_organization(String text) {
        assertThatThrownBy(() -> new OrgId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "a.b", "a:b", "$a", "a b"})
    void a_text_of_another_form_is_no_step(String text) {
        assertThatThrownBy(() -> new StepId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_job_id_is_read_as_it_is_written() {
        JobId job = new JobId(new ExecutionId("exec_1"), new StepId("step_2"), 3);
        assertThat(job.value()).isEqualTo("exec_1:step_2:3");
        assertThat(JobId.parse(job.value())).isEqualTo(job);
        assertThatThrownBy(() -> JobId.parse("exec_1:3")).isInstanceOf(IllegalArgumentException.class);
    }
}
