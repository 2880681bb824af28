package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.WorkflowId;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A type of trigger that a manifest brings needs no change of the dispatcher. */
@TestPropertySource(properties = "engine.connectors.directory=src/test/resources/connectors")
class BroughtTriggerTest extends DispatcherScene {
    @Test
    void an_event_of_the_type_starts_the_workflows_whose_configuration_it_fits() {
        WorkflowId german = create(workflow("{\"survey_id\": \"s-1\", \"language\": \"de\"}"));
        WorkflowId any = create(workflow("{\"survey_id\": \"s-1\"}"));
        create(workflow("{\"survey_id\": \"s-2\"}"));
        AutomationEvent english = answered("en");

        publish(english);

        ClaimedJob job = claim();
        assertThat(job.id().execution()).isEqualTo(ExecutionId.of(english.id(), any));
        assertThat(step(job.id().execution(), "thank").getEmbedded(List.of("work", "input"), Document.class))
                .containsEntry("answer_id", "a-7");

        AutomationEvent inGerman = answered("de");
        publish(inGerman);
        assertThat(List.of(claim(), claim()))
                .extracting(each -> each.id().execution())
                .containsExactlyInAnyOrder(ExecutionId.of(inGerman.id(), german), ExecutionId.of(inGerman.id(), any));
    }

    @Test
    void what_its_manifest_does_not_know_is_refused_with_pointers() {
        HttpResponse<String> refused =
                rest().post("/v1/workflows", workflow("{\"language\": \"fr\", \"colour\": \"red\"}"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("/trigger/config/survey_id", "/trigger/config/language", "/trigger/config/colour");
    }

    private AutomationEvent answered(String language) {
        return AutomationEvent.of(
                org,
                "/surveys/s-1",
                "answer-" + System.nanoTime(),
                "com.example.survey.answered.v1",
                "SURVEY_ANSWERED",
                Instant.now(),
                null,
                new AutomationEvent.Data(Map.of("survey_id", "s-1", "language", language), Map.of("answer_id", "a-7")));
    }

    private static String workflow(String config) {
        return """
                {"name": "Thanks", "is_active": true, "trigger": {"type": "SURVEY_ANSWERED", "config": %s},
                 "steps": [{"id": "thank", "type": "ACTION", "action": "SURVEY_THANK",
                            "config": {"answer_id": "{{ trigger.answer_id }}"}}]}
                """.formatted(config);
    }
}
