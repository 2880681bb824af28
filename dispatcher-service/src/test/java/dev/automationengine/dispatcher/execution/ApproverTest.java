package dev.automationengine.dispatcher.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.dispatcher.Seed;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.StepId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Approvals that name who may be asked. */
class ApproverTest {
    private static final StepId SEND = new StepId("send");
    private static final StepId ASK = new StepId("ask");

    private final Definition definition = Seed.parse("""
            {"name": "asks", "trigger": {"type": "WEBHOOK", "config": {"path": "x"}}, "steps": [
             {"id": "send", "type": "ACTION", "action": "CRM_INSERT",
              "config": {"field_mapping": {"first": "{{ waits.ask.approvers[0].approve_url }}",
                                           "second": "{{ waits.ask.approvers[1].reject_url }}",
                                           "anybody": "{{ waits.ask.reject_url }}"}}},
             {"id": "ask", "type": "APPROVAL", "message": "Yes?", "timeout": "PT1H", "depends_on": ["send"],
              "approvers": ["Ann", "{{ trigger.owner }}"]}]}
            """);
    private final Execution started = Advance.start(
                    Runs.pending(definition, Map.of("owner", "bob@example.com")), definition, Runs.NOW)
            .next();

    @Test
    void each_approver_has_links_of_his_own() {
        String job = new JobId(started.id(), ASK, 1).toString();

        assertThat(Objects.requireNonNull(started.step(SEND).work()).input().get("field_mapping"))
                .isEqualTo(Map.of(
                        "first", "link:" + job + ":approved:0",
                        "second", "link:" + job + ":rejected:1",
                        "anybody", "link:" + job + ":rejected"));
    }

    @Test
    void the_output_names_who_decided() {
        Execution waiting = sent(started);

        assertThat(Objects.requireNonNull(waiting.step(ASK).work()).input())
                .containsEntry("approvers", List.of("Ann", "bob@example.com"));
        assertThat(output(answered(waiting, 1)))
                .containsEntry("by", "bob@example.com")
                .containsEntry("decision", "approved");
        assertThat(output(answered(waiting, null)))
                .as("the links that are nobody's own")
                .containsEntry("by", "link")
                .doesNotContainKey("approver");
        assertThat(output(answered(waiting, 7)))
                .as("one that this version does not have")
                .containsEntry("by", "link");
    }

    @Test
    void an_early_answer_is_told_its_name_when_the_step_begins() {
        assertThat(output(sent(answered(started, 0)))).containsEntry("by", "Ann");
    }

    private Execution sent(Execution execution) {
        return Advance.advance(execution, definition, Runs.completed(started, "send", 1, 1), Runs.NOW)
                .next();
    }

    private Execution answered(Execution execution, @Nullable Integer approver) {
        StepEvent answer = new StepEvent.Resumed(
                new JobId(started.id(), ASK, 1),
                Runs.ORG,
                Runs.NOW,
                "link",
                approver,
                Map.of("decision", "approved"),
                null);
        return Advance.advance(execution, definition, answer, Runs.NOW).next();
    }

    private static Map<String, @Nullable Object> output(Execution execution) {
        return Objects.requireNonNull(execution.step(ASK).output());
    }
}
