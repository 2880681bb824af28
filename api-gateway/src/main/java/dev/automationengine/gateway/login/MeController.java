package dev.automationengine.gateway.login;

import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.access.CurrentCaller;
import dev.automationengine.gateway.access.Role;
import dev.automationengine.gateway.access.Scope;
import dev.automationengine.gateway.user.EmailAddress;
import dev.automationengine.gateway.user.NewUser;
import dev.automationengine.gateway.user.User;
import dev.automationengine.gateway.user.Users;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/me}: who calls. */
@RestController
@RequestMapping("/v1/me")
class MeController {
    private final Users users;
    private final SignIn signIn;
    private final SessionService sessions;
    private final NetworkAddress network;

    MeController(Users users, SignIn signIn, SessionService sessions, NetworkAddress network) {
        this.users = users;
        this.signIn = signIn;
        this.sessions = sessions;
        this.network = network;
    }

    @Operation(operationId = "getMe", summary = "The user or the API key that asks, and what it may do")
    @GetMapping
    Me me(@CurrentCaller Caller caller) {
        List<Scope> scopes = caller.scopes().stream().sorted().toList();
        return switch (caller) {
            case Caller.Member member -> {
                User user = user(member);
                yield new Me(member.subject(), member.org(), user.email(), user.name(), user.role(), scopes);
            }
            case Caller.KeyHolder key -> new Me(key.subject(), key.org(), null, null, null, scopes);
        };
    }

    @Operation(
            operationId = "changePassword",
            summary = "Change the password; all sessions of the user end, and a new one begins")
    @PutMapping("/password")
    Tokens changePassword(
            @CurrentCaller Caller.Member caller, @Valid @RequestBody PasswordChange change, HttpServletRequest from) {
        User user = signIn.check(new EmailAddress(user(caller).email()), change.currentPassword(), network.of(from));
        if (!users.setPassword(user, change.newPassword())) {
            throw new ProblemException(Problem.CONFLICT, "The password was changed meanwhile.");
        }
        sessions.endAll(user.orgId(), user.id());
        return sessions.begin(user);
    }

    private User user(Caller.Member member) {
        return users.find(member.org(), member.id()).orElseThrow(() -> ProblemException.notFound("user"));
    }

    /**
     * Who asks.
     *
     * @param id the id of the user or key
     * @param organizationId the organization that it acts for
     * @param email the user's address; null for a key
     * @param name the user's name; null for a key
     * @param role the user's role; null for a key
     * @param scopes what it may do
     */
    record Me(
            String id,
            OrgId organizationId,
            @Nullable String email,
            @Nullable String name,
            @Nullable Role role,
            List<Scope> scopes) {}

    /**
     * A new password.
     *
     * @param currentPassword the one until now
     * @param newPassword the one from now on
     */
    record PasswordChange(
            @NotBlank @Size(max = NewUser.LONGEST_PASSWORD) String currentPassword,

            @NotNull @Size(min = NewUser.SHORTEST_PASSWORD, max = NewUser.LONGEST_PASSWORD)
            String newPassword) {
        @Override
        public String toString() {
            return "PasswordChange[***]";
        }
    }
}
