package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.execution.ErrorClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists in JSON, as a server answers them. */
class HttpJsonPollTest extends HttpPollScene {
    HttpJsonPollTest() {
        super("http_json", "application/json");
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
        assertThat(simulator.requests().of(Vendor.ECHO).getLast().headers())
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
