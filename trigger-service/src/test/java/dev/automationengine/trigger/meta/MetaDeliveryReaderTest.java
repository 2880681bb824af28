package dev.automationengine.trigger.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Lead;
import dev.automationengine.localstack.simulator.MetaDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MetaDeliveryReaderTest {
    private static final Instant SENT = Instant.parse("2026-02-28T08:49:15Z");
    private static final Lead FIRST = Lead.of("233370042045345", "138124712925158", "172036835026334", SENT);
    private static final Lead SECOND = Lead.of("233370042045346", "138124712925158", "172036835026334", SENT);
    private static final Lead ELSEWHERE = Lead.of("233370042045347", "138124712925159", "172036835026335", SENT);

    private final MetaDeliveryReader reader =
            new MetaDeliveryReader(JsonMapper.builder().build());

    @Test
    void every_change_of_every_entry_is_a_lead() {
        MetaDelivery delivery = new MetaDelivery()
                .entry("138124712925158", SENT, e -> e.leadgen(FIRST).leadgen(SECOND))
                .entry("138124712925159", SENT, e -> e.leadgen(ELSEWHERE));
        assertThat(read(delivery))
                .extracting(LeadgenChange::leadgenId)
                .containsExactly("233370042045345", "233370042045346", "233370042045347");
        assertThat(read(delivery)).element(2).satisfies(lead -> {
            assertThat(lead.pageId()).isEqualTo("138124712925159");
            assertThat(lead.formId()).isEqualTo("172036835026335");
            assertThat(lead.createdTime()).isEqualTo(SENT);
        });
    }

    @Test
    void ids_may_be_numbers() {
        MetaDelivery strings = new MetaDelivery().entry("138124712925158", SENT, e -> e.leadgen(FIRST));
        MetaDelivery numbers = new MetaDelivery().numericIds().entry("138124712925158", SENT, e -> e.leadgen(FIRST));
        assertThat(read(numbers)).isEqualTo(read(strings)).hasSize(1);
    }

    @Test
    void what_is_no_lead_is_left_out() {
        assertThat(read(new MetaDelivery()
                        .entry("138124712925158", SENT, e -> e.change("feed", "{\"item\":\"post\"}"))
                        .changedFieldsOnly("138124712925158", SENT, "leadgen")
                        .messaging("138124712925158", SENT, "hello")))
                .isEmpty();
    }

    @Test
    void the_test_button_is_acknowledged_and_nothing_follows() {
        assertThat(reader.leads(new String(MetaDelivery.testButton(), StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void what_is_no_id_and_no_time_fails_nothing_and_gets_into_no_url() {
        String value = "{\"leadgen_id\":\"%s\",\"page_id\":\"138124712925158\",\"created_time\":%s}";
        String body = "{\"entry\":[{\"id\":\"138124712925158\",\"changes\":["
                + "{\"field\":\"leadgen\",\"value\":" + value.formatted("../me?fields=id", "1") + "},"
                + "{\"field\":\"leadgen\",\"value\":" + value.formatted("1", "99999999999999999") + "},"
                + "{\"field\":\"leadgen\",\"value\":" + value.formatted("2", "\"soon\"") + "}]}]}";
        assertThat(reader.leads(body)).extracting(LeadgenChange::leadgenId).containsExactly("1", "2");
        assertThat(reader.leads(body))
                .allSatisfy(lead -> assertThat(lead.createdTime()).isNull());
    }

    private List<LeadgenChange> read(MetaDelivery delivery) {
        return reader.leads(new String(delivery.toBytes(), StandardCharsets.UTF_8));
    }
}
