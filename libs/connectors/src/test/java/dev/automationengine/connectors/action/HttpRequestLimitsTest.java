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
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the author of an HTTP_REQUEST gets where the client sets limits; none of it is tried again. */
class HttpRequestLimitsTest {
    private final SimulatorServer simulator = SimulatorServer.start(0);
    private final OutboundHttp http =
            new OutboundHttp(OutboundSettings.of("allowed-networks", "127.0.0.1"), new SimpleMeterRegistry());
    private final ActionRunner runner = new ActionRunner(ActionCatalog.load(), http, Map.of(), InstantSource.system());

    @AfterEach
    void close() {
        http.close();
        simulator.close();
    }

    @Test
    void a_redirect_is_followed_if_the_step_says_so() {
        redirect("/echo/final");
        ActionResult.Succeeded done = (ActionResult.Succeeded) run(true);
        assertThat(done.output().get("body")).asString().contains("/echo/final");
    }

    @Test
    void a_redirect_is_a_configuration_error_if_it_does_not() {
        redirect("/echo/final");
        ActionResult.Failed failed = (ActionResult.Failed) run(false);
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.CONFIGURATION);
        assertThat(failed.error().httpStatus()).isEqualTo(302);
    }

    @Test
    void a_redirect_inside_is_a_configuration_error_that_leaves_nothing_in_doubt() {
        redirect("http://169.254.169.254/latest/");
        ActionResult.Failed failed = (ActionResult.Failed) run(true);
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.CONFIGURATION);
        assertThat(failed.error().code()).isEqualTo("blocked");
        assertThat(failed.outcomeUnknown()).isFalse();

        redirect("file:///etc/passwd");
        failed = (ActionResult.Failed) run(true);
        assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.CONFIGURATION);
        assertThat(failed.error().code()).isEqualTo("redirect_refused");
    }

    @Test
    void a_body_that_is_no_text_is_dropped_and_the_step_completes() {
        simulator.faults().add(Vendor.ECHO, Fault.answer(200, Map.of("Content-Type", "image/png"), "PNG"));
        ActionResult.Succeeded done = (ActionResult.Succeeded) run(false);
        assertThat(done.output()).containsEntry("body_dropped", true).containsEntry("body", null);
    }

    private void redirect(String location) {
        simulator.faults().clear();
        Fault moved = Fault.answer(302, Map.of("Location", location), "").matching("/echo/first");
        simulator.faults().add(Vendor.ECHO, moved);
    }

    private ActionResult run(boolean follow) {
        Map<String, @Nullable Object> input =
                Map.of("url", simulator.url() + "/echo/first", "follow_redirects", follow);
        return runner.run(new ActionCall(
                OrgId.random(), "exec_1:step_1", "HTTP_REQUEST", input, null, Duration.ofSeconds(5), false));
    }
}
