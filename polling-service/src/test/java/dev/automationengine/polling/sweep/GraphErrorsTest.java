package dev.automationengine.polling.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.polling.sweep.Outcome.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class GraphErrorsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource({
        "4, 0, 400, THROTTLED, graph_4",
        "80005, 0, 400, THROTTLED, graph_80005",
        "2, 0, 503, OUTAGE, graph_2",
        "190, 463, 400, ACCESS, graph_190_463",
        "200, 0, 403, ACCESS, graph_200",
        "100, 33, 400, ACCESS, graph_100_33",
        "100, 0, 400, REJECTED, graph_100",
        "2635, 0, 400, REJECTED, graph_2635"
    })
    void errors_are_told_apart_by_code_and_subcode(int code, int subcode, int status, Reason reason, String name) {
        String body =
                "{\"error\":{\"message\":\"whatever\",\"code\":%d,\"error_subcode\":%d}}".formatted(code, subcode);
        assertThat(GraphErrors.of(status, JSON.readTree(body))).isEqualTo(new LeadPage.Refused(reason, name));
    }

    @ParameterizedTest
    @CsvSource({"502, OUTAGE", "429, THROTTLED", "404, REJECTED"})
    void an_answer_without_a_code_is_judged_by_its_status(int status, Reason reason) {
        assertThat(GraphErrors.of(status, JSON.missingNode()))
                .isEqualTo(new LeadPage.Refused(reason, "http_" + status));
    }

    @Test
    void a_page_that_cannot_be_followed_is_no_page() {
        assertThat(FormLeads.read(200, JSON.readTree("{\"data\":[{\"id\":1}],\"paging\":{\"next\":\"https://x\"}}")))
                .isInstanceOf(LeadPage.Refused.class);
        assertThat(FormLeads.read(200, JSON.readTree("{\"data\":[{}]}"))).isInstanceOf(LeadPage.Refused.class);
        assertThat(FormLeads.read(200, JSON.missingNode())).isInstanceOf(LeadPage.Refused.class);
    }
}
