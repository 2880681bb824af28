package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackApiTest extends SimulatorTestBase {
    private static Reply post(String body) throws Exception {
        return caller.postJson("/slack/chat.postMessage", "slack-demo-token", body);
    }

    @Test
    void a_message_has_its_time_and_each_is_one_more() throws Exception {
        Reply first = post("{\"channel\":\"C1H9RESGL\",\"text\":\"Hello\"}");
        Reply second = post("{\"channel\":\"C1H9RESGL\",\"text\":\"Hello\"}");

        assertThat(first.at("/ok").booleanValue()).isTrue();
        assertThat(second.at("/ts")).isNotEqualTo(first.at("/ts"));
        assertThat(server.effects().kept(Vendor.SLACK)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"channel\":\"C0\",\"text\":\"x\"} | channel_not_found",
                "{\"channel\":\"C2ARCHIVED\",\"text\":\"x\"} | is_archived",
                "{\"channel\":\"C3NOTINVIT\",\"text\":\"x\"} | not_in_channel",
                "{\"channel\":\"C1H9RESGL\"} | no_text",
                "{\"channel\":\"C1H9RESGL\",\"text\":\"x\",\"blocks\":null} | invalid_arguments",
                "[] | invalid_json"
            })
    void refusals_come_with_200(String body, String error) throws Exception {
        Reply reply = post(body);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/ok").booleanValue()).isFalse();
        assertThat(reply.at("/error").stringValue()).isEqualTo(error);
        assertThat(server.effects().kept(Vendor.SLACK)).isEmpty();
    }

    @Test
    void strangers_long_texts_and_other_methods_are_refused() throws Exception {
        assertThat(caller.postJson("/slack/chat.postMessage", "wrong", "{}")
                        .at("/error")
                        .stringValue())
                .isEqualTo("invalid_auth");
        assertThat(post("{\"channel\":\"C1H9RESGL\",\"text\":\"" + "x".repeat(40_001) + "\"}")
                        .at("/error")
                        .stringValue())
                .isEqualTo("msg_too_long");
        assertThat(caller.get("/slack/chat.postMessage", "slack-demo-token")
                        .at("/error")
                        .stringValue())
                .isEqualTo("unknown_method");
        assertThat(caller.postForm("/slack/chat.postMessage", "slack-demo-token", Map.of("channel", "C1H9RESGL"))
                        .at("/error")
                        .stringValue())
                .isEqualTo("invalid_json");
    }

    @Test
    void a_channel_takes_so_many_messages_and_then_says_when_to_come_again() throws Exception {
        server.callRates().allow(Vendor.SLACK, Duration.ofSeconds(3), 1);
        post("{\"channel\":\"C1H9RESGL\",\"text\":\"1\"}");

        Reply second = post("{\"channel\":\"C1H9RESGL\",\"text\":\"2\"}");
        assertThat(second.status()).isEqualTo(429);
        assertThat(second.header("Retry-After")).isEqualTo("3");
        assertThat(second.at("/error").stringValue()).isEqualTo("ratelimited");
        CLOCK.set(NOW.plusSeconds(3));
        assertThat(post("{\"channel\":\"C1H9RESGL\",\"text\":\"2\"}").at("/ok").booleanValue())
                .isTrue();
    }
}
