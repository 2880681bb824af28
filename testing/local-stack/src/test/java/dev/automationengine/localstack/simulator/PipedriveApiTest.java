package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipedriveApiTest extends SimulatorTestBase {
    private static final String PERSONS = "/pipedrive/api/v2/persons";
    private static final String JOE = """
            {"name":"Joe","emails":[{"value":"joe@example.com","primary":true}]}""";

    private static Reply send(String method, String path, String body) throws IOException, InterruptedException {
        return caller.send(
                method, path, body, Map.of("x-api-token", "pipedrive-demo-token", "Content-Type", "application/json"));
    }

    @Test
    void pipedrive_knows_no_duplicates() throws Exception {
        assertThat(send("POST", PERSONS, JOE).status()).isEqualTo(201);
        assertThat(send("POST", PERSONS, JOE).at("/data/id").asInt()).isEqualTo(2);
        assertThat(send("GET", PERSONS + "/search?term=joe@example.com&fields=email&exact_match=true", "")
                        .at("/data/items")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void a_person_is_changed_member_by_member() throws Exception {
        send("POST", PERSONS, JOE);
        Reply changed = send("PATCH", PERSONS + "/1", "{\"name\":\"Joseph\"}");
        assertThat(changed.at("/data/name").stringValue()).isEqualTo("Joseph");
        assertThat(changed.at("/data/emails/0/value").stringValue()).isEqualTo("joe@example.com");
        assertThat(send("PATCH", PERSONS + "/9", "{}").status()).isEqualTo(404);
    }

    @Test
    void what_pipedrive_would_not_take_is_refused() throws Exception {
        assertThat(send("POST", PERSONS, "{}").status()).isEqualTo(400);
        assertThat(send("POST", PERSONS, "{\"name\":\"Joe\",\"nickname\":\"J\"}")
                        .status())
                .isEqualTo(400);
        assertThat(send("POST", PERSONS, "{\"name\":\"Joe\",\"custom_fields\":{\"other\":1}}")
                        .status())
                .isEqualTo(400);
        assertThat(send("GET", PERSONS + "/search?term=j&fields=email", "").status())
                .isEqualTo(400);
        assertThat(send("GET", "/pipedrive/api/v1/leads", "").status()).isEqualTo(404);
        assertThat(caller.postJson(PERSONS, "pipedrive-demo-token", JOE).status())
                .as("an API token is no bearer token")
                .isEqualTo(401);
    }

    @Test
    void a_spent_day_is_told_with_429_and_then_with_a_page() throws Exception {
        server.pipedrive().budget(1);
        assertThat(send("POST", PERSONS, JOE).status()).isEqualTo(201);

        Reply spent = send("POST", PERSONS, JOE);
        assertThat(spent.status()).isEqualTo(429);
        assertThat(spent.header("x-daily-requests-left")).isEqualTo("0");
        assertThat(send("POST", PERSONS, JOE).status()).isEqualTo(429);
        Reply page = send("POST", PERSONS, JOE);
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(server.effects().kept(Vendor.PIPEDRIVE)).hasSize(1);
    }
}
