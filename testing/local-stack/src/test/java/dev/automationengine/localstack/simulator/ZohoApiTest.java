package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ZohoApiTest extends SimulatorTestBase {
    private static Reply send(String method, String path, String body, String scheme) throws Exception {
        return caller.send(
                method,
                path,
                body,
                Map.of("Authorization", scheme + " zoho-demo-token", "Content-Type", "application/json"));
    }

    private static Reply upsert(String field, String... records) throws Exception {
        return send(
                "POST",
                "/zoho/crm/v8/Leads/upsert",
                "{\"data\":[" + String.join(",", records) + "],\"duplicate_check_fields\":[\"" + field + "\"]}",
                "Zoho-oauthtoken");
    }

    private static String lead(String email, String phone) {
        return """
                {"Last_Name":"Example","Email":"%s","Phone":"%s"}""".formatted(email, phone);
    }

    @Test
    void an_upsert_tells_whether_it_inserted_or_updated() throws Exception {
        Reply first = upsert("Email", lead("joe@example.com", "1"));
        Reply second = upsert("Email", lead("joe@example.com", "2"));

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.at("/data/0/action").stringValue()).isEqualTo("insert");
        assertThat(second.at("/data/0/action").stringValue()).isEqualTo("update");
        assertThat(second.at("/data/0/details/id")).isEqualTo(first.at("/data/0/details/id"));
        assertThat(server.effects().kept(Vendor.ZOHO)).hasSize(1);
    }

    @Test
    void records_fail_one_by_one_within_an_answer_of_success() throws Exception {
        upsert("Email", lead("joe@example.com", "1"));

        Reply mixed = upsert("Phone", lead("joe@example.com", "2"), lead("ann@example.com", "3"), "{\"Phone\":\"4\"}");

        assertThat(mixed.status()).isEqualTo(202);
        assertThat(mixed.at("/data/0/code").stringValue()).isEqualTo("DUPLICATE_DATA");
        assertThat(mixed.at("/data/0/details/api_name").stringValue()).isEqualTo("Email");
        assertThat(mixed.at("/data/1/status").stringValue()).isEqualTo("success");
        assertThat(mixed.at("/data/2/code").stringValue()).isEqualTo("MANDATORY_NOT_FOUND");
        assertThat(server.effects().kept(Vendor.ZOHO)).hasSize(2);
    }

    @Test
    void a_locked_record_is_not_written() throws Exception {
        server.zoho().lock("joe@example.com");
        assertThat(upsert("Email", lead("joe@example.com", "1"))
                        .at("/data/0/code")
                        .stringValue())
                .isEqualTo("RECORD_LOCKED");
        assertThat(server.effects().kept(Vendor.ZOHO)).isEmpty();
    }

    @Test
    void a_token_of_another_data_centre_is_not_known() throws Exception {
        Reply reply = send(
                "POST",
                "/zoho/eu/crm/v8/Leads/upsert",
                "{\"data\":[" + lead("a@example.com", "1") + "]}",
                "Zoho-oauthtoken");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.at("/code").stringValue()).isEqualTo("INVALID_TOKEN");
    }

    @Test
    void a_search_that_finds_nothing_has_no_body() throws Exception {
        Reply none = send("GET", "/zoho/crm/v8/Leads/search?email=joe@example.com", "", "Zoho-oauthtoken");
        assertThat(none.status()).isEqualTo(204);
        assertThat(none.response().body()).isEmpty();
        upsert("Email", lead("joe@example.com", "1"));
        assertThat(send("GET", "/zoho/crm/v8/Leads/search?email=joe@example.com", "", "Zoho-oauthtoken")
                        .at("/data/0/Phone")
                        .stringValue())
                .isEqualTo("1");
    }

    @Test
    void what_zoho_would_not_take_is_refused() throws Exception {
        assertThat(send("POST", "/zoho/crm/v8/Leads/upsert", "{}", "Bearer")
                        .at("/code")
                        .stringValue())
                .isEqualTo("INVALID_TOKEN");
        assertThat(send("POST", "/zoho/crm/v8/Leeds/upsert", "{}", "Zoho-oauthtoken")
                        .at("/code")
                        .stringValue())
                .isEqualTo("INVALID_MODULE");
        assertThat(send("POST", "/zoho/crm/v8/Leads/upsert", "{\"data\":[]}", "Zoho-oauthtoken")
                        .status())
                .isEqualTo(400);
        assertThat(send("GET", "/zoho/crm/v8/Leads", "", "Zoho-oauthtoken").status())
                .isEqualTo(404);
    }

    @Test
    void calls_beyond_the_limit_are_throttled() throws Exception {
        server.callRates().allow(Vendor.ZOHO, Duration.ofSeconds(10), 1);
        assertThat(upsert("Email", lead("a@example.com", "1")).status()).isEqualTo(200);
        Reply reply = upsert("Email", lead("b@example.com", "2"));
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.at("/code").stringValue()).isEqualTo("TOO_MANY_REQUESTS");
    }
}
