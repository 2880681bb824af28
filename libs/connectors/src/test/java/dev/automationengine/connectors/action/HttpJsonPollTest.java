package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundSettings;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists in JSON, as a server answers them. */
class HttpJsonPollTest {
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0);
    private static final ActionCatalog CATALOG = ActionCatalog.load();

    private final PollRunner runner = new PollRunner(
            CATALOG,
            new ActionRunner(
                    CATALOG,
                    new OutboundHttp(
                            OutboundSettings.of("allowed-networks", "127.0.0.0/8", "breaker-calls", "100"),
                            new SimpleMeterRegistry()),
                    Map.of(),
                    InstantSource.system()));

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void close() {
        SIMULATOR.close();
    }

    private static void answers(int status, Map<String, String> headers, String body) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        SIMULATOR.faults().add(Vendor.ECHO, Fault.answer(status, all, body).times(1));
    }

    private PollAnswer look(Map<String, String> memo, Map<String, Object> more) {
        Map<String, @Nullable Object> config = new HashMap<>(more);
        config.put("url", SIMULATOR.url(Vendor.ECHO) + "/orders");
        return runner.look(new PollCall(
                OrgId.random(), "wf_1", "http_json", config, null, null, memo, null, Duration.ofSeconds(5)));
    }

    private PollAnswer.Found found(Map<String, Object> more) {
        PollAnswer answer = look(Map.of(), more);
        assertThat(answer).isInstanceOf(PollAnswer.Found.class);
        return (PollAnswer.Found) answer;
    }

    private String refusal(Map<String, Object> more) {
        PollAnswer answer = look(Map.of(), more);
        assertThat(answer).isInstanceOf(PollAnswer.Failed.class);
        assertThat(((PollAnswer.Failed) answer).error().errorClass()).isEqualTo(ErrorClass.CONFIGURATION);
        return ((PollAnswer.Failed) answer).error().code();
    }

    @Test
    void items_are_known_by_their_key_and_version() {
        answers(200, Map.of(), """
                {"data": {"orders": [{"id": 7, "at": "t1", "sum": 3}, {"id": 8, "at": "t2", "sum": 4}]}}""");

        PollAnswer.Found found = found(Map.of("items", "data.orders", "key", "id", "version", "at"));

        assertThat(found.items()).extracting(PolledItem::identity).containsExactly("7@t1", "8@t2");
        assertThat(found.items().getFirst().data()).containsEntry("sum", 3);
        assertThat(found.next()).isNull();
    }

    @Test
    void an_item_without_a_key_is_known_by_all_that_it_says() {
        answers(200, Map.of(), "[{\"a\": 1}, {\"a\": 2}, \"text\"]");
        List<PolledItem> first = found(Map.of()).items();
        answers(200, Map.of(), "[\"text\", {\"a\": 2}, {\"a\": 3}]");
        List<PolledItem> second = found(Map.of()).items();

        assertThat(first).extracting(PolledItem::key).doesNotHaveDuplicates();
        assertThat(second.get(0)).isEqualTo(first.get(2));
        assertThat(second.get(1)).isEqualTo(first.get(1));
        assertThat(first)
                .extracting(PolledItem::key)
                .doesNotContain(second.get(2).key());
        assertThat(first.get(2).data()).isEqualTo(Map.of("value", "text"));
    }

    @Test
    void a_server_that_knows_validators_is_asked_for_changes_only() {
        answers(200, Map.of("ETag", "\"v1\"", "Last-Modified", "Tue, 24 Nov 2026 10:00:00 GMT"), "[]");
        Map<String, String> memo = found(Map.of()).memo();
        answers(304, Map.of(), "");

        assertThat(look(memo, Map.of())).isInstanceOf(PollAnswer.Unchanged.class);
        assertThat(SIMULATOR.requests().of(Vendor.ECHO).getLast().headers())
                .containsEntry("if-none-match", "\"v1\"")
                .containsEntry("if-modified-since", "Tue, 24 Nov 2026 10:00:00 GMT");
    }

    @Test
    void a_list_that_is_longer_than_an_output_may_be_is_read_whole() {
        String item = "{\"text\": \"" + "x".repeat(1000) + "\", \"id\": %d}";
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < 300; i++) {
            body.append(i == 0 ? "" : ",").append(item.formatted(i));
        }
        answers(200, Map.of(), body.append("]").toString());

        assertThat(found(Map.of("key", "id")).items()).hasSize(300);
    }

    @Test
    void what_is_no_list_or_has_no_key_is_told() {
        answers(200, Map.of(), "{\"orders\": []}");
        assertThat(refusal(Map.of())).isEqualTo("no_items");
        answers(200, Map.of(), "<html></html>");
        assertThat(refusal(Map.of())).isEqualTo("no_items");
        answers(200, Map.of(), "[{\"id\": 1}, {\"name\": \"no id\"}]");
        assertThat(refusal(Map.of("key", "id"))).isEqualTo("no_key");
        answers(200, Map.of(), "[]");
        assertThat(refusal(Map.of("key", "a..b"))).isEqualTo("invalid_input");
    }

    @Test
    void throttling_says_when_to_look_again() {
        answers(429, Map.of("Retry-After", "7"), "{}");

        assertThat(look(Map.of(), Map.of())).isInstanceOfSatisfying(PollAnswer.Failed.class, failed -> {
            assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.THROTTLED);
            assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        });
    }
}
