package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WhatsAppStatusesTest extends SimulatorTestBase {
    private static final String SECRET = "app-secret";
    private static final String TEMPLATE = """
            {"messaging_product":"whatsapp","to":"+16505551234","type":"template",
             "template":{"name":"lead_welcome","language":{"code":"en_US"},
              "components":[{"type":"body","parameters":[{"type":"text","text":"Joe"}]}]},
             "biz_opaque_callback_data":"org_1/exec-42:step-3"}""";

    private final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private HttpServer business;

    @BeforeEach
    void listen() throws Exception {
        business = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        business.createContext("/webhooks", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                boolean signed = MetaSignature.sha256(SECRET, body)
                        .equals(exchange.getRequestHeaders().getFirst("X-Hub-Signature-256"));
                int status = signed && refusals.getAndDecrement() <= 0 ? 200 : 503;
                if (status == 200) {
                    told.add(Json.parse(body).orElseThrow().at("/entry/0/changes/0/value"));
                }
                exchange.sendResponseHeaders(status, -1);
            }
        });
        business.start();
    }

    @AfterEach
    void hangUp() {
        business.stop(0);
    }

    private String send(String more) throws Exception {
        String plan = """
                {"status_webhooks":{"callback_url":"http://127.0.0.1:%d/webhooks","app_secret":"app-secret",%s}}""".formatted(business.getAddress().getPort(), more);
        assertThat(caller.send("PUT", "/control/whatsapp", plan, Map.of()).status())
                .isEqualTo(204);
        return caller.postJson("/graph/v26.0/106540352242922/messages", "EAAWA", TEMPLATE)
                .at("/messages/0/id")
                .stringValue();
    }

    private List<JsonNode> told(int count) throws InterruptedException {
        List<JsonNode> statuses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JsonNode value = Objects.requireNonNull(told.poll(20, TimeUnit.SECONDS), "a status");
            assertThat(value.at("/metadata/phone_number_id").stringValue()).isEqualTo("106540352242922");
            statuses.add(value.at("/statuses/0"));
        }
        return statuses;
    }

    private static String status(JsonNode told) {
        return told.path("status").stringValue();
    }

    @Test
    void what_becomes_of_a_message_is_told_in_signed_deliveries() throws Exception {
        String id = send("\"statuses\":[\"sent\",\"delivered\"],\"delay_ms\":150");

        List<JsonNode> statuses = told(2);
        assertThat(statuses).extracting(WhatsAppStatusesTest::status).containsExactly("sent", "delivered");
        assertThat(statuses.getFirst().path("id").stringValue()).isEqualTo(id);
        assertThat(statuses.getFirst().path("recipient_id").stringValue()).isEqualTo("16505551234");
        assertThat(statuses.getFirst().path("biz_opaque_callback_data").stringValue())
                .isEqualTo("org_1/exec-42:step-3");
    }

    @Test
    void a_business_that_is_away_is_told_again() throws Exception {
        refusals.set(2);
        send("\"statuses\":[\"read\"],\"delay_ms\":10");

        assertThat(status(told(1).getFirst())).isEqualTo("read");
        assertThat(refusals).hasNegativeValue();
    }

    @Test
    void statuses_may_come_twice() throws Exception {
        send("\"statuses\":[\"delivered\"],\"delay_ms\":10,\"twice\":true");

        assertThat(told(2)).extracting(WhatsAppStatusesTest::status).containsExactly("delivered", "delivered");
    }

    @Test
    void a_message_that_was_accepted_may_fail_later() throws Exception {
        server.whatsAppStatuses().fails("+16505551234", 131047, "More than 24 hours have passed.");
        send("\"delay_ms\":10");

        JsonNode failed = told(1).getFirst();
        assertThat(status(failed)).isEqualTo("failed");
        assertThat(failed.at("/errors/0/code").intValue()).isEqualTo(131047);
        assertThat(failed.at("/errors/0/error_data/details").stringValue()).contains("24 hours");
        assertThat(server.effects().messages()).hasSize(1);
    }
}
