package dev.automationengine.systemtests.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.automationengine.client.ApiClient;
import dev.automationengine.client.ApiException;
import dev.automationengine.client.api.ExecutionsApi;
import dev.automationengine.client.api.WorkflowsApi;
import dev.automationengine.client.model.ExecutionStatus;
import dev.automationengine.client.model.ExecutionSummaryPage;
import dev.automationengine.client.model.Problem;
import dev.automationengine.client.model.RunAccepted;
import dev.automationengine.client.model.RunInput;
import dev.automationengine.client.model.Workflow;
import dev.automationengine.client.model.WorkflowDocument;
import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Json;
import dev.automationengine.systemtests.fleet.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Java client that is generated from {@code docs/api/openapi.yaml}, against the fleet. */
@ExtendWith(FleetExtension.class)
class JavaClientTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final WorkflowsApi workflows;
    private final ExecutionsApi executions;

    JavaClientTest(Fleet fleet) {
        Tenant tenant = fleet.tenant("Java client");
        ApiClient client = new ApiClient();
        client.updateBaseUri(fleet.text("base_url"));
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + tenant.key()));
        this.workflows = new WorkflowsApi(client);
        this.executions = new ExecutionsApi(client);
    }

    @Test
    void a_workflow_is_created_once_run_and_found() throws Exception {
        WorkflowDocument document = document("NOT_NULL");
        Workflow created = workflows.createWorkflow(document, "once");
        assertThat(created.getIsActive()).isTrue();
        assertThat(workflows.createWorkflow(document, "once").getId()).isEqualTo(created.getId());

        RunAccepted run = await().atMost(SOON)
                .ignoreException(ApiException.class)
                .until(
                        () -> workflows.runWorkflow(
                                created.getId(), "run", new RunInput().input(Map.of("email", "joe@example.com"))),
                        accepted -> true);
        ExecutionSummaryPage found = await().atMost(SOON)
                .until(
                        () -> executions.listExecutions(created.getId(), null, null, null, null, null, 10, null),
                        page -> page.getItems().size() == 1
                                && page.getItems().getFirst().getStatus() == ExecutionStatus.COMPLETED);
        assertThat(found.getItems().getFirst().getExecutionId()).isEqualTo(run.getExecutionId());
        assertThat(executions.getExecution(run.getExecutionId()).getSteps()).hasSize(1);
    }

    @Test
    void a_mistake_is_a_problem_with_its_place() {
        ApiException refused = catchThrowableOfType(
                ApiException.class, () -> workflows.createWorkflow(document("NO_SUCH_OPERATOR"), null));

        assertThat(refused.getCode()).isEqualTo(400);
        Problem problem = Json.MAPPER.readValue(refused.getResponseBody(), Problem.class);
        assertThat(problem.getErrors()).anyMatch(error -> error.getPointer().startsWith("/steps/0/condition"));
    }

    private static WorkflowDocument document(String operator) {
        return new WorkflowDocument()
                .name("By a client")
                .isActive(true)
                .trigger(Map.of("type", "MANUAL"))
                .steps(List.of(Map.of(
                        "id",
                        "only",
                        "type",
                        "FILTER",
                        "condition",
                        Map.of("field", "trigger.email", "operator", operator))));
    }
}
