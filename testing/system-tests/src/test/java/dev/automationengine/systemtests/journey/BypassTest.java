package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Requests that go past the gateway, straight to a service, with all that a caller may have. */
@ExtendWith(FleetExtension.class)
class BypassTest {
    private final Fleet fleet;

    BypassTest(Fleet fleet) {
        this.fleet = fleet;
    }

    @ParameterizedTest
    @CsvSource({
        "trigger-service, GET, /v1/events",
        "trigger-service, POST, /v1/workflows/wf_1:run",
        "trigger-service, POST, /webhooks/meta",
        "polling-service, GET, /v1/polls",
        "dispatcher-service, GET, /v1/workflows",
        "dispatcher-service, POST, /v1/workflows",
        "scheduler-service, GET, /v1/schedules",
        "worker-service, GET, /v1/credentials",
        "worker-service, POST, /v1/credentials",
        "logging-service, GET, /v1/executions"
    })
    void a_service_takes_tokens_of_the_gateway_and_nothing_that_callers_have(
            String service, String method, String path) {
        Map<String, String> said = Map.of("X-Engine-Org", fleet.text("organization_id"), "X-Forwarded-User", "user_1");
        assertThat(Http.post(fleet.service(service, path), "{}", said).status()).isEqualTo(401);
        Object body = method.equals("POST") ? Map.of() : null;
        assertThat(Http.send(method, fleet.service(service, path), null, body).status())
                .isEqualTo(401);
        for (String shown : List.of(fleet.text("api_key"), accessToken(), "nonsense")) {
            assertThat(Http.send(method, fleet.service(service, path), shown, body)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void the_owner_of_a_local_engine_signs_in_through_the_gateway() {
        Http.Answer answer = Http.send("GET", fleet.api("/v1/workflows"), accessToken(), null);
        assertThat(answer.status()).isEqualTo(200);
    }

    private String accessToken() {
        JsonNode owner = fleet.facts();
        Http.Answer answer = Http.send(
                "POST",
                fleet.api("/v1/auth/login"),
                null,
                Map.of(
                        "email", owner.required("owner_email").asString(),
                        "password", owner.required("owner_password").asString()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body().required("access_token").asString();
    }
}
