package dev.automationengine.gateway.member;

import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.access.CurrentCaller;
import dev.automationengine.gateway.access.Role;
import dev.automationengine.gateway.user.User;
import dev.automationengine.gateway.user.Users;
import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.UserId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/users}. */
@RestController
@RequestMapping("/v1/users")
class UserController {
    private final Users users;
    private final Members members;

    UserController(Users users, Members members) {
        this.users = users;
        this.members = members;
    }

    @Operation(summary = "List the organization's users")
    @GetMapping
    Page<Listed> list(
            @CurrentOrg OrgId org,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam @Nullable String cursor) {
        String afterId = cursor == null ? null : Cursor.decode(cursor, 1).getFirst();
        return Page.of(
                        users.list(org, afterId, limit + 1),
                        limit,
                        user -> Cursor.encode(user.id().value()))
                .map(Listed::of);
    }

    @Operation(summary = "A user of the organization")
    @GetMapping("/{id}")
    Listed get(@CurrentCaller Caller caller, @PathVariable UserId id) {
        return Listed.of(members.find(caller, id));
    }

    @Operation(summary = "Give a user another role, no higher than the own one")
    @PatchMapping("/{id}")
    Listed change(@CurrentCaller Caller caller, @PathVariable UserId id, @Valid @RequestBody Change change) {
        return Listed.of(members.setRole(caller, id, change.role()));
    }

    @Operation(summary = "Remove a user and end all sessions; the last owner stays")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@CurrentCaller Caller caller, @PathVariable UserId id) {
        members.remove(caller, id);
    }

    /**
     * What may be changed.
     *
     * @param role the new role
     */
    record Change(@NotNull Role role) {}

    /**
     * A user, as others see it.
     *
     * @param id the user
     * @param email the address
     * @param name what others call the user
     * @param role what the user may do
     * @param createdAt when the user was made
     */
    record Listed(UserId id, String email, String name, Role role, Instant createdAt) {
        static Listed of(User user) {
            return new Listed(user.id(), user.email(), user.name(), user.role(), user.createdAt());
        }
    }
}
