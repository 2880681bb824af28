package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundSettings;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP_REQUEST over several pages. */
class HttpPagesTest {
    private static final SimulatorServer SIMULATOR = SimulatorServer.start(0);
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final String LIST = SIMULATOR.url(Vendor.ECHO) + "/list?q=1";

    private final ActionRunner runner = new ActionRunner(
            ActionCatalog.load(),
            new OutboundHttp(OutboundSettings.of("allowed-networks", "127.0.0.0/8"), new SimpleMeterRegistry()),
            Map.of(),
            InstantSource.system());

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void close() {
        SIMULATOR.close();
    }

    private static void page(String body, Map<String, String> headers) {
        SIMULATOR.faults().add(Vendor.ECHO, Fault.answer(200, headers, body).times(1));
    }

    private ActionResult read(Map<String, Object> pagination) {
        return runner.run(new ActionCall(
                OrgId.random(),
                "exec_1:step_2",
                "HTTP_REQUEST",
                Map.of("url", LIST, "pagination", pagination),
                null,
                Duration.ofSeconds(10),
                false));
    }

    private static void assertItems(ActionResult result, List<Object> items, int pages, boolean more) {
        assertThat(result)
                .isEqualTo(new ActionResult.Succeeded(
                        Map.of("status", 200, "items", items, "pages", pages, "more", more), 200));
    }

    private static List<String> queries() {
        return SIMULATOR.requests().of(Vendor.ECHO).stream()
                .map(request -> request.query())
                .toList();
    }

    @Test
    void a_cursor_leads_from_page_to_page() {
        page("{\"items\":[1],\"meta\":{\"cursor\":\"a/b\"}}", JSON);
        page("{\"items\":[2]}", JSON);
        assertItems(
                read(Map.of("items", "body.items", "next", "body.meta.cursor", "parameter", "after")),
                List.of(1, 2),
                2,
                false);
        assertThat(queries()).containsExactly("q=1", "q=1&after=a%2Fb");
    }

    @Test
    void a_link_in_the_header_or_the_body_is_followed() {
        page("[1]", Map.of("Content-Type", "application/json", "Link", "</echo/list?p=2>; rel=\"next\""));
        page("[2]", JSON);
        assertItems(read(Map.of("items", "body", "next", "link")), List.of(1, 2), 2, false);
        assertThat(queries()).containsExactly("q=1", "p=2");
    }

    @Test
    void numbers_go_on_until_a_page_is_empty_or_enough() {
        page("{\"items\":[1]}", JSON);
        page("{\"items\":[]}", JSON);
        assertItems(read(Map.of("items", "body.items", "parameter", "page")), List.of(1), 2, false);
        SIMULATOR.faults().add(Vendor.ECHO, Fault.answer(200, JSON, "{\"items\":[1]}"));
        assertItems(
                read(Map.of("items", "body.items", "parameter", "page", "max_pages", 3)), List.of(1, 1, 1), 3, true);
    }

    @Test
    void another_origin_is_not_asked_and_a_failing_page_fails_the_whole() {
        page("{\"items\":[1],\"next\":\"https://elsewhere.example/2\"}", JSON);
        assertThat(read(Map.of("items", "body.items", "next", "body.next")))
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.error().message()).contains("another origin"));
        page("{\"items\":[1],\"next\":\"/echo/2\"}", JSON);
        SIMULATOR.faults().add(Vendor.ECHO, Fault.status(503));
        assertThat(read(Map.of("items", "body.items", "next", "body.next")))
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.error().httpStatus()).isEqualTo(503));
    }

    @Test
    void too_much_is_refused() {
        String large = "\"" + "x".repeat(100_000) + "\"";
        SIMULATOR.faults().add(Vendor.ECHO, Fault.answer(200, JSON, "{\"items\":[" + large + "]}"));
        assertThat(read(Map.of("items", "body.items", "parameter", "page")))
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.error().message()).contains("ask for less"));
    }
}
