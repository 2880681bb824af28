package dev.automationengine.gateway.login;

import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.access.CurrentCaller;
import dev.automationengine.gateway.user.EmailAddress;
import dev.automationengine.gateway.user.NewUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/auth}: signing in and out. */
@RestController
@RequestMapping("/v1/auth")
class LoginController {
    private final SignIn signIn;
    private final SessionService sessions;
    private final NetworkAddress network;

    LoginController(SignIn signIn, SessionService sessions, NetworkAddress network) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.network = network;
    }

    @Operation(operationId = "login", summary = "Sign in with e-mail address and password")
    @SecurityRequirements
    @PostMapping("/login")
    Tokens login(@Valid @RequestBody Login login, HttpServletRequest request) {
        return sessions.begin(signIn.check(new EmailAddress(login.email()), login.password(), network.of(request)));
    }

    @Operation(
            operationId = "refreshTokens",
            summary = "Exchange a refresh token for new tokens; one that is used twice ends its session")
    @SecurityRequirements
    @PostMapping("/refresh")
    Tokens refresh(@Valid @RequestBody Refresh refresh) {
        return sessions.refresh(refresh.refreshToken());
    }

    @Operation(operationId = "logout", summary = "End the session of a refresh token")
    @SecurityRequirements
    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logout(@Valid @RequestBody Refresh refresh) {
        sessions.logout(refresh.refreshToken());
    }

    @Operation(
            operationId = "logoutEverywhere",
            summary = "End all sessions of the user; other replicas of the gateway may accept access tokens for 10 s")
    @PostMapping("/logout-everywhere")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logoutEverywhere(@CurrentCaller Caller.Member caller) {
        sessions.endAll(caller.org(), caller.id());
    }

    /**
     * Who signs in.
     *
     * @param email the user's address
     * @param password the user's password
     */
    record Login(
            @NotBlank @Size(max = 254) String email,
            @NotBlank @Size(max = NewUser.LONGEST_PASSWORD) String password) {
        @Override
        public String toString() {
            return "Login[***]";
        }
    }

    /**
     * A session.
     *
     * @param refreshToken its newest refresh token
     */
    record Refresh(@NotBlank @Size(max = 300) String refreshToken) {
        @Override
        public String toString() {
            return "Refresh[***]";
        }
    }
}
