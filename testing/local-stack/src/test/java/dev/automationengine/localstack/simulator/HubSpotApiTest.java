package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubSpotApiTest extends SimulatorTestBase {
    private static final String CONTACTS = "/hubspot/crm/v3/objects/contacts";
    private static final String TOKEN = "hubspot-demo-token";

    private static Reply insert(String properties) throws Exception {
        return caller.postJson(CONTACTS, TOKEN, "{\"properties\":{" + properties + "}}");
    }

    private static Reply upsert(String... inputs) throws Exception {
        return caller.postJson(CONTACTS + "/batch/upsert", TOKEN, "{\"inputs\":[" + String.join(",", inputs) + "]}");
    }

    private static String input(String by, String id, String properties) {
        return """
                {"idProperty":"%s","id":"%s","objectWriteTraceId":"t-%s","properties":{%s}}""".formatted(by, id, id, properties);
    }

    @Test
    void an_upsert_makes_a_contact_once_and_changes_it_the_second_time() throws Exception {
        Reply first = upsert(input("email", "joe@example.com", "\"firstname\":\"Joe\""));
        Reply second = upsert(input("email", "joe@example.com", "\"firstname\":\"Joseph\""));

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.at("/results/0/new").booleanValue()).isTrue();
        assertThat(first.at("/results/0/objectWriteTraceId").stringValue()).isEqualTo("t-joe@example.com");
        assertThat(second.at("/results/0/new").booleanValue()).isFalse();
        assertThat(second.at("/results/0/id")).isEqualTo(first.at("/results/0/id"));
        assertThat(server.effects().kept(Vendor.HUBSPOT)).hasSize(1);
    }

    @Test
    void a_duplicate_is_a_conflict_that_tells_the_id_in_its_text_only() throws Exception {
        Reply first = insert("\"email\":\"joe@example.com\"");
        Reply again = insert("\"email\":\"JOE@example.com\"");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.at("/category").stringValue()).isEqualTo("CONFLICT");
        assertThat(again.at("/message").stringValue())
                .isEqualTo("Contact already exists. Existing ID: "
                        + first.at("/id").stringValue());
        assertThat(server.effects().kept(Vendor.HUBSPOT)).hasSize(1);
    }

    @Test
    void inputs_of_a_batch_fail_alone_and_the_answer_is_207() throws Exception {
        insert("\"email\":\"joe@example.com\",\"fb_lead_id\":\"7\"");

        Reply mixed = upsert(
                input("email", "ann@example.com", "\"fb_lead_id\":\"7\""),
                input("email", "bob@example.com", "\"fb_lead_id\":\"8\""));

        assertThat(mixed.status()).isEqualTo(207);
        assertThat(mixed.at("/results").size()).isEqualTo(1);
        assertThat(mixed.at("/numErrors").asInt()).isEqualTo(1);
        assertThat(mixed.at("/errors/0/category").stringValue()).isEqualTo("CONFLICT");
        assertThat(mixed.at("/errors/0/context/objectWriteTraceId/0").stringValue())
                .isEqualTo("t-ann@example.com");
        assertThat(server.effects().kept(Vendor.HUBSPOT))
                .containsKey("email=bob@example.com")
                .doesNotContainKey("email=ann@example.com");
    }

    @Test
    void a_contact_is_changed_by_its_id_or_by_a_unique_property() throws Exception {
        String id = insert("\"email\":\"joe@example.com\"").at("/id").stringValue();
        insert("\"email\":\"ann@example.com\"");
        Map<String, String> headers = Map.of("Authorization", "Bearer " + TOKEN, "Content-Type", "application/json");

        Reply byAddress = caller.send(
                "PATCH",
                CONTACTS + "/joe%40example.com?idProperty=email",
                "{\"properties\":{\"firstname\":\"Joe\"}}",
                headers);
        assertThat(byAddress.at("/id").stringValue()).isEqualTo(id);
        assertThat(byAddress.at("/properties/email").stringValue()).isEqualTo("joe@example.com");
        assertThat(caller.send(
                                "PATCH",
                                CONTACTS + "/" + id,
                                "{\"properties\":{\"email\":\"ann@example.com\"}}",
                                headers)
                        .status())
                .isEqualTo(409);
        assertThat(caller.send("PATCH", CONTACTS + "/1", "{\"properties\":{}}", headers)
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"no_such_property\":\"x\"", "\"employees\":12", "\"email\":\"joe\"", "\"firstname\":null"})
    void properties_that_do_not_fit_are_refused(String properties) throws Exception {
        Reply reply = insert(properties);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/category").stringValue()).isEqualTo("VALIDATION_ERROR");
        assertThat(server.effects().kept(Vendor.HUBSPOT)).isEmpty();
    }

    @Test
    void batches_that_hubspot_would_not_take_are_refused() throws Exception {
        assertThat(upsert().status()).isEqualTo(400);
        String[] many = new String[101];
        java.util.Arrays.setAll(many, i -> input("email", "a" + i + "@example.com", ""));
        assertThat(upsert(many).status()).isEqualTo(400);
        assertThat(upsert(input("phone", "1", "")).status()).isEqualTo(400);
        assertThat(caller.postForm(CONTACTS, TOKEN, Map.of("email", "x")).status())
                .isEqualTo(405);
        assertThat(caller.postJson("/hubspot/crm/v3/objects/deals", TOKEN, "{}").status())
                .isEqualTo(404);
        assertThat(caller.postJson(CONTACTS, "wrong", "{}").at("/category").stringValue())
                .isEqualTo("EXPIRED_AUTHENTICATION");
    }

    @Test
    void calls_beyond_the_limit_are_throttled_until_time_has_passed() throws Exception {
        server.callRates().allow(Vendor.HUBSPOT, Duration.ofSeconds(1), 2);
        assertThat(insert("\"email\":\"a@example.com\"").status()).isEqualTo(201);
        assertThat(insert("\"email\":\"b@example.com\"").status()).isEqualTo(201);

        Reply third = insert("\"email\":\"c@example.com\"");
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.at("/policyName").stringValue()).isEqualTo("TEN_SECONDLY_ROLLING");
        assertThat(third.header("X-HubSpot-RateLimit-Remaining")).isEqualTo("0");
        CLOCK.set(NOW.plusSeconds(1));
        assertThat(insert("\"email\":\"c@example.com\"").status()).isEqualTo(201);
    }
}
