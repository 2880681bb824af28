package dev.automationengine.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.Trigger;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What Meta tells of messages becomes an event of who sent them, once, and of nobody else. */
class MessageStatusTest extends TriggerScene {
    private static final String NUMBER = "106540352242922";

    @Test
    void a_status_is_an_event_of_the_organization_that_sent_the_message() {
        listen();
        statuses(status("wamid.A", "failed", org + "/exec_1:send", """
                , "errors": [{"code": 131049, "title": "Not delivered", "error_data": {"details": "Withheld."}}]
                """));

        Document event = onlyEvent();

        assertThat(event.getString("subject")).isEqualTo("wamid.A:failed");
        Document payload = Document.parse(event.getString("data")).get("payload", Document.class);
        assertThat(payload)
                .containsEntry("message_id", "wamid.A")
                .containsEntry("status", "failed")
                .containsEntry("settled", true)
                .containsEntry("at", "2025-06-15T23:27:53Z");
        assertThat(payload.get("error", Document.class))
                .containsEntry("code", "131049")
                .containsEntry("details", "Withheld.");
        assertThat(event.toJson()).as("whose telephone it is").doesNotContain("16505551234");
    }

    @Test
    void a_status_that_comes_twice_and_in_any_order_is_one_event_each() {
        listen();
        String callback = org + "/exec_1:send";
        statuses(status("wamid.B", "read", callback, ""), status("wamid.B", "sent", callback, ""));
        statuses(status("wamid.B", "sent", callback, ""), status("wamid.B", "delivered", callback, ""));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(events())
                        .extracting(event -> event.getString("subject"))
                        .containsExactlyInAnyOrder("wamid.B:read", "wamid.B:sent", "wamid.B:delivered"));
    }

    @Test
    void what_nobody_listens_to_others_sent_or_is_malformed_is_no_event() {
        listen();
        statuses(
                status("wamid.C", "delivered", OrgId.random() + "/exec_1:send", ""),
                status("wamid.D", "delivered", "no organization", ""),
                status("wamid.E", "delivered", "/", ""),
                status("not an id!", "delivered", org + "/exec_1:send", ""),
                status("wamid.F", "DELIVERED!", org + "/exec_1:send", ""),
                "{\"id\": 7, \"errors\": {}, \"timestamp\": {}}",
                status("wamid.G", "delivered", org + "/exec_1:send", ""));

        assertThat(onlyEvent().getString("subject")).isEqualTo("wamid.G:delivered");
    }

    @Test
    void a_number_that_no_workflow_names_costs_no_event() {
        listen();
        String body = body(status("wamid.H", "delivered", org + "/exec_1:send", ""));
        deliver(body.replace(NUMBER, "999"));
        deliver(body.replace("wamid.H", "wamid.I"));

        assertThat(onlyEvent().getString("subject")).isEqualTo("wamid.I:delivered");
    }

    private void listen() {
        publish(new Trigger(Trigger.WHATSAPP_STATUS, Map.of("phone_number_id", NUMBER), null));
    }

    private void statuses(String... statuses) {
        deliver(body(statuses));
    }

    private void deliver(String body) {
        InboundMessage.MetaDelivery delivery =
                new InboundMessage.MetaDelivery(UUID.randomUUID().toString(), Instant.now(), body, null);
        publish(Topic.INBOUND, delivery.id(), delivery);
    }

    private static String body(String... statuses) {
        return """
                {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value":
                  {"messaging_product": "whatsapp", "metadata": {"phone_number_id": "%s"}, "statuses": [%s]}}]}]}
                """.formatted(NUMBER, String.join(", ", statuses));
    }

    private static String status(String id, String status, String callbackData, String more) {
        return """
                {"id": "%s", "status": "%s", "timestamp": "1750030073", "recipient_id": "16505551234",
                 "biz_opaque_callback_data": "%s"%s}
                """.formatted(id, status, callbackData, more);
    }
}
