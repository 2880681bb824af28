package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SalesforceApiTest extends SimulatorTestBase {
    private static final String LEAD = "/services/data/v66.0/sobjects/Lead/Meta_Lead_Id__c/";
    private static final String TOKEN = "salesforce-demo-token";
    private static final String JOE = """
            {"LastName":"Example","Company":"X","Email":"joe@example.com"}""";

    private static Reply upsert(String externalId, String body, Map<String, String> more) throws Exception {
        Map<String, String> headers = new java.util.HashMap<>(more);
        headers.put("Authorization", "Bearer " + TOKEN);
        headers.put("Content-Type", "application/json");
        return caller.send("PATCH", "/salesforce" + LEAD + externalId, body, headers);
    }

    private static Reply upsert(String externalId, String body) throws Exception {
        return upsert(externalId, body, Map.of());
    }

    private static String part(String name, String externalId, String body) {
        return """
                {"method":"PATCH","url":"%s%s","referenceId":"%s","body":%s}""".formatted(LEAD, externalId, name, body);
    }

    private static Reply composite(boolean all, String... parts) throws Exception {
        return caller.postJson(
                "/salesforce/services/data/v66.0/composite",
                TOKEN,
                "{\"allOrNone\":" + all + ",\"compositeRequest\":[" + String.join(",", parts) + "]}");
    }

    @Test
    void an_upsert_creates_with_201_and_updates_with_200() throws Exception {
        Reply first = upsert("1", JOE);
        Reply second = upsert("1", JOE);

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.at("/created").booleanValue()).isTrue();
        assertThat(first.header("Sforce-Limit-Info")).isEqualTo("api-usage=1/100000");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.at("/created").booleanValue()).isFalse();
        assertThat(second.at("/id")).isEqualTo(first.at("/id"));
        assertThat(server.effects().kept(Vendor.SALESFORCE)).hasSize(1);
    }

    @Test
    void several_records_of_one_external_id_are_answered_with_300_and_nothing_is_written() throws Exception {
        String one = server.salesforce().add("1", "a@example.com");
        server.salesforce().add("1", "b@example.com");

        Reply reply = upsert("1", JOE);
        assertThat(reply.status()).isEqualTo(300);
        assertThat(reply.at("/0").stringValue()).isEqualTo("/services/data/v66.0/sobjects/Lead/" + one);
        assertThat(server.effects().kept(Vendor.SALESFORCE)).isEmpty();
    }

    @Test
    void the_duplicate_rule_names_the_record_and_lets_pass_who_says_so() throws Exception {
        String known = server.salesforce().add("1", "joe@example.com");
        server.salesforce().duplicateRule(true);

        Reply refused = upsert("2", JOE);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/0/errorCode").stringValue()).isEqualTo("DUPLICATES_DETECTED");
        assertThat(refused.at("/0/duplicateResult/matchResults/0/matchRecords/0/record/Id")
                        .stringValue())
                .isEqualTo(known);
        assertThat(upsert("2", JOE, Map.of("Sforce-Duplicate-Rule-Header", "allowSave=true"))
                        .status())
                .isEqualTo(201);
        assertThat(upsert("1", JOE).status()).isEqualTo(200);
    }

    @Test
    void a_row_that_somebody_writes_is_locked_for_a_while() throws Exception {
        server.salesforce().lock("1");
        Reply locked = upsert("1", JOE);
        assertThat(locked.status()).isEqualTo(400);
        assertThat(locked.at("/0/errorCode").stringValue()).isEqualTo("UNABLE_TO_LOCK_ROW");
        server.salesforce().unlock("1");
        assertThat(upsert("1", JOE).status()).isEqualTo(201);
    }

    @Test
    void a_composite_request_is_answered_with_200_though_parts_fail() throws Exception {
        Reply reply = composite(false, part("good", "1", JOE), part("bad", "2", "{\"LastName\":\"X\"}"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/compositeResponse/0/httpStatusCode").asInt()).isEqualTo(201);
        assertThat(reply.at("/compositeResponse/1/referenceId").stringValue()).isEqualTo("bad");
        assertThat(reply.at("/compositeResponse/1/httpStatusCode").asInt()).isEqualTo(400);
        assertThat(reply.at("/compositeResponse/1/body/0/errorCode").stringValue())
                .isEqualTo("REQUIRED_FIELD_MISSING");
        assertThat(server.effects().kept(Vendor.SALESFORCE)).containsOnlyKeys("1");
    }

    @Test
    void with_all_or_none_one_that_fails_halts_the_others() throws Exception {
        Reply reply = composite(true, part("good", "1", JOE), part("bad", "2", "{\"LastName\":\"X\"}"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/compositeResponse/0/body/0/errorCode").stringValue())
                .isEqualTo("PROCESSING_HALTED");
        assertThat(reply.at("/compositeResponse/1/body/0/errorCode").stringValue())
                .isEqualTo("REQUIRED_FIELD_MISSING");
        assertThat(server.effects().kept(Vendor.SALESFORCE)).isEmpty();
        assertThat(composite(true, part("good", "1", JOE))
                        .at("/compositeResponse/0/httpStatusCode")
                        .asInt())
                .isEqualTo(201);
    }

    @Test
    void what_salesforce_would_not_take_is_refused_in_an_array() throws Exception {
        assertThat(upsert("1", "{\"LastName\":\"X\"}").at("/0/errorCode").stringValue())
                .isEqualTo("REQUIRED_FIELD_MISSING");
        assertThat(upsert("1", "{\"Meta_Lead_Id__c\":\"1\"}").at("/0/errorCode").stringValue())
                .isEqualTo("INVALID_FIELD");
        assertThat(upsert("1", "[]").at("/0/errorCode").stringValue()).isEqualTo("JSON_PARSER_ERROR");
        Reply expired = caller.postJson("/salesforce" + LEAD + "1", "wrong", JOE);
        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.at("/0/errorCode").stringValue()).isEqualTo("INVALID_SESSION_ID");
        assertThat(caller.postJson("/salesforce" + LEAD + "1", TOKEN, JOE).status())
                .isEqualTo(405);
        assertThat(caller.postJson("/salesforce/services/data/v66.0/composite", TOKEN, "{}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void calls_beyond_the_limit_are_answered_with_403() throws Exception {
        server.callRates().allow(Vendor.SALESFORCE, Duration.ofSeconds(10), 1);
        assertThat(upsert("1", JOE).status()).isEqualTo(201);
        Reply reply = upsert("1", JOE);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.at("/0/errorCode").stringValue()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
    }
}
