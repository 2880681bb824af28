package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphFormLeadsTest extends SimulatorTestBase {
    private static final String LEADS = "/graph/v26.0/172036835026334/leads";

    @BeforeEach
    void seven_leads_a_second_apart() {
        IntStream.rangeClosed(1, 7)
                .mapToObj(i -> Lead.of("100" + i, DemoAccounts.PAGE, DemoAccounts.FORM, NOW.plusSeconds(i)))
                .forEach(server.leads()::add);
    }

    @Test
    void following_next_until_it_is_absent_gives_every_lead_once_newest_first() throws Exception {
        List<String> ids = new ArrayList<>();
        int pages = 0;
        String next = LEADS + "?fields=id&limit=3";
        while (!next.isEmpty()) {
            Reply reply = caller.get(next, "EAAPAGE");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.at("/paging/cursors/after").isString()).isTrue();
            reply.at("/data").forEach(lead -> ids.add(lead.path("id").stringValue()));
            URI link = URI.create(reply.at("/paging/next").asString(""));
            next = link.getRawPath() + (link.getRawQuery() == null ? "" : "?" + link.getRawQuery());
            pages++;
        }

        assertThat(ids).containsExactly("1007", "1006", "1005", "1004", "1003", "1002", "1001");
        assertThat(pages).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"GREATER_THAN,3", "GREATER_THAN_OR_EQUAL,4", "LESS_THAN,3"})
    void filtering_compares_the_time_of_creation_in_seconds(String operator, int expected) throws Exception {
        String filtering = "[{\"field\":\"time_created\",\"operator\":\"%s\",\"value\":%d}]"
                .formatted(operator, NOW.plusSeconds(4).getEpochSecond());

        Reply reply = caller.get(LEADS + "?" + Form.encode(Map.of("filtering", filtering)), "EAAPAGE");

        assertThat(reply.at("/data")).hasSize(expected);
        assertThat(reply.at("/paging/next").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[{\"field\":\"time_created\",\"operator\":\"EQUAL\",\"value\":1}]",
                "[{\"field\":\"created_time\",\"operator\":\"LESS_THAN\",\"value\":1}]",
                "[{\"field\":\"time_created\",\"operator\":\"LESS_THAN\",\"value\":\"today\"}]"
            })
    void a_filter_that_graph_does_not_know_is_refused(String filtering) throws Exception {
        Reply reply = caller.get(LEADS + "?" + Form.encode(Map.of("filtering", filtering)), "EAAPAGE");
        assertThat(reply.errorCode()).isEqualTo(100);
    }

    @Test
    void a_form_without_leads_has_an_empty_page_and_no_paging() throws Exception {
        server.leads().form(DemoAccounts.PAGE, "555");
        Reply reply = caller.get("/graph/v26.0/555/leads", "EAAPAGE");
        assertThat(reply.json().toString()).isEqualTo("{\"data\":[]}");
    }

    @Test
    void a_form_of_another_page_is_not_visible() throws Exception {
        server.leads().form("another-page", "556");
        Reply reply = caller.get("/graph/v26.0/556/leads", "EAAPAGE");
        assertThat(reply.at("/error/error_subcode").asInt()).isEqualTo(33);
    }

    @Test
    void too_large_a_page_is_to_be_reduced_and_a_foreign_cursor_is_refused() throws Exception {
        Reply tooLarge = caller.get(LEADS + "?limit=501", "EAAPAGE");
        assertThat(tooLarge.status()).isEqualTo(500);
        assertThat(tooLarge.errorCode()).isEqualTo(1);
        assertThat(caller.get(LEADS + "?limit=0", "EAAPAGE").errorCode()).isEqualTo(100);
        assertThat(caller.get(LEADS + "?after=nonsense", "EAAPAGE").errorCode()).isEqualTo(100);
    }
}
