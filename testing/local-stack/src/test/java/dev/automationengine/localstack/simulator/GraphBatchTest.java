package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GraphBatchTest extends SimulatorTestBase {
    private static Reply batch(String... relativeUrls) throws Exception {
        String items = Stream.of(relativeUrls)
                .map("{\"method\":\"GET\",\"relative_url\":\"%s\"}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));
        return caller.postForm("/graph/v26.0/", "EAAPAGE", Map.of("batch", items));
    }

    private static JsonNode body(Reply reply, int item) {
        return Json.MAPPER.readTree(reply.at("/" + item + "/body").stringValue());
    }

    @Test
    void each_item_succeeds_or_fails_alone_in_the_order_asked() throws Exception {
        server.leads().add(joe("1"), joe("3"));

        Reply reply = batch("v26.0/1?fields=id", "v26.0/2", "v26.0/3?fields=id,created_time");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).hasSize(3);
        assertThat(reply.at("/0/code").asInt()).isEqualTo(200);
        assertThat(body(reply, 0).toString()).isEqualTo("{\"id\":\"1\"}");
        assertThat(reply.at("/1/code").asInt()).isEqualTo(400);
        assertThat(body(reply, 1).at("/error/error_subcode").asInt()).isEqualTo(33);
        assertThat(body(reply, 2).path("created_time").asString()).isEqualTo("2026-02-28T08:49:14+0000");
        assertThat(reply.at("/0/headers/0/name").stringValue()).isEqualTo("Content-Type");
    }

    @Test
    void an_item_may_carry_a_token_of_its_own() throws Exception {
        server.leads().add(Lead.of("9", "other-page", "other-form", NOW));
        server.tokens().page("EAAOTHER", "other-page");

        Reply reply = batch("v26.0/9?fields=id", "v26.0/9?fields=id&access_token=EAAOTHER");

        assertThat(reply.at("/0/code").asInt()).isEqualTo(400);
        assertThat(reply.at("/1/code").asInt()).isEqualTo(200);
    }

    @Test
    void more_than_fifty_items_are_refused() throws Exception {
        String[] items = IntStream.range(0, 51).mapToObj(i -> "v26.0/" + i).toArray(String[]::new);
        assertThat(batch(items).errorCode()).isEqualTo(100);
        assertThat(batch(java.util.Arrays.copyOf(items, 50)).json()).hasSize(50);
    }

    @Test
    void a_bad_token_or_a_batch_that_is_none_fails_as_a_whole() throws Exception {
        assertThat(caller.postForm("/graph/v26.0/", "WRONG", Map.of("batch", "[]"))
                        .errorCode())
                .isEqualTo(190);
        assertThat(caller.postForm("/graph/v26.0/", "EAAPAGE", Map.of("batch", "{}"))
                        .errorCode())
                .isEqualTo(100);
    }

    @Test
    void the_token_and_the_proof_may_be_form_fields() throws Exception {
        server.leads().add(joe("1"));
        server.tokens().page("EAATESTTOKEN", DemoAccounts.PAGE);
        server.tokens().requireAppSecretProof("test_app_secret");
        Map<String, String> form = Map.of(
                "access_token", "EAATESTTOKEN",
                "appsecret_proof", "bad6df0b858104754a0ffde2f0c05fe9731f1a5e141ee1bccf316d05f28d5135",
                "batch", "[{\"method\":\"GET\",\"relative_url\":\"v26.0/1\"}]");

        Reply reply = caller.send(
                "POST", "/graph/v26.0", Form.encode(form), Map.of("Content-Type", "application/x-www-form-urlencoded"));

        assertThat(reply.at("/0/code").asInt()).isEqualTo(200);
    }

    @Test
    void a_fault_that_names_a_lead_hits_its_item_only_and_a_timed_out_item_is_null() throws Exception {
        server.leads().add(joe("101"), joe("102"), joe("103"));
        server.faults().add(Vendor.GRAPH, Fault.throttle(80005).matching("/102").times(1));
        server.faults().add(Vendor.GRAPH, Fault.reset().matching("/103").times(1));

        Reply first = batch("v26.0/101", "v26.0/102", "v26.0/103");
        Reply second = batch("v26.0/101", "v26.0/102", "v26.0/103");

        assertThat(first.at("/0/code").asInt()).isEqualTo(200);
        assertThat(body(first, 1).at("/error/code").asInt()).isEqualTo(80005);
        assertThat(first.at("/1/headers").toString()).contains("X-Business-Use-Case-Usage");
        assertThat(first.at("/2").isNull()).isTrue();
        assertThat(second.json().valueStream().map(item -> item.path("code").asInt()))
                .containsExactly(200, 200, 200);
    }

    @Test
    void a_fault_that_names_nothing_hits_the_whole_batch() throws Exception {
        server.faults().add(Vendor.GRAPH, Fault.outage(Vendor.GRAPH).times(1));

        Reply reply = batch("v26.0/1");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.errorCode()).isEqualTo(2);
        assertThat(reply.at("/error/is_transient").booleanValue()).isTrue();
    }
}
