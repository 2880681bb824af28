package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionsApiTest extends SimulatorTestBase {
    private static final String EVENTS = "/graph/v26.0/883746510293847/events";
    private static final String LEAD = "233370042045345";
    /** In the hour of {@link #NOW}. */
    private static final String EVENT = """
            {"event_name":"qualified","event_time":1772270000,"event_id":"lead-1-qualified","action_source":"system_generated",
             "user_data":{"lead_id":233370042045345,"em":["62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f"]},
             "custom_data":{"event_source":"crm","lead_event_source":"HubSpot"}}""";

    private static Reply send(String... events) throws Exception {
        return caller.postJson(EVENTS, "EAACAPI", "{\"data\":[" + String.join(",", events) + "]}");
    }

    @Test
    void an_event_is_kept_once_by_its_name_and_id() throws Exception {
        Reply reply = send(EVENT);
        send(EVENT.replace("HubSpot", "Another"));
        send(EVENT.replace("-qualified", "-again"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/events_received").intValue()).isEqualTo(1);
        assertThat(server.effects().kept(Vendor.CONVERSIONS))
                .containsOnlyKeys("qualified lead-1-qualified", "qualified lead-1-again")
                .hasEntrySatisfying(
                        "qualified lead-1-qualified", first -> assertThat(first).contains("HubSpot"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"event_name\":\"qualified\",||event_name",
                "1772270000|\"2026-02-28\"|event_time",
                "1772270000|1771600000|too far in the past",
                "1772270000|1772370000|in the future",
                "system_generated|crm|action_source",
                "\"event_source\":\"crm\",||event_source",
                "\"lead_id\":233370042045345|\"lead_id\":\"233370042045345\"|lead_id",
                "\"lead_id\":233370042045345|\"lead_id\":42|lead_id",
                "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f|john_smith@gmail.com|em is not hashed"
            })
    void one_bad_event_refuses_the_whole_batch(String part, String instead, String why) throws Exception {
        assertThat(EVENT).contains(part);

        Reply reply = send(EVENT.replace("lead-1", "lead-2"), EVENT.replace(part, instead == null ? "" : instead));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).isEqualTo(100);
        assertThat(reply.at("/error/error_user_msg").stringValue()).contains(why);
        assertThat(server.effects().kept(Vendor.CONVERSIONS)).isEmpty();
    }

    @Test
    void a_person_without_parameters_and_more_than_a_thousand_events_are_refused() throws Exception {
        assertThat(send(EVENT.replaceAll("\"user_data\":\\{.*?\\}", "\"user_data\":{}"))
                        .errorCode())
                .isEqualTo(100);
        assertThat(send(IntStream.rangeClosed(0, 1000)
                                .mapToObj(place -> EVENT.replace("lead-1", "lead-" + place))
                                .collect(Collectors.joining(",")))
                        .errorCode())
                .isEqualTo(100);
        assertThat(server.effects().kept(Vendor.CONVERSIONS)).isEmpty();
    }

    @Test
    void an_event_that_is_no_later_than_its_lead_is_received_and_thrown_away() throws Exception {
        server.leads().add(joe(LEAD));

        Reply early = send(EVENT.replace("1772270000", "1772268554"));
        assertThat(early.at("/events_received").intValue()).isEqualTo(1);
        assertThat(server.effects().kept(Vendor.CONVERSIONS)).isEmpty();

        send(EVENT.replace("1772270000", "1772268555"));
        assertThat(server.effects().kept(Vendor.CONVERSIONS)).hasSize(1);
    }

    @Test
    void another_dataset_and_another_token_are_not_served() throws Exception {
        String body = "{\"data\":[" + EVENT + "]}";

        assertThat(caller.postJson("/graph/v26.0/1/events", "EAACAPI", body).errorCode())
                .isEqualTo(100);
        assertThat(caller.postJson(EVENTS, "EAAWA", body)
                        .at("/error/error_subcode")
                        .intValue())
                .isEqualTo(33);
        assertThat(caller.postJson(EVENTS, "unknown", body).errorCode()).isEqualTo(190);
        assertThat(server.effects().kept(Vendor.CONVERSIONS)).isEmpty();
    }
}
