package dev.automationengine.dispatcher.execution;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.ForEachStep;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.dispatcher.workflow.WaitStep;
import dev.automationengine.dispatcher.workflow.WorkflowParser;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.StepId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
        return run(Runs.pending(definition, given.event()), definition);
    }

    private Execution run(Execution pending, Definition follows) {
        Execution execution = taken(Advance.start(pending, follows, now));
        Optional<StepEvent> report = nextReport(execution, follows);
        while (report.isPresent()) {
            execution = taken(Advance.advance(execution, follows, report.get(), now));
            report = nextReport(execution, follows);
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

    private Optional<StepEvent> nextReport(Execution execution, Definition follows) {
        return follows.steps().stream()
                .map(Step::id)
                .filter(id -> execution.step(id).status() == StepStatus.QUEUED && !waits(id))
                .findFirst()
                .map(id -> execution.step(id).fan() == null || timesOut(id)
                        ? report(execution, id)
                        : childEnded(execution, follows, id));
    }

    /** The items of a list are run; another workflow answers as the case says. */
    private StepEvent childEnded(Execution execution, Definition follows, StepId id) {
        Fan fan = Objects.requireNonNull(execution.step(id).fan());
        int index = fan.open().first();
        JobId job = new JobId(execution.id(), id, 1);
        if (follows.step(id) instanceof ForEachStep each) {
            Parent parent = new Parent(execution.id(), id, 1, index, id.value(), 1, true, execution.effectKey(id));
            WorkflowVersion version = new WorkflowVersion(Runs.ORG, Runs.WORKFLOW, 1, follows);
            Map<String, Object> content = new HashMap<>(Map.of("index", index, "with", fan.with()));
            content.put("item", fan.items().get(index));
            Execution child = run(
                    Execution.child(execution, parent, version, Step.FOR_EACH, Map.copyOf(content), now), each.body());
            Decision.TellParent told =
                    (Decision.TellParent) FanSteps.report(child, each.body()).orElseThrow();
            return told.report();
        }
        StepEvent answer = report(execution, id);
        boolean failed = answer instanceof StepEvent.Failed;
        return new StepEvent.ChildEnded(
                job,
                Runs.ORG,
                index,
                ExecutionId.child(job, index),
                failed ? ExecutionStatus.FAILED : ExecutionStatus.COMPLETED,
                answer instanceof StepEvent.Completed done ? Map.of("result", done.output()) : Map.of(),
                answer instanceof StepEvent.Failed no ? no.error() : null,
                now,
                null);
    }

    private boolean waits(StepId id) {
        return answer(id).asString("").equals("waits");
    }

    private boolean timesOut(StepId id) {
        return answer(id).asString("").equals("times_out");
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
        if (timesOut(id)) {
            return new StepEvent.Completed(Runs.run(execution, id.value(), 1, 1), null, Map.of());
        }
        Map<String, Object> output =
                answer.path("output").isObject() ? json.convertValue(answer.path("output"), OBJECT) : Map.of();
        if (definition.step(id) instanceof WaitStep) {
            return new StepEvent.Resumed(
                    new JobId(execution.id(), id, 1), Runs.ORG, now, "link", null, Map.copyOf(output), null);
        }
        return new StepEvent.Completed(Runs.run(execution, id.value(), 1, 1), null, Map.copyOf(output));
    }

    private JsonNode answer(StepId id) {
        Map<String, JsonNode> answers = given.answers();
        return answers == null || !answers.containsKey(id.value())
                ? json.createObjectNode()
                : Objects.requireNonNull(answers.get(id.value()));
    }
}
