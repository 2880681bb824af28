package dev.automationengine.kit;

import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.model.id.OrgId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The smallest service that the kit makes. */
@SpringBootApplication
@RestController
class KitApplication {
    private final Traces traces;

    KitApplication(Traces traces) {
        this.traces = traces;
    }

    record Body(@NotBlank String displayName) {}

    @GetMapping("/org")
    Map<String, String> org(@CurrentOrg OrgId org) {
        return Map.of("org_id", org.value(), "traceparent", String.valueOf(traces.traceparent()));
    }

    @PostMapping("/bodies")
    Body body(@Valid @RequestBody Body body) {
        return body;
    }

    @GetMapping("/list")
    List<String> list(@RequestParam @Max(200) int maxItems, @RequestParam String cursor) {
        return Cursor.decode(cursor, maxItems);
    }

    @GetMapping("/broken")
    String broken() {
        throw new IllegalStateException("secret of ours");
    }
}
