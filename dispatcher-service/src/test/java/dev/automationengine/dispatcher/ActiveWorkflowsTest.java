package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.model.id.WorkflowId;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A plan limits how many workflows are active, and says so. */
@TestPropertySource(properties = "engine.quotas.plans.free.active-workflows=2")
class ActiveWorkflowsTest extends DispatcherScene {
    private static final String DRAFT = Seed.JSON.replace("\"is_active\": true", "\"is_active\": false");

    @Test
    void one_more_than_the_plan_allows_is_not_activated_in_any_way() {
        create(Seed.JSON);
        WorkflowId second = create(Seed.JSON);
        WorkflowId draft = create(DRAFT);

        HttpResponse<String> created = rest().post("/v1/workflows", Seed.JSON);
        HttpResponse<String> activated = rest().post("/v1/workflows/" + draft + ":activate", "");

        assertThat(created.statusCode()).isEqualTo(409);
        assertThat(created.body()).contains("problems/quota-reached", "free", "2 active workflows", "change the plan");
        assertThat(activated.statusCode()).isEqualTo(409);
        assertThat(rest().getMap("/v1/usage").get("active_workflows")).isEqualTo(Map.of("used", 2, "limit", 2));

        rest().post("/v1/workflows/" + second + ":deactivate", "");
        assertThat(rest().post("/v1/workflows/" + draft + ":activate", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_request_that_is_sent_again_gets_the_workflow_that_it_made() {
        create(Seed.JSON);
        Map<String, String> key = Map.of("Idempotency-Key", "one");
        HttpResponse<String> first = rest().post("/v1/workflows", Seed.JSON, key);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(rest().post("/v1/workflows", Seed.JSON, key).statusCode()).isEqualTo(201);
    }
}
