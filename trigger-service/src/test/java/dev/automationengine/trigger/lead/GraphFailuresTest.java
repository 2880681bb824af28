package dev.automationengine.trigger.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.model.topic.Topic;
import dev.automationengine.trigger.lead.GraphAnswer.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GraphFailuresTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource({
        "2, 0, 503, PASSING",
        "80005, 0, 400, PASSING",
        "190, 463, 401, ACCESS",
        "100, 33, 400, NOT_YET_VISIBLE",
        "100, 0, 400, PERMANENT"
    })
    void what_is_done_about_an_error_follows_from_its_kind(int code, int subcode, int status, Kind kind) {
        JsonNode body = JSON.readTree("{\"error\":{\"message\":\"whatever\",\"code\":%d%s}}"
                .formatted(code, subcode == 0 ? "" : ",\"error_subcode\":" + subcode));
        assertThat(GraphFailures.of(status, body).kind()).isEqualTo(kind);
    }

    @Test
    void what_graph_calls_transient_is_tried_again_whatever_the_code() {
        JsonNode body = JSON.readTree("{\"error\":{\"code\":100,\"is_transient\":true}}");
        assertThat(GraphFailures.of(400, body)).isEqualTo(new GraphAnswer.Refused("graph_100", Kind.PASSING));
    }

    @Test
    void a_page_of_html_from_an_edge_passes() {
        assertThat(GraphFailures.of(502, JSON.missingNode()))
                .isEqualTo(new GraphAnswer.Refused("http_502", Kind.PASSING));
    }

    @ParameterizedTest
    @CsvSource({
        "PASSING, 1, LEAD_RETRY_SHORT",
        "PASSING, 3, LEAD_RETRY_SHORT",
        "PASSING, 4, LEAD_RETRY_MEDIUM",
        "PASSING, 8, LEAD_RETRY_MEDIUM",
        "PASSING, 9, LEAD_RETRY_LONG",
        "ACCESS, 1, LEAD_RETRY_LONG"
    })
    void pauses_grow_and_a_broken_credential_waits_long(Kind kind, int attempts, Topic topic) {
        assertThat(LeadRetries.topic(kind, attempts)).isEqualTo(topic);
    }
}
