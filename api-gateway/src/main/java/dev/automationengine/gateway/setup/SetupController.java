package dev.automationengine.gateway.setup;

import dev.automationengine.gateway.login.SessionService;
import dev.automationengine.gateway.login.Tokens;
import dev.automationengine.gateway.user.NewUser;
import dev.automationengine.kit.startup.StartupWork;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/setup}. */
@RestController
class SetupController {
    private final FirstOwner firstOwner;
    private final SessionService sessions;

    SetupController(FirstOwner firstOwner, SessionService sessions) {
        this.firstOwner = firstOwner;
        this.sessions = sessions;
    }

    @Operation(
            operationId = "setUp",
            summary = "Make the first owner, once, with the token that the first start wrote to the log; signs in")
    @SecurityRequirements
    @PostMapping("/v1/setup")
    @ResponseStatus(HttpStatus.CREATED)
    Tokens setUp(@Valid @RequestBody Setup setup) {
        return sessions.begin(firstOwner.accept(setup.token(), setup.organization(), setup.owner()));
    }

    /**
     * The first organization.
     *
     * @param token the one-time token from the log
     * @param organization what people call it, 1 to 200 characters
     * @param owner its owner
     */
    record Setup(
            @NotBlank @Size(max = 200) String token,
            @NotBlank @Size(max = 200) String organization,
            @NotNull @Valid NewUser owner) {
        @Override
        public String toString() {
            return "Setup[***]";
        }
    }

    /** Starts it. */
    @Configuration(proxyBeanMethods = false)
    static class AtStart {
        @Bean
        StartupWork firstOwnerPreparation(FirstOwner firstOwner) {
            return new StartupWork("the first owner", firstOwner::prepare);
        }
    }
}
