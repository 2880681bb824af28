package dev.automationengine.gateway.invitation;

import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.access.CurrentCaller;
import dev.automationengine.gateway.access.Role;
import dev.automationengine.gateway.invitation.InvitationService.Made;
import dev.automationengine.gateway.login.SessionService;
import dev.automationengine.gateway.login.Tokens;
import dev.automationengine.gateway.user.EmailAddress;
import dev.automationengine.gateway.user.NewUser;
import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/invitations}. */
@RestController
class InvitationController {
    private static final String PATH = "/v1/invitations";

    private final InvitationService service;
    private final Invitations invitations;
    private final SessionService sessions;

    InvitationController(InvitationService service, Invitations invitations, SessionService sessions) {
        this.service = service;
        this.invitations = invitations;
        this.sessions = sessions;
    }

    @Operation(summary = "Invite somebody; the token is answered, this once, only where no e-mail is sent")
    @PostMapping(PATH)
    @ResponseStatus(HttpStatus.CREATED)
    NewInvitation invite(@CurrentCaller Caller caller, @Valid @RequestBody Wanted wanted) {
        return NewInvitation.of(service.invite(caller, new EmailAddress(wanted.email()), wanted.role()));
    }

    @Operation(summary = "List the open invitations, without their tokens")
    @GetMapping(PATH)
    Page<Listed> list(
            @CurrentOrg OrgId org,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam @Nullable String cursor) {
        String afterId = cursor == null ? null : Cursor.decode(cursor, 1).getFirst();
        return Page.of(invitations.list(org, afterId, limit + 1), limit, entry -> Cursor.encode(entry.id()))
                .map(Listed::of);
    }

    @Operation(summary = "Withdraw an invitation")
    @DeleteMapping(PATH + "/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(@CurrentOrg OrgId org, @PathVariable String id) {
        if (!invitations.remove(org, id)) {
            throw ProblemException.notFound("invitation");
        }
    }

    @Operation(operationId = "acceptInvitation", summary = "Accept an invitation, once: become a user and sign in")
    @SecurityRequirements
    @PostMapping(PATH + ":accept")
    Tokens accept(@Valid @RequestBody Acceptance acceptance) {
        return sessions.begin(service.accept(acceptance.token(), acceptance.name(), acceptance.password()));
    }

    /**
     * Whom to invite.
     *
     * @param email the address that the user will sign in by
     * @param role what the user will be; no more than whoever invites
     */
    record Wanted(
            @NotBlank @Email @Size(max = 254) String email,
            @NotNull Role role) {}

    /**
     * How the invited wants to be known.
     *
     * @param token the invitation's
     * @param name what others call the user, 1 to 200 characters
     * @param password 12 to 128 characters
     */
    record Acceptance(
            @NotBlank @Size(max = 200) String token,
            @NotBlank @Size(max = 200) String name,

            @NotNull @Size(min = NewUser.SHORTEST_PASSWORD, max = NewUser.LONGEST_PASSWORD)
            String password) {
        @Override
        public String toString() {
            return "Acceptance[***]";
        }
    }

    /**
     * An invitation just made.
     *
     * @param id its id
     * @param email whom it is for
     * @param role what the user will be
     * @param expiresAt when it ends
     * @param token what the invited shows to {@code POST /v1/invitations:accept}; null if it was sent by e-mail
     */
    record NewInvitation(
            String id,
            String email,
            Role role,
            Instant expiresAt,
            @Nullable String token) {
        static NewInvitation of(Made made) {
            Invitation invitation = made.invitation();
            return new NewInvitation(
                    invitation.id(), invitation.email(), invitation.role(), invitation.expireAt(), made.token());
        }

        @Override
        public String toString() {
            return "NewInvitation[" + id + "]";
        }
    }

    /**
     * An open invitation.
     *
     * @param id its id
     * @param email whom it is for
     * @param role what the user will be
     * @param createdAt when it was made
     * @param createdBy the user or key that made it
     * @param expiresAt when it ends
     */
    record Listed(String id, String email, Role role, Instant createdAt, String createdBy, Instant expiresAt) {
        static Listed of(Invitation entry) {
            return new Listed(
                    entry.id(), entry.email(), entry.role(), entry.createdAt(), entry.createdBy(), entry.expireAt());
        }
    }
}
