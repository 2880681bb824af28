package dev.automationengine.localstack.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MetaWebhookSenderTest extends SimulatorTestBase {
    private static final Instant SENT = Instant.ofEpochSecond(1_630_087_927);

    @Test
    void the_documented_body_is_built_and_signed_byte_for_byte() {
        Lead lead = Lead.of("233370042045345", DemoAccounts.PAGE, DemoAccounts.FORM, SENT.minusSeconds(1));
        byte[] body = new MetaDelivery()
                .entry(DemoAccounts.PAGE, SENT, entry -> entry.leadgen(lead))
                .toBytes();

        assertThat(body).hasSize(225);
        assertThat(MetaSignature.sha256("test_app_secret", body))
                .isEqualTo("sha256=975e8ae7cdb253b199f9bf650a186299e3260e67b75c37e4764fdf28a695674c");
    }

    @ParameterizedTest
    @CsvSource({
        "true, de61c9bb49a25ff6da1703f76888d74359a77a893057e76e8ebf36ba3ab3b325",
        "false, 63560d07e713da8429f2aca448217113bfda1f2822d47ba7712b1f7a061b9003"
    })
    void the_signature_is_over_the_form_that_is_sent(boolean escaped, String expected) {
        MetaDelivery delivery = new MetaDelivery()
                .entry("1", Instant.ofEpochSecond(1), entry -> entry.change("name", "\u00e4\u00f6\u00e5"));

        byte[] body = (escaped ? delivery.escaped() : delivery).toBytes();

        assertThat(MetaSignature.sha256("test_app_secret", body)).isEqualTo("sha256=" + expected);
    }

    @Test
    void several_entries_with_mixed_changes_are_in_one_body() {
        byte[] body = new MetaDelivery()
                .numericIds()
                .entry("1", SENT, entry -> entry.leadgen(joeOf("11")).change("feed", "status"))
                .entry("2", SENT, entry -> entry.leadgen(joeOf("12")).leadgen(joeOf("13")))
                .changedFieldsOnly("3", SENT, "leadgen")
                .messaging("4", SENT, "hi")
                .toBytes();

        JsonNode json = Json.MAPPER.readTree(body);
        assertThat(json.at("/entry")).hasSize(4);
        assertThat(json.at("/entry/0/id").isIntegralNumber()).isTrue();
        assertThat(json.at("/entry/0/changes/0/value/leadgen_id").asLong()).isEqualTo(11);
        assertThat(json.at("/entry/0/changes/1/field").stringValue()).isEqualTo("feed");
        assertThat(json.at("/entry/1/changes")).hasSize(2);
        assertThat(json.at("/entry/2/changes").isMissingNode()).isTrue();
        assertThat(json.at("/entry/2/changed_fields/0").stringValue()).isEqualTo("leadgen");
        assertThat(json.at("/entry/3/messaging/0/message/text").stringValue()).isEqualTo("hi");
    }

    @Test
    void escapes_are_in_lower_case_hex_and_slashes_are_escaped_too() {
        byte[] body = new MetaDelivery()
                .escaped()
                .entry("1", SENT, entry -> entry.change("link", "https://ex.com/\u00fc"))
                .toBytes();

        assertThat(new String(body, UTF_8)).contains("https:\\/\\/ex.com\\/\\u00fc");
        assertThat(Json.MAPPER.readTree(body).at("/entry/0/changes/0/value").stringValue())
                .isEqualTo("https://ex.com/\u00fc");
    }

    @Test
    void the_test_button_sends_ids_that_nobody_can_fetch() {
        JsonNode json = Json.MAPPER.readTree(MetaDelivery.testButton());
        assertThat(json.at("/entry/0/id").stringValue()).isEqualTo("0");
        assertThat(json.at("/entry/0/changes/0/value/leadgen_id").stringValue()).isEqualTo("444444444444");
        assertThat(json.at("/entry/0/changes/0/value/adgroup_id").stringValue()).isEqualTo("44444444444");
    }

    @Test
    void a_delivery_carries_both_signatures_over_the_bytes_it_sends() throws Exception {
        byte[] body = MetaDelivery.of(joe("1"));
        try (MetaWebhookSender sender = new MetaWebhookSender(URI.create(server.url() + "/echo/hook"), "s3cret")) {
            JsonNode echo = Json.MAPPER.readTree(sender.deliver(joe("1")).body());

            assertThat(echo.at("/headers/x-hub-signature-256").stringValue())
                    .isEqualTo(MetaSignature.sha256("s3cret", body));
            assertThat(echo.at("/headers/x-hub-signature").stringValue()).isEqualTo(MetaSignature.sha1("s3cret", body));
            assertThat(echo.at("/body/object").stringValue()).isEqualTo("page");
        }
    }

    @Test
    void wrong_and_absent_signatures_and_the_handshake_can_be_sent() throws Exception {
        try (MetaWebhookSender sender = new MetaWebhookSender(URI.create(server.url() + "/echo/hook"), "s3cret")) {
            JsonNode unsigned = Json.MAPPER.readTree(
                    sender.deliver(MetaDelivery.testButton(), Map.of()).body());
            HttpResponse<String> handshake = sender.handshake("meaty&hamhock", "1158201444");

            assertThat(unsigned.at("/headers/x-hub-signature-256").isMissingNode())
                    .isTrue();
            JsonNode query = Json.MAPPER.readTree(handshake.body()).path("query");
            assertThat(query.path("hub.mode").asString()).isEqualTo("subscribe");
            assertThat(query.path("hub.verify_token").asString()).isEqualTo("meaty&hamhock");
            assertThat(query.path("hub.challenge").asString()).isEqualTo("1158201444");
        }
    }

    private static Lead joeOf(String id) {
        return Lead.of(id, "21", "22", SENT);
    }
}
