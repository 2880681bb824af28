package dev.automationengine.worker.credential;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.ConnectorDescriptor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What can be connected: enough to draw the forms of credentials and actions. */
@RestController
class ConnectorController {
    private final ActionCatalog catalog;

    ConnectorController(ActionCatalog catalog) {
        this.catalog = catalog;
    }

    @Operation(operationId = "listConnectors", summary = "List what can be connected, with actions and their inputs")
    @GetMapping("/v1/connectors")
    Page<ConnectorDescriptor> list() {
        return new Page<>(catalog.connectors(), null);
    }

    @Operation(
            operationId = "getConnector",
            summary = "What a connector can do, with schemas of what its steps may say")
    @GetMapping("/v1/connectors/{connector}")
    ConnectorDescriptor get(@PathVariable String connector) {
        return catalog.connector(connector).orElseThrow(() -> ProblemException.notFound("connector"));
    }
}
