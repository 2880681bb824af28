package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.vault.AuthorizationStore.Pending;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where third parties send people back to: open to everybody, and worth nothing without a state that was given out.
 * Nothing of the request is repeated in an answer, and nobody is sent on.
 */
@RestController
class CallbackController {
    private static final int LONGEST = 4_096;
    private static final String DONE = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Connected</title></head>
            <body><p>Connected. You may close this window.</p></body></html>
            """;
    private static final Logger log = LoggerFactory.getLogger(CallbackController.class);

    private final Authorizations authorizations;

    CallbackController(Authorizations authorizations) {
        this.authorizations = authorizations;
    }

    @Operation(operationId = "oauthCallback", summary = "Where third parties send people back to after a consent")
    @GetMapping("/oauth/callback")
    ResponseEntity<String> back(
            @RequestParam @Nullable String state,
            @RequestParam @Nullable String code,
            @RequestParam @Nullable String error) {
        Pending consent = authorizations.back(required(state));
        if (error != null) {
            log.warn("The consent for {} of {} was not given", consent.connection(), consent.org());
            throw new ProblemException(
                    Problem.CONFLICT, "The third party says that the consent was not given: connect again.");
        }
        authorizations.complete(consent, required(code));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .header("Referrer-Policy", "no-referrer")
                .contentType(MediaType.TEXT_HTML)
                .body(DONE);
    }

    private static String required(@Nullable String parameter) {
        if (parameter == null || parameter.isEmpty() || parameter.length() > LONGEST) {
            throw new ProblemException(Problem.INVALID_REQUEST, "This is not the way back from a consent.");
        }
        return parameter;
    }
}
