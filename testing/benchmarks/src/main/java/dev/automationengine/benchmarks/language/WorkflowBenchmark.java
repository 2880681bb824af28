package dev.automationengine.benchmarks.language;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.dispatcher.execution.Advance;
import dev.automationengine.dispatcher.execution.Advanced;
import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.WorkflowParser;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepRun;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A workflow of 500 steps: read and checked as a whole, and taken on by one step in its middle. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WorkflowBenchmark {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final OrgId ORG = new OrgId("org_1");
    private static final WorkflowId WORKFLOW = new WorkflowId("wf_1");

    private final WorkflowParser parser = new WorkflowParser(ActionCatalog.load());
    private final Map<String, Object> document = LargeWorkflow.document();
    private final Definition definition = parser.parse(document);
    private final Execution halfway = halfway();
    private final StepEvent report = completed(halfway, LargeWorkflow.STEPS / 2);

    /** Reads the document, with every check that needs no database. */
    @Benchmark
    public Definition validate() {
        return parser.parse(document);
    }

    /** Takes in that a step is done, and decides what is next. */
    @Benchmark
    public Advanced advance() {
        return Advance.advance(halfway, definition, report, NOW);
    }

    private Execution halfway() {
        AutomationEvent event = AutomationEvent.of(
                ORG,
                "/bench",
                "1",
                "bench.v1",
                "WEBHOOK",
                NOW,
                null,
                new AutomationEvent.Data(Map.of(), Map.of("body", Map.of("email", "joe@example.com", "id", "0"))));
        Execution execution = Execution.pending(event, new WorkflowVersion(ORG, WORKFLOW, 1, definition), NOW, null);
        execution = Advance.start(execution, definition, NOW).next();
        for (int i = 0; i < LargeWorkflow.STEPS / 2; i++) {
            execution = Advance.advance(execution, definition, completed(execution, i), NOW)
                    .next();
        }
        return execution;
    }

    private static StepEvent completed(Execution execution, int step) {
        JobId job = new JobId(execution.id(), new StepId(LargeWorkflow.id(step)), 1);
        return new StepEvent.Completed(
                new StepRun(ORG, WORKFLOW, job, 1, 1, "w", NOW, NOW, null), 201, Map.of("id", "c-" + step));
    }
}
