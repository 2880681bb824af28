package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphApiTest extends SimulatorTestBase {
    private static final String LEAD = "/graph/v26.0/233370042045345";

    @Test
    void a_lead_has_the_default_fields_when_none_are_asked_for() throws Exception {
        server.leads().add(joe("233370042045345").fromAd(Map.of("ad_id", "1", "ad_name", "Ad A")));

        Reply reply = caller.get(LEAD, "EAAPAGE");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().propertyNames())
                .containsExactlyInAnyOrder("id", "created_time", "ad_id", "form_id", "field_data");
        assertThat(reply.at("/created_time").stringValue()).isEqualTo("2026-02-28T08:49:14+0000");
        assertThat(reply.at("/field_data/2/values")).hasSize(2);
    }

    @Test
    void only_the_fields_asked_for_come_and_what_a_lead_lacks_is_left_out() throws Exception {
        server.leads().add(joe("233370042045345").disclaimer("optional_1", true).disclaimer("optional_2", false));

        Reply reply = caller.get(LEAD + "?fields=is_organic,platform,custom_disclaimer_responses", "EAAPAGE");

        assertThat(reply.json().propertyNames())
                .containsExactlyInAnyOrder("id", "is_organic", "custom_disclaimer_responses");
        assertThat(reply.at("/is_organic").booleanValue()).isTrue();
        assertThat(reply.at("/custom_disclaimer_responses/0/is_checked").stringValue())
                .isEqualTo("1");
        assertThat(reply.at("/custom_disclaimer_responses/1/is_checked").stringValue())
                .isEmpty();
    }

    @Test
    void a_field_that_no_lead_has_is_refused() throws Exception {
        server.leads().add(joe("233370042045345"));

        Reply reply = caller.get(LEAD + "?fields=id,email", "EAAPAGE");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).isEqualTo(100);
        assertThat(reply.at("/error/error_subcode").isMissingNode()).isTrue();
    }

    @Test
    void an_unknown_lead_and_one_of_another_page_cannot_be_told_apart() throws Exception {
        server.leads().add(Lead.of("77", "another-page", "another-form", NOW));

        for (String id : List.of("77", "78")) {
            Reply reply = caller.get("/graph/v26.0/" + id, "EAAPAGE");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.errorCode()).isEqualTo(100);
            assertThat(reply.at("/error/error_subcode").asInt()).isEqualTo(33);
            assertThat(reply.at("/error/fbtrace_id").stringValue()).isNotEmpty();
        }
    }

    @Test
    void an_unknown_token_is_refused_with_190_and_none_at_all_with_104() throws Exception {
        server.leads().add(joe("233370042045345"));

        assertThat(caller.get(LEAD, "EAAWRONG").errorCode()).isEqualTo(190);
        assertThat(caller.send("GET", LEAD, "", Map.of()).errorCode()).isEqualTo(104);
        assertThat(caller.send("GET", LEAD + "?access_token=EAAPAGE", "", Map.of())
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {460, 463, 467})
    void an_ended_token_says_why_until_it_is_registered_again(int subcode) throws Exception {
        server.leads().add(joe("233370042045345"));
        server.tokens().expire("EAAPAGE", subcode);

        Reply reply = caller.get(LEAD, "EAAPAGE");
        server.tokens().page("EAAPAGE", DemoAccounts.PAGE);

        assertThat(reply.errorCode()).isEqualTo(190);
        assertThat(reply.at("/error/error_subcode").asInt()).isEqualTo(subcode);
        assertThat(caller.get(LEAD, "EAAPAGE").status()).isEqualTo(200);
    }

    @Test
    void a_demanded_appsecret_proof_must_be_there_and_right() throws Exception {
        server.leads().add(joe("233370042045345"));
        server.tokens().page("EAATESTTOKEN", DemoAccounts.PAGE);
        server.tokens().requireAppSecretProof("test_app_secret");

        String proof = "bad6df0b858104754a0ffde2f0c05fe9731f1a5e141ee1bccf316d05f28d5135";
        assertThat(caller.get(LEAD + "?appsecret_proof=" + proof, "EAATESTTOKEN")
                        .status())
                .isEqualTo(200);
        assertThat(caller.get(LEAD, "EAATESTTOKEN").errorCode()).isEqualTo(100);
        assertThat(caller.get(LEAD + "?appsecret_proof=" + proof.replace('b', 'c'), "EAATESTTOKEN")
                        .errorCode())
                .isEqualTo(100);
    }

    @Test
    void a_lead_older_than_the_retention_is_gone() throws Exception {
        server.leads().add(joe("233370042045345"));
        server.leads().expireAfter(Duration.ofDays(90));
        assertThat(caller.get(LEAD, "EAAPAGE").status()).isEqualTo(200);

        CLOCK.set(NOW.plus(Duration.ofDays(90)));

        assertThat(caller.get(LEAD, "EAAPAGE").at("/error/error_subcode").asInt())
                .isEqualTo(33);
    }

    @Test
    void a_path_without_version_is_refused() throws Exception {
        server.leads().add(joe("233370042045345"));
        assertThat(caller.get("/graph/233370042045345", "EAAPAGE").errorCode()).isEqualTo(2500);
    }
}
