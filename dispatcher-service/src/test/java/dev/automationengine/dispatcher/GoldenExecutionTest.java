package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepRun;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Executions that another version of the engine left waiting, in the bytes that it wrote: they wait for months, and every
 * later version has to finish them. The files are never changed; a new format gets a file of its own.
 */
class GoldenExecutionTest extends DispatcherScene {
    private static final List<String> COLLECTIONS = List.of("workflows", "workflow_versions", "executions");
    private static final ExecutionId ROOT = new ExecutionId("exec_ac25cf0qdpt0dfhnw011qhm39w");

    @Test
    void every_kind_of_wait_goes_on_where_it_was_left() throws IOException {
        left("waiting-executions.json");

        for (String delay : List.of("shortdelay", "parked", "days")) {
            report(new StepEvent.Completed(passed(job(ROOT, delay)), null, Map.of()));
        }
        report(answered(job(ROOT, "ask"), Map.of("decision", "approved")));
        report(answered(job(ROOT, "call"), Map.of("signed", true)));
        report(new StepEvent.Completed(passed(job(ExecutionId.child(job(ROOT, "sub"), 0), "w")), null, Map.of()));
        for (int item = 0; item < 3; item++) {
            ExecutionId child = ExecutionId.child(job(ROOT, "each"), item);
            awaitStart(child);
            report(new StepEvent.Completed(passed(job(child, "x")), null, Map.of()));
        }

        ExecutionSnapshot done = snapshot(ROOT, ExecutionStatus.COMPLETED);
        assertThat(done.steps())
                .extracting(step -> step.stepId() + " " + step.status())
                .allMatch(step -> step.endsWith(" COMPLETED"));
        assertThat(output(done, "each")).containsEntry("results", List.of(1, 2, 3));
        assertThat(output(done, "ask")).containsEntry("decision", "approved");
        assertThat(output(done, "call")).containsEntry("signed", true);
        assertThat(output(done, "done")).containsEntry("ok", 0);
    }

    /** The third item is started when one of the first two has ended. */
    private void awaitStart(ExecutionId child) {
        await().atMost(PATIENCE)
                .until(() -> mongo().getCollection("executions")
                                .countDocuments(new Document("_id", child.value()).append("org_id", org.value()))
                        == 1);
    }

    private void left(String file) throws IOException {
        try (InputStream golden =
                Objects.requireNonNull(GoldenExecutionTest.class.getResourceAsStream("/golden/" + file))) {
            String text = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
            Document documents = Document.parse(text.replace("\"ORG\"", "\"" + org + "\""));
            for (String collection : COLLECTIONS) {
                mongo().getCollection(collection).insertMany(documents.getList(collection, Document.class));
            }
        }
    }

    private StepRun passed(JobId job) {
        Instant now = Instant.now();
        return new StepRun(org, WorkflowId.random(), job, 1, 1, "w", now, now, null);
    }

    private StepEvent answered(JobId job, Map<String, Object> output) {
        return new StepEvent.Resumed(job, org, Instant.now(), "link", null, Map.copyOf(output), null);
    }

    private static JobId job(ExecutionId execution, String step) {
        return new JobId(execution, new StepId(step), 1);
    }

    private static Map<String, @Nullable Object> output(ExecutionSnapshot execution, String step) {
        return execution.steps().stream()
                .filter(each -> each.stepId().value().equals(step))
                .map(each -> Objects.requireNonNull(each.output()))
                .findFirst()
                .orElseThrow();
    }
}
