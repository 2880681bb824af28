package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ControlApiTest extends SimulatorTestBase {
    private static Reply control(String method, String path, String body) throws Exception {
        return caller.send(method, "/control" + path, body, Map.of("Content-Type", "application/json"));
    }

    @Test
    void leads_and_forms_are_added() throws Exception {
        Reply put = control("PUT", "/leads", """
                {"forms":[{"page_id":"138124712925158","form_id":"5"}],
                 "leads":[{"id":"1","created_time":"2026-02-28T08:49:14Z","ad":{"ad_id":"7"},
                           "answers":{"email":["joe@example.com"]},"disclaimers":{"d":true}}]}""");

        assertThat(put.status()).isEqualTo(204);
        Reply lead = caller.get("/graph/v26.0/1?fields=ad_id,field_data,is_organic,form_id", "EAAPAGE");
        assertThat(lead.at("/ad_id").stringValue()).isEqualTo("7");
        assertThat(lead.at("/is_organic").booleanValue()).isFalse();
        assertThat(lead.at("/form_id").stringValue()).isEqualTo(DemoAccounts.FORM);
        assertThat(lead.at("/field_data/0/values/0").stringValue()).isEqualTo("joe@example.com");
        assertThat(caller.get("/graph/v26.0/5/leads", "EAAPAGE").status()).isEqualTo(200);
    }

    @Test
    void tokens_are_accepted_and_ended() throws Exception {
        control("PUT", "/tokens", """
                {"page_tokens":[{"token":"P2","page_ids":["2"]}],"whatsapp":[{"token":"W2","phone_number_id":"3"}],
                 "crm_keys":["K2"],"expired":[{"token":"EAAPAGE","error_subcode":460}]}""");

        assertThat(server.tokens().seesPage("P2", "2")).isTrue();
        assertThat(server.tokens().sendsFrom("W2", "3")).isTrue();
        assertThat(server.tokens().acceptsCrmKey("K2")).isTrue();
        assertThat(caller.get("/graph/v26.0/1", "EAAPAGE")
                        .at("/error/error_subcode")
                        .asInt())
                .isEqualTo(460);
    }

    @Test
    void templates_and_windows_of_whatsapp_are_set() throws Exception {
        control("PUT", "/whatsapp", """
                {"templates":[{"name":"bye","language":"de"}],"received":["+16505551234"],"unreachable":["+441234567"]}
                """);

        assertThat(server.whatsApp().bodyParameters("bye", "de")).contains(0);
        assertThat(server.whatsApp().windowOpen("16505551234")).isTrue();
        assertThat(server.whatsApp().reachable("441234567")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"status\":418,\"headers\":{\"Retry-After\":\"3\"},\"body\":{\"a\":1}}|418|{\"a\":1}",
                "[{\"status\":500,\"body\":\"plain\"}]|500|plain",
                "{\"graph_error\":{\"code\":190,\"error_subcode\":463,\"message\":\"m\"}}|400|\"error_subcode\":463",
                "{\"throttle\":4}|400|\"code\":4",
                "{\"outage\":true}|503|\"code\":2",
                "{\"html\":true}|502|<h1>502 Bad Gateway</h1>",
                "{\"delay_ms\":1}|400|\"error_subcode\":33"
            })
    void faults_are_switched_on_and_off(String fault, int status, String body) throws Exception {
        assertThat(control("PUT", "/faults/graph", fault).status()).isEqualTo(204);

        Reply reply = caller.get("/graph/v26.0/1", "EAAPAGE");
        Reply off = control("DELETE", "/faults", "");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.response().body()).contains(body);
        assertThat(off.status()).isEqualTo(204);
        assertThat(server.faults().active(Vendor.GRAPH)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"throtle\":4}", "{}", "not json", "{\"times\":1}", "[{\"match\":\"x\"}]"})
    void a_fault_that_would_do_nothing_is_refused(String fault) throws Exception {
        assertThat(control("PUT", "/faults/graph", fault).status()).isEqualTo(400);
        assertThat(server.faults().active(Vendor.GRAPH)).isZero();
    }

    @Test
    void put_replaces_the_faults_of_a_vendor_and_post_adds_to_them() throws Exception {
        control("PUT", "/faults/echo", "{\"status\":500,\"match\":\"/a\"}");
        control("PUT", "/faults/echo", "{\"status\":501,\"match\":\"/b\"}");
        control("POST", "/faults/echo", "{\"status\":502,\"match\":\"/c\"}");

        assertThat(caller.get("/echo/a", "t").status()).isEqualTo(200);
        assertThat(caller.get("/echo/b", "t").status()).isEqualTo(501);
        assertThat(caller.get("/echo/c", "t").status()).isEqualTo(502);
    }

    @Test
    void requests_and_effects_are_read() throws Exception {
        String joe = "{\"email\":\"joe@example.com\"}";
        caller.postJson("/crm/contacts", "crm-demo-key", joe);
        caller.postJson("/crm/contacts", "crm-demo-key", joe);
        caller.get("/echo/a", "t");

        Reply requests = control("GET", "/requests?vendor=crm&limit=1", "");
        Reply effects = control("GET", "/effects?limit=1", "");

        assertThat(requests.at("/requests")).hasSize(1);
        assertThat(requests.at("/requests/0/body").stringValue()).isEqualTo(joe);
        assertThat(requests.at("/counts/crm").asInt()).isEqualTo(2);
        assertThat(requests.at("/counts/echo").asInt()).isEqualTo(1);
        assertThat(effects.at("/crm_contacts").asInt()).isEqualTo(2);
        assertThat(effects.at("/contacts")).hasSize(1);
        assertThat(effects.at("/repeated_contacts/joe@example.com").asInt()).isEqualTo(2);
        assertThat(control("GET", "/requests?vendor=nobody", "").status()).isEqualTo(400);
    }

    @Test
    void a_document_that_is_put_again_as_it_is_has_not_changed() throws Exception {
        caller.send("PUT", "/echo/leads/1", "{\"stage\":\"new\"}", Map.of());
        caller.send("PUT", "/echo/leads/1", "{\"stage\":\"new\"}", Map.of());
        caller.send("PUT", "/echo/leads/2", "{\"stage\":\"new\"}", Map.of());
        caller.send("PUT", "/echo/leads/2", "{\"stage\":\"greeted\"}", Map.of());

        JsonNode documents = control("GET", "/effects", "").at("/documents");

        assertThat(documents.path("/echo/leads/1").path("puts").asInt()).isEqualTo(2);
        assertThat(documents.path("/echo/leads/1").path("changes").asInt()).isZero();
        assertThat(documents.path("/echo/leads/2").path("changes").asInt()).isEqualTo(1);
        assertThat(documents.path("/echo/leads/2").path("body").asString()).isEqualTo("{\"stage\":\"greeted\"}");
    }

    @Test
    void a_reset_brings_the_first_state_back() throws Exception {
        server.leads().add(joe("1"));
        server.tokens().page("P2", "2");
        server.faults().add(Vendor.GRAPH, Fault.status(500));

        assertThat(control("DELETE", "", "").status()).isEqualTo(204);

        Reply lead = caller.get("/graph/v26.0/1", "EAAPAGE");
        assertThat(lead.at("/error/error_subcode").asInt()).isEqualTo(33);
        assertThat(server.tokens().knownToMeta("P2")).isFalse();
        assertThat(server.requests().count(Vendor.GRAPH)).isEqualTo(1);
    }

    @Test
    void what_the_control_does_not_know_is_not_found() throws Exception {
        assertThat(control("PUT", "/faults/nobody", "{}").status()).isEqualTo(404);
        assertThat(control("PATCH", "/leads", "{}").status()).isEqualTo(404);
    }
}
