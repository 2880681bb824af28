package dev.automationengine.dispatcher.execution;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.dispatcher.workflow.WorkflowParser;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.StepId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs a case: the decisions are the real ones, the workers answer as the case says. */
final class ConformanceRun {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final WorkflowParser PARSER = new WorkflowParser(ActionCatalog.load());

    private final ConformanceCase given;
    private final JsonMapper json;
    private final Definition definition;
    private final Instant now;
    private final List<String> deadLetters = new ArrayList<>();

    ConformanceRun(ConformanceCase given, JsonMapper json) {
        this.given = given;
        this.json = json;
        this.definition = PARSER.parse(given.workflow());
        this.now = Objects.requireNonNullElse(given.now(), Runs.NOW);
    }

    Execution run() {
        Execution execution = taken(Advance.start(Runs.pending(definition, given.event()), definition, now));
        Optional<StepEvent> report = nextReport(execution);
        while (report.isPresent()) {
            execution = taken(Advance.advance(execution, definition, report.get(), now));
            report = nextReport(execution);
        }
        return execution;
    }

    /** The steps of which people were told. */
    List<String> deadLetters() {
        return deadLetters;
    }

    private Execution taken(Advanced advanced) {
        for (Decision decision : advanced.decisions()) {
            if (decision instanceof Decision.DeadLetter letter) {
                deadLetters.add(letter.job().step().value());
            }
        }
        return advanced.next();
    }

    private Optional<StepEvent> nextReport(Execution execution) {
        return definition.steps().stream()
                .map(Step::id)
                .filter(id -> execution.step(id).status() == StepStatus.QUEUED && !waits(id))
                .findFirst()
                .map(id -> report(execution, id));
    }

    private boolean waits(StepId id) {
        return answer(id).isString() && answer(id).asString().equals("waits");
    }

    private StepEvent report(Execution execution, StepId id) {
        JsonNode answer = answer(id);
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            return new StepEvent.Failed(
                    Runs.run(execution, id.value(), 1, 1),
                    new StepError(
                            ErrorClass.REJECTED,
                            error.path("code").asString(),
                            error.path("message").asString(),
                            null,
                            null,
                            null,
                            ""));
        }
        Map<String, Object> output =
                answer.path("output").isObject() ? json.convertValue(answer.path("output"), OBJECT) : Map.of();
        return new StepEvent.Completed(Runs.run(execution, id.value(), 1, 1), null, Map.copyOf(output));
    }

    private JsonNode answer(StepId id) {
        Map<String, JsonNode> answers = given.answers();
        return answers == null || !answers.containsKey(id.value())
                ? json.createObjectNode()
                : Objects.requireNonNull(answers.get(id.value()));
    }
}
