package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppApiTest extends SimulatorTestBase {
    private static final String MESSAGES = "/graph/v26.0/106540352242922/messages";
    private static final String TEMPLATE = """
            {"messaging_product":"whatsapp","recipient_type":"individual","to":"+16505551234","type":"template",
             "template":{"name":"lead_welcome","language":{"code":"en_US"},
              "components":[{"type":"body","parameters":[{"type":"text","text":"Joe"}]}]},
             "biz_opaque_callback_data":"exec-42/step-3"}""";
    private static final String TEXT = """
            {"messaging_product":"whatsapp","to":"+16505551234","type":"text","text":{"body":"Hello"}}""";

    private static Reply send(String message) throws Exception {
        return caller.postJson(MESSAGES, "EAAWA", message);
    }

    @Test
    void a_template_is_accepted_and_kept_in_the_ledger() throws Exception {
        Reply reply = send(TEMPLATE);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/contacts/0/input").stringValue()).isEqualTo("+16505551234");
        assertThat(reply.at("/contacts/0/wa_id").stringValue()).isEqualTo("16505551234");
        assertThat(reply.at("/messages/0/message_status").stringValue()).isEqualTo("accepted");
        WhatsAppMessage message = server.effects().messages().getFirst();
        assertThat(message.id())
                .startsWith("wamid.")
                .isEqualTo(reply.at("/messages/0/id").stringValue());
        assertThat(message.template()).isEqualTo("lead_welcome");
        assertThat(message.parameters()).isEqualTo(List.of("Joe"));
        assertThat(message.callbackData()).isEqualTo("exec-42/step-3");
    }

    @Test
    void the_same_message_sent_twice_is_sent_twice_and_counted() throws Exception {
        send(TEMPLATE);
        send(TEMPLATE);
        send(TEMPLATE.replace("Joe", "Ann"));

        assertThat(server.effects().repeatedMessages()).hasSize(1).containsEntry("+16505551234 lead_welcome [Joe]", 2L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"to\":\"+16505551234\"|\"to\":\"\"|131008|400",
                "\"to\":\"+16505551234\"|\"to\":\"joe\"|131009|400",
                "\"name\":\"lead_welcome\"|\"name\":\"unknown\"|132001|404",
                "\"code\":\"en_US\"|\"code\":\"de\"|132001|404",
                "\"code\":\"en_US\"|\"x\":\"y\"|131008|400",
                "{\"type\":\"text\",\"text\":\"Joe\"}||132000|400",
                "{\"type\":\"text\",\"text\":\"Joe\"}|{\"type\":\"text\",\"text\":\"\"}|131008|400",
                "{\"type\":\"text\",\"text\":\"Joe\"}|{\"type\":\"payload\",\"payload\":\"Joe\"}|132012|400",
                "\"type\":\"template\"|\"type\":\"sticker\"|131051|400",
                "\"messaging_product\":\"whatsapp\",||100|400"
            })
    void a_message_that_whatsapp_would_refuse_is_refused(String part, String instead, int code, int status)
            throws Exception {
        assertThat(TEMPLATE).contains(part);

        Reply reply = send(TEMPLATE.replace(part, instead == null ? "" : instead));

        assertThat(reply.errorCode()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(server.effects().messages()).isEmpty();
    }

    @Test
    void errors_of_whatsapp_explain_themselves_in_the_details() throws Exception {
        Reply reply = send(TEMPLATE.replace("\"to\":\"+16505551234\",", ""));
        assertThat(reply.at("/error/error_data/messaging_product").stringValue())
                .isEqualTo("whatsapp");
        assertThat(reply.at("/error/error_data/details").stringValue()).isEqualTo("The parameter to is required.");
    }

    @Test
    void free_text_is_for_the_24_hours_after_the_users_last_message() throws Exception {
        assertThat(send(TEXT).errorCode()).isEqualTo(131047);

        server.whatsApp().received("16505551234");
        Reply open = send(TEXT);
        CLOCK.set(NOW.plus(Duration.ofHours(24)));
        Reply closed = send(TEXT);

        assertThat(open.status()).isEqualTo(200);
        assertThat(open.at("/messages/0/message_status").isMissingNode()).isTrue();
        assertThat(closed.errorCode()).isEqualTo(131047);
    }

    @Test
    void too_long_a_text_is_refused() throws Exception {
        server.whatsApp().received("16505551234");
        assertThat(send(TEXT.replace("Hello", "x".repeat(4097))).errorCode()).isEqualTo(131009);
        assertThat(send(TEXT.replace("Hello", "x".repeat(4096))).status()).isEqualTo(200);
    }

    @Test
    void a_number_that_is_not_on_whatsapp_is_undeliverable() throws Exception {
        server.whatsApp().unreachable("+1 650 555 1234");
        assertThat(send(TEMPLATE).errorCode()).isEqualTo(131026);
    }

    @Test
    void a_person_who_opted_out_gets_nothing() throws Exception {
        server.whatsApp().optedOut("+1 650 555 1234");
        assertThat(send(TEMPLATE).errorCode()).isEqualTo(131050);
        assertThat(server.effects().messages()).isEmpty();
    }

    @Test
    void a_number_sends_so_many_in_a_second() throws Exception {
        server.whatsApp().throughput(2);
        send(TEMPLATE);
        send(TEMPLATE);
        assertThat(send(TEMPLATE).errorCode()).isEqualTo(130429);

        CLOCK.set(NOW.plusMillis(500));
        assertThat(send(TEMPLATE).status()).isEqualTo(200);
        assertThat(send(TEMPLATE).errorCode()).isEqualTo(130429);
    }

    @Test
    void a_person_gets_so_many_in_a_time_and_others_do_not_mind() throws Exception {
        server.whatsApp().pairRate(Duration.ofSeconds(6), 1);
        send(TEMPLATE);
        assertThat(send(TEMPLATE).errorCode()).isEqualTo(131056);
        assertThat(send(TEMPLATE.replace("5551234", "5559999")).status()).isEqualTo(200);

        CLOCK.set(NOW.plusSeconds(6));
        assertThat(send(TEMPLATE).status()).isEqualTo(200);
    }

    @Test
    void a_token_sends_from_its_own_phone_number_only() throws Exception {
        assertThat(caller.postJson(MESSAGES, "WRONG", TEMPLATE).errorCode()).isEqualTo(190);
        Reply foreign = caller.postJson("/graph/v26.0/999/messages", "EAAWA", TEMPLATE);
        assertThat(foreign.errorCode()).isEqualTo(100);
        assertThat(foreign.at("/error/error_subcode").asInt()).isEqualTo(33);
    }

    @Test
    void throttling_comes_as_429_with_its_code_and_sends_nothing() throws Exception {
        server.faults().add(Vendor.WHATSAPP, Fault.throttle(130429).times(1));

        Reply throttled = send(TEMPLATE);

        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.errorCode()).isEqualTo(130429);
        assertThat(throttled.header("Retry-After")).isEmpty();
        assertThat(send(TEMPLATE).status()).isEqualTo(200);
        assertThat(server.effects().messages()).hasSize(1);
    }
}
