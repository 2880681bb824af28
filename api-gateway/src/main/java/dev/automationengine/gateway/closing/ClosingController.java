package dev.automationengine.gateway.closing;

import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.access.CurrentCaller;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code DELETE /v1/organizations/current}. */
@RestController
class ClosingController {
    private final Closing closing;

    ClosingController(Closing closing) {
        this.closing = closing;
    }

    @Operation(
            summary =
                    "End the caller's organization: its keys, invitations and users are gone; no workflow may be active")
    @DeleteMapping("/v1/organizations/current")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void close(@CurrentCaller Caller.Member owner) {
        closing.close(owner);
    }
}
