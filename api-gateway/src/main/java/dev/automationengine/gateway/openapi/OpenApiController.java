package dev.automationengine.gateway.openapi;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/openapi.json} and {@code .yaml}: the API of the whole fleet, for anybody. */
@Hidden
@RestController
class OpenApiController {
    private final FleetDocument fleet;
    private final JsonMapper json;

    OpenApiController(FleetDocument fleet, JsonMapper json) {
        this.fleet = fleet;
        this.json = json;
    }

    @GetMapping(path = "/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ObjectNode json() {
        return fleet.get();
    }

    @GetMapping(path = "/v1/openapi.yaml", produces = "application/yaml")
    String yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(120);
        return new Yaml(options).dump(json.convertValue(fleet.get(), Object.class));
    }
}
