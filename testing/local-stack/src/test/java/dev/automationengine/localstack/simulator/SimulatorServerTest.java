package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorServerTest extends SimulatorTestBase {
    @Test
    void echo_answers_what_it_was_asked_without_the_authorization() throws Exception {
        Reply reply = caller.send(
                "PUT",
                "/echo/any/path?a=1&b=x%20y",
                "{\"n\":1}",
                Map.of("Authorization", "Bearer secret", "Content-Type", "application/json", "X-Trace", "t"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/method").stringValue()).isEqualTo("PUT");
        assertThat(reply.at("/path").stringValue()).isEqualTo("/echo/any/path");
        assertThat(reply.at("/query/b").stringValue()).isEqualTo("x y");
        assertThat(reply.at("/headers/x-trace").stringValue()).isEqualTo("t");
        assertThat(reply.at("/body/n").asInt()).isEqualTo(1);
        assertThat(reply.response().body()).doesNotContain("secret");
    }

    @Test
    void requests_are_recorded_in_order_without_secrets() throws Exception {
        caller.get("/graph/v26.0/1?access_token=EAAHIDDEN1&fields=id", "EAAHIDDEN2");
        caller.postForm("/graph/v26.0/", "EAAHIDDEN3", Map.of("access_token", "EAAHIDDEN4", "batch", "[]"));
        caller.postForm(
                "/graph/v26.0/",
                "EAAHIDDEN5",
                Map.of("batch", "[{\"method\":\"GET\",\"relative_url\":\"v26.0/1?access_token=EAAHIDDEN6\"}]"));

        assertThat(server.requests().of(Vendor.GRAPH))
                .extracting(RecordedRequest::method)
                .containsExactly("GET", "POST", "POST");
        assertThat(server.requests().all()).allMatch(request -> request.at().equals(NOW));
        assertThat(server.requests().all().toString())
                .contains("access_token=***")
                .contains("fields=id")
                .doesNotContain("EAAHIDDEN");
    }

    @Test
    void only_the_newest_requests_are_kept_but_all_are_counted() throws Exception {
        Call call = new Call("GET", "/echo", "", Map.of(), Map.of(), new byte[0]);
        for (int i = 0; i < 10_001; i++) {
            server.requests().record(Vendor.ECHO, call);
        }

        assertThat(server.requests().all()).hasSize(10_000);
        assertThat(server.requests().count(Vendor.ECHO)).isEqualTo(10_001);
    }

    @Test
    void a_path_of_no_vendor_is_not_found() throws Exception {
        assertThat(caller.get("/crmx", "t").status()).isEqualTo(404);
    }

    /** Were the answer to wait for the caller's delayed ACK, each request would take 40 ms. */
    @Test
    void a_request_on_a_kept_connection_takes_far_less_than_a_delayed_ack() throws Exception {
        for (int i = 0; i < 200; i++) {
            caller.postJson("/echo/warm", "t", "{}");
        }
        long[] nanos = new long[200];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            caller.postJson("/echo/measured", "t", "{\"n\":" + i + "}");
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf("keep-alive: median %d us, p90 %d us%n", nanos[100] / 1000, nanos[180] / 1000);
        assertThat(nanos[100]).isLessThan(20_000_000L);
    }
}
