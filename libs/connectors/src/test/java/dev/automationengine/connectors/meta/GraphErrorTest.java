package dev.automationengine.connectors.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.meta.GraphError.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class GraphErrorTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource({
        "1, 0, 500, OUTAGE, graph_1",
        "2, 0, 503, OUTAGE, graph_2",
        "4, 0, 400, THROTTLED, graph_4",
        "17, 0, 400, THROTTLED, graph_17",
        "32, 0, 400, THROTTLED, graph_32",
        "613, 0, 400, THROTTLED, graph_613",
        "80005, 0, 400, THROTTLED, graph_80005",
        "190, 463, 401, ACCESS, graph_190_463",
        "190, 0, 400, ACCESS, graph_190",
        "10, 0, 403, ACCESS, graph_10",
        "200, 0, 403, ACCESS, graph_200",
        "299, 0, 403, ACCESS, graph_299",
        "100, 33, 400, NOT_VISIBLE, graph_100_33",
        "100, 0, 400, REJECTED, graph_100",
        "3, 0, 400, REJECTED, graph_3",
        "2635, 0, 400, REJECTED, graph_2635"
    })
    void errors_are_told_apart_by_code_and_subcode(int code, int subcode, int status, Kind kind, String name) {
        String body =
                "{\"error\":{\"message\":\"whatever\",\"code\":%d,\"error_subcode\":%d}}".formatted(code, subcode);
        assertThat(GraphError.of(status, JSON.readTree(body))).isEqualTo(new GraphError(name, kind));
    }

    @Test
    void what_graph_calls_transient_passes_whatever_the_code() {
        assertThat(GraphError.of(400, JSON.readTree("{\"error\":{\"code\":100,\"is_transient\":true}}")))
                .isEqualTo(new GraphError("graph_100", Kind.OUTAGE));
    }

    @ParameterizedTest
    @CsvSource({"502, OUTAGE", "429, THROTTLED", "404, REJECTED"})
    void an_answer_without_a_code_is_judged_by_its_status(int status, Kind kind) {
        assertThat(GraphError.of(status, JSON.missingNode())).isEqualTo(new GraphError("http_" + status, kind));
    }

    @Test
    void a_proof_is_the_one_that_meta_computes() {
        assertThat(MetaHmac.proof("test_app_secret", "EAATESTTOKEN"))
                .isEqualTo("bad6df0b858104754a0ffde2f0c05fe9731f1a5e141ee1bccf316d05f28d5135");
    }
}
