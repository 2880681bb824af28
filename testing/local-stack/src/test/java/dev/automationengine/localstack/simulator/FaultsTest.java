package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest extends SimulatorTestBase {
    @Test
    void a_fault_happens_as_often_as_it_was_set_and_then_no_more() throws Exception {
        server.faults().add(Vendor.ECHO, Fault.status(500).times(2));

        assertThat(echo("/a")).isEqualTo(500);
        assertThat(echo("/a")).isEqualTo(500);
        assertThat(echo("/a")).isEqualTo(200);
        assertThat(server.faults().active(Vendor.ECHO)).isZero();
    }

    @Test
    void a_fault_without_a_number_stays_until_it_is_cleared() throws Exception {
        server.faults().add(Vendor.ECHO, Fault.status(500));
        assertThat(echo("/a")).isEqualTo(500);
        assertThat(echo("/a")).isEqualTo(500);

        server.faults().clear(Vendor.ECHO);

        assertThat(echo("/a")).isEqualTo(200);
    }

    @Test
    void a_fault_hits_only_requests_that_contain_its_text() throws Exception {
        server.faults().add(Vendor.ECHO, Fault.status(500).matching("unlucky"));

        assertThat(echo("/lucky-not")).isEqualTo(200);
        assertThat(echo("/unlucky")).isEqualTo(500);
        assertThat(caller.postJson("/echo/x", "t", "{\"a\":\"unlucky\"}").status())
                .isEqualTo(500);
    }

    @Test
    void faults_of_one_vendor_leave_the_others_alone() throws Exception {
        server.faults().add(Vendor.CRM, Fault.status(500));
        assertThat(echo("/a")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"4,X-App-Usage", "17,X-App-Usage", "613,X-App-Usage", "80005,X-Business-Use-Case-Usage"})
    void graph_throttles_by_error_code_with_usage_headers_and_no_retry_after(int code, String header) throws Exception {
        server.leads().add(joe("1"));
        server.faults().add(Vendor.GRAPH, Fault.throttle(code));

        Reply reply = caller.get("/graph/v26.0/1", "EAAPAGE");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).isEqualTo(code);
        assertThat(reply.header(header)).contains("\"call_count\":100");
        assertThat(reply.header("Retry-After")).isEmpty();
    }

    @Test
    void a_late_answer_has_its_effect_before_it_is_given() throws Exception {
        server.faults().add(Vendor.CRM, Fault.lateAnswer(Duration.ofSeconds(1)).times(1));
        try (ExecutorService another = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> reply = another.submit(
                    () -> caller.postJson("/crm/contacts", DemoAccounts.CRM_KEY, "{\"email\":\"late@example.com\"}"));

            await().until(() -> server.effects().contacts().size() == 1);
            assertThat(reply.isDone()).isFalse();
            assertThat(reply.get().status()).isEqualTo(201);
        }
    }

    @Test
    void an_edge_answers_with_html() throws Exception {
        server.faults().add(Vendor.GRAPH, Fault.htmlBadGateway());

        Reply reply = caller.get("/graph/v26.0/1", "EAAPAGE");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.header("Content-Type")).isEqualTo("text/html");
        assertThat(reply.response().body()).startsWith("<!DOCTYPE html>");
    }

    @Test
    void other_vendors_throttle_with_retry_after() throws Exception {
        server.faults().add(Vendor.CRM, Fault.tooManyRequests(Duration.ofSeconds(7)));

        Reply reply = caller.postJson("/crm/contacts", "crm-demo-key", "{\"email\":\"joe@example.com\"}");

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("Retry-After")).isEqualTo("7");
    }

    @Test
    void a_dropped_connection_has_no_effect_and_a_lost_answer_has() throws Exception {
        String joe = "{\"email\":\"joe@example.com\"}";
        server.faults().add(Vendor.CRM, Fault.reset().times(1));
        assertThatThrownBy(() -> caller.postJson("/crm/contacts", "crm-demo-key", joe))
                .isInstanceOf(IOException.class);
        assertThat(server.effects().contacts()).isEmpty();

        server.faults().add(Vendor.CRM, Fault.lostResponse().times(1));
        assertThatThrownBy(() -> caller.postJson("/crm/contacts", "crm-demo-key", joe))
                .isInstanceOf(IOException.class);
        assertThat(server.effects().contacts()).hasSize(1);
        assertThat(server.requests().count(Vendor.CRM)).isEqualTo(2);
    }

    @Test
    void a_slow_answer_is_true_but_late() throws Exception {
        server.faults().add(Vendor.ECHO, Fault.slow(Duration.ofMillis(200)));
        long start = System.nanoTime();

        assertThat(echo("/a")).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void a_true_answer_may_carry_usage_headers() throws Exception {
        server.leads().add(joe("1"));
        server.faults().add(Vendor.GRAPH, Fault.headers(Map.of("X-App-Usage", "{\"call_count\":95}")));

        Reply reply = caller.get("/graph/v26.0/1", "EAAPAGE");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("X-App-Usage")).isEqualTo("{\"call_count\":95}");
    }

    private static int echo(String path) throws Exception {
        return caller.get("/echo" + path, "t").status();
    }
}
