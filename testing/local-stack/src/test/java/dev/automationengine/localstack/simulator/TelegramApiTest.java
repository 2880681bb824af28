package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelegramApiTest extends SimulatorTestBase {
    private static final String SEND = "/telegram/bot110201543:telegram-demo-token/sendMessage";

    private static Reply send(String body) throws Exception {
        return caller.send("POST", SEND, body, Map.of("Content-Type", "application/json"));
    }

    @Test
    void a_message_is_sent_and_repeated_as_another() throws Exception {
        Reply first = send("{\"chat_id\":123456789,\"text\":\"Hi\"}");
        Reply second = send("{\"chat_id\":123456789,\"text\":\"Hi\"}");

        assertThat(first.at("/ok").booleanValue()).isTrue();
        assertThat(first.at("/result/chat/id").asLong()).isEqualTo(123456789);
        assertThat(second.at("/result/message_id")).isNotEqualTo(first.at("/result/message_id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"chat_id\":1,\"text\":\"x\"} | chat not found",
                "{\"chat_id\":123456789,\"text\":\" \"} | message text is empty",
                "{\"chat_id\":123456789,\"text\":\"x\",\"parse_mode\":\"RTF\"} | unsupported parse_mode",
                "[] | message text is empty"
            })
    void what_telegram_would_not_send_is_refused(String body, String why) throws Exception {
        Reply reply = send(body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/error_code").asInt()).isEqualTo(400);
        assertThat(reply.at("/description").stringValue()).isEqualTo("Bad Request: " + why);
        assertThat(server.effects().kept(Vendor.TELEGRAM)).isEmpty();
    }

    @Test
    void who_blocked_the_bot_gets_nothing() throws Exception {
        server.optOuts().add(Vendor.TELEGRAM, "123456789");
        Reply reply = send("{\"chat_id\":123456789,\"text\":\"Hi\"}");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.at("/description").stringValue()).isEqualTo("Forbidden: bot was blocked by the user");
        assertThat(server.effects().kept(Vendor.TELEGRAM)).isEmpty();
    }

    @Test
    void a_chat_takes_so_many_messages_and_then_says_when_to_come_again() throws Exception {
        server.callRates().allow(Vendor.TELEGRAM, Duration.ofSeconds(14), 1);
        send("{\"chat_id\":123456789,\"text\":\"1\"}");

        Reply second = send("{\"chat_id\":123456789,\"text\":\"2\"}");
        assertThat(second.status()).isEqualTo(429);
        assertThat(second.at("/parameters/retry_after").asInt()).isEqualTo(14);
        assertThat(send("{\"chat_id\":-1001234567890,\"text\":\"another chat\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_group_that_became_a_supergroup_tells_its_new_id() throws Exception {
        Reply reply = send("{\"chat_id\":-987654321,\"text\":\"Hi\"}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/parameters/migrate_to_chat_id").asLong()).isEqualTo(-1001234567890L);
    }

    @Test
    void another_bot_and_other_methods_are_not_known() throws Exception {
        assertThat(caller.send("POST", "/telegram/bot1:x/sendMessage", "{}", Map.of())
                        .status())
                .isEqualTo(401);
        assertThat(caller.send("POST", "/telegram/bot1:x/sendPhoto", "{}", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(send("{\"chat_id\":123456789,\"text\":\"" + "x".repeat(4097) + "\"}")
                        .at("/description")
                        .stringValue())
                .isEqualTo("Bad Request: message is too long");
    }
}
