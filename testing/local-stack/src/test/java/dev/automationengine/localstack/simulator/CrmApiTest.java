package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrmApiTest extends SimulatorTestBase {
    private static final String JOE = """
            {"email":"joe@example.com","name":"Joe","phone":"+16505551234"}""";

    private static Reply create(String body, String idempotencyKey) throws Exception {
        return caller.send(
                "POST",
                "/crm/contacts",
                body,
                Map.of(
                        "Authorization", "Bearer crm-demo-key",
                        "Content-Type", "application/json",
                        "Idempotency-Key", idempotencyKey));
    }

    @Test
    void a_contact_is_created_with_its_fields() throws Exception {
        Reply reply = caller.postJson("/crm/contacts", "crm-demo-key", JOE);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.at("/id").stringValue()).startsWith("c_");
        assertThat(reply.at("/email").stringValue()).isEqualTo("joe@example.com");
        CrmContact contact = server.effects().contacts().getFirst();
        assertThat(contact.email()).isEqualTo("joe@example.com");
        assertThat(contact.fields()).containsEntry("phone", "+16505551234");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"joe\"", "\"joe@example\"", "\"a b@example.com\"", "17", "\"joe@.com\""})
    void an_invalid_email_is_refused_and_named(String email) throws Exception {
        Reply reply = caller.postJson("/crm/contacts", "crm-demo-key", "{\"email\":" + email + ",\"phone\":\"1\"}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error/code").stringValue()).isEqualTo("invalid_email");
        assertThat(reply.at("/error/field").stringValue()).isEqualTo("email");
        assertThat(server.effects().contacts()).isEmpty();
    }

    @Test
    void a_contact_that_nobody_can_reach_is_refused() throws Exception {
        Reply reply = caller.postJson("/crm/contacts", "crm-demo-key", "{\"name\":\"Joe\",\"email\":null}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error/code").stringValue()).isEqualTo("missing_field");
    }

    @Test
    void the_same_idempotency_key_gets_the_same_answer_and_no_second_contact() throws Exception {
        Reply first = create(JOE, "\"exec_1:step_2:1\"");
        Reply unquoted = create(JOE, "exec_1:step_2:1");
        Reply other = create(JOE, "exec_2:step_2:1");

        assertThat(unquoted.status()).isEqualTo(201);
        assertThat(unquoted.response().body()).isEqualTo(first.response().body());
        assertThat(unquoted.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(other.at("/id")).isNotEqualTo(first.at("/id"));
        assertThat(server.effects().contacts()).hasSize(2);
        assertThat(server.effects().repeatedContacts()).containsExactly(Map.entry("joe@example.com", 2L));
    }

    @Test
    void an_idempotency_key_used_for_another_payload_is_refused() throws Exception {
        create(JOE, "k");
        assertThat(create(JOE.replace("Joe", "Ann"), "k").status()).isEqualTo(422);
        assertThat(server.effects().contacts()).hasSize(1);
    }

    @Test
    void a_refused_contact_does_not_use_its_idempotency_key_up() throws Exception {
        assertThat(create("{\"email\":\"joe\"}", "k").status()).isEqualTo(422);
        assertThat(create(JOE, "k").status()).isEqualTo(201);
    }

    @Test
    void a_lost_response_leaves_the_contact_and_the_repeat_finds_it() throws Exception {
        server.faults().add(Vendor.CRM, Fault.lostResponse().times(1));

        assertThatThrownBy(() -> create(JOE, "k")).isInstanceOf(IOException.class);
        Reply repeat = create(JOE, "k");

        assertThat(repeat.status()).isEqualTo(201);
        assertThat(repeat.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(server.effects().contacts()).hasSize(1);
    }

    @Test
    void wrong_keys_paths_methods_types_and_bodies_are_refused() throws Exception {
        assertThat(caller.postJson("/crm/contacts", "wrong", JOE).status()).isEqualTo(401);
        assertThat(caller.postJson("/crm/deals", "crm-demo-key", JOE).status()).isEqualTo(404);
        assertThat(caller.send("PUT", "/crm/contacts", "", Map.of("Authorization", "Bearer crm-demo-key"))
                        .status())
                .isEqualTo(405);
        assertThat(caller.postForm("/crm/contacts", "crm-demo-key", Map.of("email", "a@b.c"))
                        .status())
                .isEqualTo(415);
        assertThat(caller.postJson("/crm/contacts", "crm-demo-key", "[1]").status())
                .isEqualTo(400);
        server.tokens().revokeCrmKey("crm-demo-key");
        assertThat(caller.postJson("/crm/contacts", "crm-demo-key", JOE).status())
                .isEqualTo(401);
    }

    @Test
    void contacts_are_found_by_their_external_id_alone() throws Exception {
        caller.postJson("/crm/contacts", "crm-demo-key", "{\"email\":\"joe@example.com\",\"external_id\":\"a:1\"}");

        Reply found = find("?external_id=a:1", "crm-demo-key");
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.at("/items/0/email").stringValue()).isEqualTo("joe@example.com");
        assertThat(found.at("/items/0/id").stringValue()).startsWith("c_");
        assertThat(find("?external_id=b", "crm-demo-key").at("/items").size()).isZero();
        assertThat(find("", "crm-demo-key").status()).isEqualTo(400);
        assertThat(find("?external_id=a:1&email=x", "crm-demo-key").status()).isEqualTo(400);
        assertThat(find("?external_id=a:1", "wrong").status()).isEqualTo(401);
    }

    private static Reply find(String query, String key) throws Exception {
        return caller.send("GET", "/crm/contacts" + query, "", Map.of("Authorization", "Bearer " + key));
    }
}
